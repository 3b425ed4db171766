using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A device that is a stream of bytes.</summary>
public abstract partial record CharDevice : Device
{
    /// <summary>Where the bytes go on the host.</summary>
    public abstract ChardevSource Source { get; init; }
}

/// <summary>A serial port.</summary>
[Element("serial")]
public sealed partial record Serial : CharDevice
{
    [Inline] public override ChardevSource Source { get; init; } = new ChardevSource.OfPty();
    [Attr("type", In = "target", Bad = "unsupported|unknown target type '{0}' specified for character device", Since = "1.0.2")] [Abi("serial type")] public SerialTarget? TargetType { get; init; }
    [Attr("port", In = "target", Bad = "xml|Invalid port number: {0}")] [Abi("serial port")] public int? Port { get; init; }
    [Attr("name", In = "target/model", Since = "3.10.0")] [Abi("serial model")] public string? TargetModel { get; init; }
}

/// <summary>A parallel port.</summary>
[Element("parallel")]
public sealed partial record Parallel : CharDevice
{
    [Inline] public override ChardevSource Source { get; init; } = new ChardevSource.OfPty();
    [Attr("port", In = "target", Bad = "xml|Invalid port number: {0}")] [Abi("parallel port")] public int? Port { get; init; }
}

/// <summary>The console; the first one of a full machine mirrors its first serial port.</summary>
[Element("console")]
public sealed partial record GuestConsole : CharDevice
{
    [Inline] public override ChardevSource Source { get; init; } = new ChardevSource.OfPty();
    [Attr("type", In = "target", Bad = "unsupported|unknown target type '{0}' specified for character device")] [Abi("console type")] public ConsoleTarget? TargetType { get; init; }
    [Attr("port", In = "target", Bad = "xml|Invalid port number: {0}")] public int? Port { get; init; }
}

/// <summary>A private channel between host and guest.</summary>
[Element("channel")]
public sealed partial record Channel : CharDevice
{
    [Inline] public override ChardevSource Source { get; init; } = new ChardevSource.OfPty();
    [Child("target", Missing = "xml|target type must be specified for channel device")] [Abi] public required ChannelTarget Target { get; init; }
}

[WireNames]
public enum SerialTarget
{
    [Wire("isa-serial")] IsaSerial, [Wire("usb-serial")] UsbSerial, [Wire("pci-serial")] PciSerial, [Wire("spapr-vio-serial")] SpaprVioSerial,
    [Wire("system-serial")] SystemSerial, [Wire("sclp-serial")] SclpSerial, [Wire("isa-debug")] IsaDebug,
}

[WireNames] public enum ConsoleTarget { Serial, Xen, Uml, Virtio, Lxc, OpenVz, Sclp, SclpLm }

/// <summary>The guest's end of a channel.</summary>
[Union(Bad = "unsupported|unknown target type '{0}' specified for character device")]
[Abi("channel type")]
public abstract partial record ChannelTarget
{
    /// <summary>A named virtio-serial port.</summary>
    [Case("virtio")]
    public sealed partial record OfVirtio : ChannelTarget
    {
        [Attr("name")] [Abi("channel name")] public string? Name { get; init; }
        [Attr("state", Live = true)] public ChannelState? State { get; init; }
    }

    /// <summary>An address of the user-mode network.</summary>
    [Case("guestfwd")]
    public sealed partial record OfGuestForward : ChannelTarget
    {
        [Attr("address")] [Abi("channel addr")] public required string Address { get; init; }
        [Attr("port")] public required ushort Port { get; init; }
    }

    /// <summary>A Xen channel.</summary>
    [Case("xen")]
    public sealed partial record OfXen : ChannelTarget
    {
        [Attr("name")] public string? Name { get; init; }
        [Attr("state", Live = true)] public ChannelState? State { get; init; }
    }
}

[WireNames] public enum ChannelState { Default, Connected, Disconnected }
