using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Host devices, one by one.</summary>
sealed class HostdevRules : IRules<Hostdev, RuledMachine>
{
    public static void Check(Hostdev element, RuledMachine document, Findings found)
    {
        if (element.Mode is HostdevMode.Capabilities)
            found.Unsupported(element, "hostdev mode 'capabilities' is not supported in qemu");
        if (element.Boot is { } boot)
        {
            if (element is { Source: HostdevSource.OfMdev, Model: HostdevModel.VfioAp or HostdevModel.VfioPci })
                found.Unsupported(boot, $"booting from assigned devices is not supported by mediated devices of model {element.Model.Value.ToXml()}");
            else if (element.Source is HostdevSource.OfScsiHost)
                found.Unsupported(boot, "booting from assigned devices is not supported by vhost SCSI devices");
        }
        var (flag, what) = element switch
        {
            { Source: HostdevSource.OfPci, Driver: HostdevDriver.Vfio } or { Source: HostdevSource.OfMdev, Model: HostdevModel.VfioPci } => ("vfio-pci", "PCI"),
            { Source: HostdevSource.OfMdev, Model: HostdevModel.VfioCcw } => ("vfio-ccw", "CCW"),
            { Source: HostdevSource.OfMdev, Model: HostdevModel.VfioAp } => ("vfio-ap", "AP"),
            _ => (null, ""),
        };
        if (flag is not null && !document.Facts.Has(flag))
            found.Unsupported(element, $"VFIO {what} device assignment is not supported by this version of QEMU");
        if (element.Source is HostdevSource.OfScsiHost { Wwpn: { } port } && (!port.StartsWith("naa.", StringComparison.Ordinal) || port.Length != 20 || !port[4..].All(char.IsAsciiHexDigit)))
            found.Wrong(element, "malformed 'wwpn' value");
        if (element is { Source: HostdevSource.OfMdev, Model: null })
            found.Wrong(element, "Missing required attribute 'model' in element 'hostdev'");
        if (element.Source is HostdevSource.OfPci { WriteFiltering: not null })
            found.Unsupported(element, "Write filtering of PCI device configuration space is not supported by qemu");
        if (element.Source is HostdevSource.OfMdev)
            CheckMediated(element, document, found);
    }

    static void CheckMediated(Hostdev device, RuledMachine machine, Findings found)
    {
        if (device.Model is HostdevModel.VfioAp && device.Address is not (null or DeviceAddress.Unassigned))
            found.Unsupported(device, "mediated device of model vfio-ap does not support an address");
        if (device.Display is true)
        {
            if (device.Model is not HostdevModel.VfioPci)
                found.Wrong(device, "<hostdev> attribute 'display' is only supported with model='vfio-pci'");
            if (machine.Def.Devices.Graphics.IsEmpty)
                found.Unsupported(device, "graphics device is needed for attribute value 'display=on' in <hostdev>");
        }
    }
}

/// <summary>Host devices that there can only be one of.</summary>
sealed class HostdevSetRules : IRules<DeviceSet, RuledMachine>
{
    public static void Check(DeviceSet element, RuledMachine document, Findings found)
    {
        bool bridge = false, framebuffer = false;
        foreach (Hostdev device in element.Hostdevs)
        {
            if (device is { Source: HostdevSource.OfMdev, Model: HostdevModel.VfioAp })
            {
                if (bridge)
                    found.Unsupported(device, "Only one hostdev of model vfio-ap is supported");
                bridge = true;
            }
            if (device.RamFb is true)
            {
                if (framebuffer)
                    found.Unsupported(device, "Only one vgpu device can have 'ramfb' enabled");
                framebuffer = true;
            }
        }
    }
}
