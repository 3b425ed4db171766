using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A way to see the screen.</summary>
[Union]
public abstract partial record Graphics
{
    /// <summary>VNC.</summary>
    [Case("vnc")]
    public sealed partial record Vnc : Graphics
    {
        [Attr("socket", Since = "0.8.8")] public string? Socket { get; init; }
        /// <summary>-1: chosen at start.</summary>
        [Attr("port", Bad = "internal|cannot parse vnc port {0}")] public int? Port { get; init; }
        [Attr("autoport")] public bool? AutoPort { get; init; }
        [Attr("websocket", Since = "1.0.6")] public int? WebSocket { get; init; }
        /// <summary>The port of the web socket was chosen at start.</summary>
        [Attr("websocketGenerated", Status = true)] public bool? WebSocketGenerated { get; init; }
        [Attr("listen")] public string? Listen { get; init; }
        [Attr("keymap")] public string? Keymap { get; init; }
        [Attr("sharePolicy", Since = "1.0.6")] public VncSharePolicy? SharePolicy { get; init; }
        [Attr("powerControl", Since = "7.1.0")] public bool? PowerControl { get; init; }
        [Attr("passwd", Secret = true)] public string? Password { get; init; }
        [Attr("passwdValidTo", Secret = true)] public string? PasswordValidTo { get; init; }
        [Attr("connected", Secret = true, Since = "0.9.3")] public PasswordConnected? Connected { get; init; }
        [Child("listen", Since = "0.9.4")] public ValueList<GraphicsListen> Listens { get; init; }
        [Attr("id", In = "audio", Since = "7.2.0")] public uint? AudioId { get; init; }
    }

    /// <summary>SPICE.</summary>
    [Case("spice")]
    public sealed partial record Spice : Graphics
    {
        [Attr("port")] public int? Port { get; init; }
        [Attr("tlsPort")] public int? TlsPort { get; init; }
        [Attr("autoport")] public bool? AutoPort { get; init; }
        [Attr("listen")] public string? Listen { get; init; }
        [Attr("keymap")] public string? Keymap { get; init; }
        [Attr("defaultMode", Since = "0.9.12")] public SpiceChannelMode? DefaultMode { get; init; }
        [Attr("passwd", Secret = true)] public string? Password { get; init; }
        [Attr("passwdValidTo", Secret = true)] public string? PasswordValidTo { get; init; }
        [Attr("connected", Secret = true, Since = "0.9.3")] public PasswordConnected? Connected { get; init; }
        [Child("listen", Since = "0.9.4")] public ValueList<GraphicsListen> Listens { get; init; }
        [Child("channel")] public ValueList<SpiceChannel> Channels { get; init; }
        [Attr("compression", In = "image", Since = "0.9.1")] public SpiceImageCompression? ImageCompression { get; init; }
        [Attr("compression", In = "jpeg", Since = "0.9.1")] public SpiceLossyCompression? JpegCompression { get; init; }
        [Attr("compression", In = "zlib", Since = "0.9.1")] public SpiceLossyCompression? ZlibCompression { get; init; }
        [Attr("compression", In = "playback", OnOff = true, Since = "0.9.1")] public bool? PlaybackCompression { get; init; }
        [Attr("mode", In = "streaming", Since = "0.9.2")] public SpiceStreaming? Streaming { get; init; }
        [Attr("mode", In = "mouse", Since = "0.9.11")] public SpiceMouse? Mouse { get; init; }
        [Attr("copypaste", In = "clipboard", Since = "0.9.3")] public bool? CopyPaste { get; init; }
        [Attr("enable", In = "filetransfer", Since = "1.2.2")] public bool? FileTransfer { get; init; }
        [Child("gl", Since = "1.3.3")] public GraphicsGl? Gl { get; init; }
    }

    /// <summary>A window on the host.</summary>
    [Case("sdl")]
    public sealed partial record Sdl : Graphics
    {
        [Attr("display")] public string? Display { get; init; }
        [Attr("xauth")] public string? XAuth { get; init; }
        [Attr("fullscreen")] public bool? FullScreen { get; init; }
        [Child("gl")] public GraphicsGl? Gl { get; init; }
    }

    /// <summary>OpenGL without a screen.</summary>
    [Case("egl-headless")]
    public sealed partial record EglHeadless : Graphics
    {
        [Child("gl")] public GraphicsGl? Gl { get; init; }
    }

    /// <summary>VirtualBox's remote desktop.</summary>
    [Case("rdp")]
    public sealed partial record Rdp : Graphics
    {
        [Attr("port")] public int? Port { get; init; }
        [Attr("autoport")] public bool? AutoPort { get; init; }
        [Attr("replaceUser")] public bool? ReplaceUser { get; init; }
        [Attr("multiUser")] public bool? MultiUser { get; init; }
        [Attr("listen")] public string? Listen { get; init; }
        [Child("listen", Since = "0.9.4")] public ValueList<GraphicsListen> Listens { get; init; }
    }

    /// <summary>A desktop of the host.</summary>
    [Case("desktop")]
    public sealed partial record Desktop : Graphics
    {
        [Attr("display")] public string? Display { get; init; }
        [Attr("fullscreen")] public bool? FullScreen { get; init; }
    }

    /// <summary>D-Bus.</summary>
    [Case("dbus")]
    public sealed partial record DBus : Graphics
    {
        [Attr("address")] public string? Address { get; init; }
        [Attr("p2p")] public bool? PeerToPeer { get; init; }
        [Child("gl")] public GraphicsGl? Gl { get; init; }
        [Attr("id", In = "audio")] public uint? AudioId { get; init; }
    }
}

[WireNames] public enum VncSharePolicy { [Wire("allow-exclusive")] AllowExclusive, [Wire("force-shared")] ForceShared, Ignore }
[WireNames] public enum PasswordConnected { Fail, Disconnect, Keep }
[WireNames] public enum SpiceChannelMode { Any, Secure, Insecure }
[WireNames] public enum SpiceChannelName { Main, Display, Inputs, Cursor, Playback, Record, Smartcard, UsbRedir }
[WireNames] public enum SpiceImageCompression { [Wire("auto_glz")] AutoGlz, [Wire("auto_lz")] AutoLz, Quic, Glz, Lz, Off }
[WireNames] public enum SpiceLossyCompression { Auto, Never, Always }
[WireNames] public enum SpiceStreaming { Filter, All, Off }
[WireNames] public enum SpiceMouse { Server, Client }

/// <summary>Where a server listens.</summary>
[Union]
public abstract partial record GraphicsListen
{
    /// <summary>1: the address is that of the driver's configuration.</summary>
    [Attr("fromConfig", Status = true)] public uint? FromConfig { get; init; }
    /// <summary>It stands for what was not written.</summary>
    [Attr("autoGenerated", Status = true)] public bool? AutoGenerated { get; init; }
    /// <summary>An address of the host.</summary>
    [Case("address")]
    public sealed partial record OfAddress : GraphicsListen
    {
        [Attr("address")] public string? Address { get; init; }
    }

    /// <summary>The address of a virtual network.</summary>
    [Case("network")]
    public sealed partial record OfNetwork : GraphicsListen
    {
        [Attr("address", Live = true)] public string? Address { get; init; }
        [Attr("network")] public string? Network { get; init; }
    }

    /// <summary>A unix socket.</summary>
    [Case("socket")]
    public sealed partial record OfSocket : GraphicsListen
    {
        [Attr("socket")] public string? Socket { get; init; }
    }

    /// <summary>Nowhere; viewers get a descriptor.</summary>
    [Case("none")]
    public sealed partial record OfNone : GraphicsListen;
}

/// <summary>Security of one SPICE channel.</summary>
[Element("channel")]
public sealed partial record SpiceChannel
{
    [Attr("name")] public required SpiceChannelName Name { get; init; }
    [Attr("mode")] public required SpiceChannelMode Mode { get; init; }
}

/// <summary>OpenGL on the host.</summary>
[Element("gl")]
public sealed partial record GraphicsGl
{
    [Attr("enable")] public bool? Enable { get; init; }
    [Attr("rendernode", Since = "3.1.0")] public string? RenderNode { get; init; }
}
