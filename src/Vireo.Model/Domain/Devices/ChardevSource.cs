using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>The host's end of a stream of bytes; the device's <c>type</c> decides.</summary>
[Union(Inline = true, Default = "pty", Bad = "unsupported|unknown type presented to host for character device: {0}")]
public abstract partial record ChardevSource
{
    [Child("log", Since = "1.3.3")] public ChardevLog? Log { get; init; }

    /// <summary>A new pseudo terminal.</summary>
    [Case("pty")]
    public sealed partial record OfPty : ChardevSource
    {
        /// <summary>The same path, as consoles show it to old clients.</summary>
        [Attr("tty", Live = true)] public string? Tty { get; init; }
        [Attr("path", In = "source", Live = true)] public string? Path { get; init; }
        [Child("seclabel", In = "source")] public ValueList<DeviceLabel> SecurityLabels { get; init; }
    }

    /// <summary>A device of the host.</summary>
    [Case("dev")]
    public sealed partial record OfDevice : ChardevSource
    {
        [Attr("path", In = "source")] public string? Path { get; init; }
        [Child("seclabel", In = "source")] public ValueList<DeviceLabel> SecurityLabels { get; init; }
    }

    /// <summary>A file that collects what the guest writes.</summary>
    [Case("file")]
    public sealed partial record OfFile : ChardevSource
    {
        [Attr("path", In = "source")] public string? Path { get; init; }
        [Attr("append", In = "source", OnOff = true, Since = "1.3.1")] public bool? Append { get; init; }
        [Child("seclabel", In = "source")] public ValueList<DeviceLabel> SecurityLabels { get; init; }
    }

    /// <summary>A pair of named pipes.</summary>
    [Case("pipe")]
    public sealed partial record OfPipe : ChardevSource
    {
        [Attr("path", In = "source")] public string? Path { get; init; }
        [Child("seclabel", In = "source")] public ValueList<DeviceLabel> SecurityLabels { get; init; }
    }

    /// <summary>A unix socket.</summary>
    [Case("unix")]
    public sealed partial record OfUnix : ChardevSource
    {
        [Attr("mode", In = "source")] public ChardevMode? Mode { get; init; }
        [Attr("path", In = "source")] public string? Path { get; init; }
        [Child("reconnect", In = "source", Since = "3.7.0")] public Reconnect? Reconnect { get; init; }
        [Child("seclabel", In = "source")] public ValueList<DeviceLabel> SecurityLabels { get; init; }
    }

    /// <summary>A TCP connection.</summary>
    [Case("tcp")]
    public sealed partial record OfTcp : ChardevSource
    {
        [Attr("mode", In = "source")] public ChardevMode? Mode { get; init; }
        [Attr("host", In = "source")] public string? Host { get; init; }
        [Attr("service", In = "source")] public string? Service { get; init; }
        [Attr("tls", In = "source", Since = "2.4.0")] public bool? Tls { get; init; }
        /// <summary>1: whether there is TLS was the host's choice; definitions do not keep it.</summary>
        [Attr("tlsFromConfig", In = "source", Status = true)] public uint? TlsFromConfig { get; init; }
        [Child("reconnect", In = "source", Since = "3.7.0")] public Reconnect? Reconnect { get; init; }
        [Attr("type", In = "protocol")] public ChardevProtocol? Protocol { get; init; }
    }

    /// <summary>Datagrams: what is sent goes to one address, what comes is received at the other.</summary>
    [Case("udp")]
    public sealed partial record OfUdp : ChardevSource
    {
        /// <summary>The <c>bind</c> and <c>connect</c> sources.</summary>
        [Child("source")] public ValueList<UdpEnd> Ends { get; init; }
    }

    /// <summary>Nowhere.</summary>
    [Case("null")]
    public sealed partial record OfNull : ChardevSource;

    /// <summary>A text screen of the hypervisor.</summary>
    [Case("vc")]
    public sealed partial record OfVc : ChardevSource;

    /// <summary>The hypervisor's own input and output.</summary>
    [Case("stdio")]
    public sealed partial record OfStdio : ChardevSource;

    /// <summary>The SPICE agent.</summary>
    [Case("spicevmc")]
    public sealed partial record OfSpiceVmc : ChardevSource;

    /// <summary>A named SPICE channel.</summary>
    [Case("spiceport")]
    public sealed partial record OfSpicePort : ChardevSource
    {
        [Attr("channel", In = "source")] public required string Channel { get; init; }
    }

    /// <summary>A null modem: two terminals of the host joined back to back.</summary>
    [Case("nmdm")]
    public sealed partial record OfNmdm : ChardevSource
    {
        [Attr("master", In = "source")] public string? Master { get; init; }
        [Attr("slave", In = "source")] public string? Slave { get; init; }
    }

    /// <summary>The vdagent inside QEMU.</summary>
    [Case("qemu-vdagent")]
    public sealed partial record OfQemuVdAgent : ChardevSource
    {
        [Attr("copypaste", In = "source/clipboard", Since = "8.4.0")] public bool? Clipboard { get; init; }
        [Attr("mode", In = "source/mouse", Since = "8.4.0")] public string? Mouse { get; init; }
    }

    /// <summary>A D-Bus channel.</summary>
    [Case("dbus")]
    public sealed partial record OfDBus : ChardevSource
    {
        [Attr("channel", In = "source")] public required string Channel { get; init; }
    }
}

[WireNames] public enum ChardevMode { Connect, Bind, Client, Server }
[WireNames] public enum ChardevProtocol { Raw, Telnet, Telnets, Tls }

/// <summary>One end of a datagram stream.</summary>
[Element("source")]
public sealed partial record UdpEnd
{
    [Attr("mode")] public ChardevMode? Mode { get; init; }
    [Attr("host")] public string? Host { get; init; }
    [Attr("service")] public string? Service { get; init; }
}

/// <summary>A copy of what passes, kept in a file.</summary>
[Element("log")]
public sealed partial record ChardevLog
{
    [Attr("file")] public required string File { get; init; }
    [Attr("append", OnOff = true)] public bool? Append { get; init; }
}
