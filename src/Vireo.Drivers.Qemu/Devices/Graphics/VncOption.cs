using System.Collections.Immutable;
using Vireo.Core;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>-vnc. QEMU cannot plug it, so it is a part of the command line only.</summary>
static class VncOption
{
    public static ImmutableArray<QemuPart> Parts(Graphics.Vnc vnc, PlanContext at)
    {
        var parts = ImmutableArray.CreateBuilder<QemuPart>();
        GraphicsSettings settings = at.Start.Graphics;
        GraphicsListen? listen = vnc.Listens.IsEmpty ? null : vnc.Listens[0];
        var text = new OptionText();
        switch (listen)
        {
            case GraphicsListen.OfSocket { Socket: { } path }:
                text.Add("vnc", $"unix:{path}");
                break;
            case GraphicsListen.OfNone:
                text.Word("none");
                break;
            default:
                text.Word($"{ListenAddress.Bracketed(ListenAddress.Of(listen, vnc.Listen))}:{(vnc.Port ?? 5900) - 5900}");
                if (vnc.WebSocket is { } web and not 0)
                    text.Add("websocket", web.ToString());
                break;
        }
        if (vnc.SharePolicy is { } share)
            text.Add("share", share switch
            {
                VncSharePolicy.AllowExclusive => "allow-exclusive",
                VncSharePolicy.ForceShared => "force-shared",
                _ => "ignore",
            });
        if (vnc.PowerControl is { } power)
            text.Switch("power-control", power);
        if (vnc.Password is not null || settings.VncPassword is not null)
            text.Add("password", "on");
        if (settings.VncTlsDirectory is { } folder)
        {
            AddTls(parts, folder, at);
            text.Add("tls-creds", "vnc-tls-creds0");
        }
        if (settings.VncSasl)
            text.Add("sasl", "on");
        text.Add("audiodev", at.AudioOf(vnc.AudioId));
        parts.Add(new QemuOption("vnc", text.ToString()));
        if (vnc.Keymap is { } keymap)
            parts.Add(new QemuOption("k", keymap));
        return parts.ToImmutable();
    }

    static void AddTls(ImmutableArray<QemuPart>.Builder parts, string folder, PlanContext at)
    {
        GraphicsSettings settings = at.Start.Graphics;
        string? password = null;
        if (settings.VncTlsSecretUuid is { } text && at.Start.Secrets is { } secrets && Uuid.TryParse(text, out Uuid uuid))
        {
            password = "vnc-tls-creds0-secret0";
            var (data, iv) = secrets.Encrypt(new SecretRef { Uuid = uuid });
            parts.Add(new QemuObject("secret", password) { { "data", data }, { "keyid", "masterKey0" }, { "iv", iv }, { "format", "base64" } });
        }
        parts.Add(new QemuObject("tls-creds-x509", "vnc-tls-creds0")
        {
            { "dir", folder },
            { "endpoint", "server" },
            { "verify-peer", settings.VncTlsVerify },
            { "passwordid", password },
        });
    }
}

/// <summary>The address that a screen listens on.</summary>
static class ListenAddress
{
    public static string Of(GraphicsListen? listen, string? old) => listen switch
    {
        GraphicsListen.OfAddress { Address: { } address } => address,
        GraphicsListen.OfNetwork { Address: { } address } => address,
        _ => old ?? "127.0.0.1",
    };

    public static string Bracketed(string address) =>
        address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
}
