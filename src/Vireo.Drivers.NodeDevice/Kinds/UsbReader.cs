using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Kinds;

/// <summary>USB devices and their interfaces.</summary>
static class UsbReader
{
    /// <summary>Numbers and names are udev's; where it does not run, the device's own.</summary>
    public static NodeCapability? Device(SysDevice device)
    {
        if (SysDevice.Number(device["BUSNUM"]) is not { } bus || SysDevice.Number(device["DEVNUM"]) is not { } number
            || (SysDevice.Hex(device["ID_VENDOR_ID"]) ?? device.HexOf("idVendor")) is not { } vendor
            || (SysDevice.Hex(device["ID_MODEL_ID"]) ?? device.HexOf("idProduct")) is not { } product)
            return null;
        return new NodeCapability.OfUsbDevice
        {
            Bus = (uint)bus,
            Device = (uint)number,
            VendorId = new DeviceId(vendor),
            ProductId = new DeviceId(product),
            Vendor = device["ID_VENDOR_FROM_DATABASE"] ?? device.Attribute("manufacturer"),
            Product = device["ID_MODEL_FROM_DATABASE"] ?? device.Attribute("product"),
        };
    }

    public static NodeCapability? Interface(SysDevice device) =>
        device.HexOf("bInterfaceNumber") is { } number && device.HexOf("bInterfaceClass") is { } kind
        && device.HexOf("bInterfaceSubClass") is { } subclass && device.HexOf("bInterfaceProtocol") is { } protocol
            ? new NodeCapability.OfUsbInterface { Number = number, Class = kind, Subclass = subclass, Protocol = protocol } : null;
}
