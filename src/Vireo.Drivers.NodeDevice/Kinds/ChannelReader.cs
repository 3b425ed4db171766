using System.Globalization;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Kinds;

/// <summary>Devices of s390: channels and adjunct processors. All their numbers are hexadecimal.</summary>
static class ChannelReader
{
    /// <summary>Only of devices that are online.</summary>
    public static NodeCapability? Ccw(SysDevice device) => device.NumberOf("online") is 1 && Address(device.Name) is { } at
        ? new NodeCapability.OfCcw { Cssid = at.Cssid, Ssid = at.Ssid, Number = at.Number } : null;

    /// <summary>Only of subchannels that do I/O, for the host or for a guest.</summary>
    public static NodeCapability? Css(SysDevice device) => device.LinkName("driver") is "io_subchannel" or "vfio_ccw" && Address(device.Name) is { } at
        ? new NodeCapability.OfCss
        {
            Cssid = at.Cssid,
            Ssid = at.Ssid,
            Number = at.Number,
            Channel = Address(device.Attribute("dev_busid") ?? "") is { } channel ? new ChannelAddress { Cssid = channel.Cssid, Ssid = channel.Ssid, Number = channel.Number } : null,
            Functions = OthersReader.MdevTypes(device),
        } : null;

    public static NodeCapability? Card(SysDevice device) =>
        device.Name.StartsWith("card", StringComparison.Ordinal) && SysDevice.Hex(device.Name[4..]) is { } adapter ? new NodeCapability.OfApCard { Adapter = adapter } : null;

    public static NodeCapability? Queue(SysDevice device) =>
        device.Name.Split('.') is [var card, var queue] && SysDevice.Hex(card) is { } adapter && SysDevice.Hex(queue) is { } domain
            ? new NodeCapability.OfApQueue { Adapter = adapter, Domain = domain } : null;

    static (uint Cssid, uint Ssid, uint Number)? Address(string text) =>
        text.Split('.') is [var first, var second, var third] && Hex(first) is { } cssid && Hex(second) is { } ssid && Hex(third) is { } number ? (cssid, ssid, number) : null;

    static uint? Hex(string text) => uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) ? value : null;
}
