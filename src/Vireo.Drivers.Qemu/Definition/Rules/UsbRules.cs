using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>A machine whose USB is switched off has no USB devices.</summary>
sealed class UsbRules : IRules<DeviceSet, RuledMachine>
{
    public static void Check(DeviceSet element, RuledMachine document, Findings found)
    {
        if (!IsOff(element))
            return;
        foreach (Device device in element)
            if (device is Disk { Target.Bus: DiskBus.Usb } or Sound { Model: SoundModel.Usb } or Hub or RedirectedDevice
                or Hostdev { Source: HostdevSource.OfUsb } or Controller { Type: ControllerType.Ccid } or Serial { TargetType: SerialTarget.UsbSerial })
            {
                found.Unsupported(device, "USB is disabled for this domain, but USB devices are present in the domain XML");
                break;
            }
    }

    /// <summary>There is a controller that says so.</summary>
    public static bool IsOff(DeviceSet set)
    {
        foreach (Controller controller in set.Controllers)
            if (controller is { Type: ControllerType.Usb, Model: "none" })
                return true;
        return false;
    }
}

/// <summary>Hubs.</summary>
sealed class HubRules : IRules<Hub, RuledMachine>
{
    public static void Check(Hub element, RuledMachine document, Findings found)
    {
        if (!document.Facts.Has("usb-hub"))
            found.Unsupported(element, "usb-hub not supported by QEMU binary");
    }
}

/// <summary>USB devices that a viewer's machine lends.</summary>
sealed class RedirectRules : IRules<RedirectedDevice, RuledMachine>
{
    public static void Check(RedirectedDevice element, RuledMachine document, Findings found)
    {
        if (!document.Facts.Has("usb-redir"))
            found.Unsupported(element, "USB redirection is not supported by this version of QEMU");
    }
}

/// <summary>Smart card readers.</summary>
sealed class SmartcardRules : IRules<Smartcard, RuledMachine>
{
    public static void Check(Smartcard element, RuledMachine document, Findings found)
    {
        if (document.Def.Devices.Smartcards.Count > 1 || element.Address is DeviceAddress.Ccid { Slot: not 0 })
            found.Unsupported(element, "this QEMU binary lacks multiple smartcard support");
        if (element.Mode is SmartcardMode.OfCertificates { Certificates.Count: not 3 })
            found.Wrong(element, "host-certificates mode needs exactly three certificates");
        if (element.Mode is SmartcardMode.OfPassthrough { Source: ChardevSource.OfSpiceVmc } && !document.Def.Devices.Graphics.Any(static g => g is Graphics.Spice))
            found.Unsupported(element, "chardev 'spicevmc' not supported without spice graphics");
        bool passed = element.Mode is SmartcardMode.OfPassthrough;
        if (!document.Facts.Has(passed ? "ccid-passthru" : "ccid-emulated"))
            found.Unsupported(element, $"this QEMU binary lacks smartcard {(passed ? "passthrough" : "host")} mode support");
    }
}
