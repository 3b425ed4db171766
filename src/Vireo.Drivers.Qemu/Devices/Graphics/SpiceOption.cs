using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>-spice.</summary>
static class SpiceOption
{
    public static QemuOption Part(Graphics.Spice spice, PlanContext at)
    {
        GraphicsSettings settings = at.Start.Graphics;
        GraphicsListen? listen = spice.Listens.IsEmpty ? null : spice.Listens[0];
        var text = new OptionText();
        bool tls = false;
        switch (listen)
        {
            case GraphicsListen.OfSocket { Socket: { } path }:
                text.Word("unix").Add("addr", path);
                break;
            case GraphicsListen.OfNone:
                text.Add("port", "0");
                break;
            default:
                if (spice.Port is > 0)
                    text.Add("port", spice.Port.Value.ToString());
                if (spice.TlsPort is > 0)
                {
                    if (settings.SpiceTlsDirectory is null)
                        throw DiskErrors.Unsupported("spice TLS port set in XML configuration, but TLS is disabled in qemu.conf");
                    text.Add("tls-port", spice.TlsPort.Value.ToString());
                    tls = true;
                }
                if (spice.Port is > 0 || tls)
                    text.Add("addr", ListenAddress.Of(listen, spice.Listen));
                break;
        }
        if (settings.SpiceSasl)
            text.Add("sasl", "on");
        if (spice.Mouse is { } mouse)
            text.Switch("agent-mouse", mouse is SpiceMouse.Client);
        if (spice.Password is null && settings.SpicePassword is null)
            text.Add("disable-ticketing", "on");
        if (tls && settings.SpiceTlsDirectory is { } folder)
            text.Add("x509-dir", folder);
        Channels(spice, text);
        Quality(spice, text);
        if (spice.Gl?.Enable is true)
            text.Add("gl", "on").AddIf("rendernode", spice.Gl.RenderNode);
        text.Add("seamless-migration", "on");
        return new QemuOption("spice", text.ToString());
    }

    static void Channels(Graphics.Spice spice, OptionText text)
    {
        if (spice.DefaultMode is SpiceChannelMode.Secure)
            text.Add("tls-channel", "default");
        else if (spice.DefaultMode is SpiceChannelMode.Insecure)
            text.Add("plaintext-channel", "default");
        foreach (SpiceChannel channel in spice.Channels)
            if (channel.Mode is not SpiceChannelMode.Any)
                text.Add(channel.Mode is SpiceChannelMode.Secure ? "tls-channel" : "plaintext-channel",
                    channel.Name.ToString().ToLowerInvariant());
    }

    static void Quality(Graphics.Spice spice, OptionText text)
    {
        text.AddIf("image-compression", spice.ImageCompression switch
        {
            SpiceImageCompression.AutoGlz => "auto_glz",
            SpiceImageCompression.AutoLz => "auto_lz",
            { } other => other.ToString().ToLowerInvariant(),
            null => null,
        });
        text.AddIf("jpeg-wan-compression", spice.JpegCompression?.ToString().ToLowerInvariant());
        text.AddIf("zlib-glz-wan-compression", spice.ZlibCompression?.ToString().ToLowerInvariant());
        if (spice.PlaybackCompression is { } playback)
            text.Switch("playback-compression", playback);
        text.AddIf("streaming-video", spice.Streaming?.ToString().ToLowerInvariant());
        if (spice.CopyPaste is false)
            text.Add("disable-copy-paste", "on");
        if (spice.FileTransfer is false)
            text.Add("disable-agent-file-xfer", "on");
    }
}
