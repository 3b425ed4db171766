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
        if (!Directory.Exists(devices))
            throw VireoException.System(ErrorDomain.None, 2, $"cannot open directory '{devices}'");
        (uint Bus, uint Device)[] found = [.. All(usb.Vendor, usb.Product, devices)];
        if (usb is { Bus: { } bus, DeviceNumber: { } number } && found.Contains((bus, number)))
            return usb;
        switch (found)
        {
            case [var only] when usb.Vendor is not null:
                return usb with { Bus = only.Bus, DeviceNumber = only.Device };
            case [_, _, ..] when usb.Vendor is not null:
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu,
                    $"Multiple USB devices for {usb.Vendor:x}:{usb.Product:x}, use <address> to specify one");
            default:
                return usb.StartupPolicy is StartupPolicy.Optional ? usb with { Missing = true, Bus = null, DeviceNumber = null }
                    : throw VireoException.Internal(ErrorDomain.None, $"Did not find USB device{Named(usb)}");
        }
    }

    static string Named(HostdevSource.OfUsb usb) => (usb.Vendor is null ? "" : $" {usb.Vendor:x4}:{usb.Product:x4}") + (usb.Bus is null ? "" : $" bus:{usb.Bus} device:{usb.DeviceNumber}");

    static IEnumerable<(uint Bus, uint Device)> All(uint? vendor, uint? product, string devices)
    {
        foreach (string folder in Directory.EnumerateDirectories(devices))
            if ((vendor is null || Number(folder, "idVendor", NumberStyles.HexNumber) == vendor) && (product is null || Number(folder, "idProduct", NumberStyles.HexNumber) == product)
                && Number(folder, "busnum", NumberStyles.None) is { } bus && Number(folder, "devnum", NumberStyles.None) is { } device)
                yield return (bus, device);
    }

    static uint? Number(string folder, string name, NumberStyles style)
    {
        string path = Path.Join(folder, name);
        return File.Exists(path) && uint.TryParse(File.ReadAllText(path).AsSpan().Trim(), style, CultureInfo.InvariantCulture, out uint number) ? number : null;
    }
}
