using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Usb;

/// <summary>USB devices that a definition names by what they are: where they are plugged now.</summary>
static class HostUsbDevices
{
    const string Devices = "/sys/bus/usb/devices";

    /// <summary>The definition with the places of its USB devices; optional ones that are not there are marked missing.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR for a device that is not there; VIR_ERR_OPERATION_FAILED for one that several devices could be.</exception>
    internal static DomainDef Find(DomainDef machine, string devices = Devices) => machine with
    {
        Devices = machine.Devices with { Hostdevs = machine.Devices.Hostdevs.Map(device => device.Source is HostdevSource.OfUsb usb ? device with { Source = Find(usb, devices) } : device) },
    };

    static HostdevSource.OfUsb Find(HostdevSource.OfUsb usb, string devices)
    {
        if (usb.Vendor is not { } vendor || usb.Product is not { } product)
            return usb;
        (uint Bus, uint Device)[] found = [.. All(vendor, product, devices)];
        if (usb is { Bus: { } bus, DeviceNumber: { } number } && found.Contains((bus, number)))
            return usb;
        switch (found)
        {
            case [var only]:
                return usb with { Bus = only.Bus, DeviceNumber = only.Device };
            case []:
                return usb.StartupPolicy is StartupPolicy.Optional ? usb with { Missing = true, Bus = null, DeviceNumber = null }
                    : throw VireoException.Internal(ErrorDomain.None, $"Did not find USB device {vendor:x4}:{product:x4}");
            default:
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu,
                    $"Multiple USB devices for {vendor:x}:{product:x}, use <address> to specify one");
        }
    }

    static IEnumerable<(uint Bus, uint Device)> All(uint vendor, uint product, string devices)
    {
        if (!Directory.Exists(devices))
            yield break;
        foreach (string folder in Directory.EnumerateDirectories(devices))
            if (Number(folder, "idVendor", NumberStyles.HexNumber) == vendor && Number(folder, "idProduct", NumberStyles.HexNumber) == product
                && Number(folder, "busnum", NumberStyles.None) is { } bus && Number(folder, "devnum", NumberStyles.None) is { } device)
                yield return (bus, device);
    }

    static uint? Number(string folder, string name, NumberStyles style)
    {
        string path = Path.Join(folder, name);
        return File.Exists(path) && uint.TryParse(File.ReadAllText(path).AsSpan().Trim(), style, CultureInfo.InvariantCulture, out uint number) ? number : null;
    }
}
