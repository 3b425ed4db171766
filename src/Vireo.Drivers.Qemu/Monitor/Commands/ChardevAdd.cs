using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>What QEMU says of a character device that it made.</summary>
/// <param name="Pty">The path of the pseudo terminal; null: it is none.</param>
public sealed record ChardevMade(string? Pty);

/// <summary>Makes the host's end of a character device in a running machine.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Source">What it is connected to. Files are opened before and named by their descriptor sets.</param>
public sealed record ChardevAdd(string Id, ChardevSource Source) : IQmpCommand<ChardevMade>
{
    /// <summary>The device is a parallel port's.</summary>
    public bool IsParallel { get; init; }

    /// <summary>The name of the SPICE channel.</summary>
    public string SpiceChannel { get; init; } = "vdagent";

    /// <summary>The credentials of a TCP connection with TLS; null: it has none.</summary>
    public string? TlsCredentials { get; init; }

    /// <summary>The name of the listening socket that was passed before; null: QEMU opens it itself.</summary>
    public string? Descriptor { get; init; }

    /// <inheritdoc/>
    public string Name => "chardev-add";

    /// <inheritdoc/>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED: such a device can only be there from the start.</exception>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("id", Id);
        json.WriteStartObject("backend");
        json.WriteString("type", Kind);
        json.WriteStartObject("data");
        WriteSource(json);
        if (Source.Log is { } log)
        {
            json.WriteString("logfile", log.File);
            if (log.Append is { } append)
                json.WriteBoolean("logappend", append);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public ChardevMade Read(JsonElement reply) => Source is not ChardevSource.OfPty ? new ChardevMade(null)
        : new ChardevMade(reply.Text("pty") ?? throw VireoException.Internal(ErrorDomain.Qemu, "chardev-add reply was missing pty path"));

    string Kind => Source switch
    {
        ChardevSource.OfNull => "null",
        ChardevSource.OfVc => "vc",
        ChardevSource.OfPty => "pty",
        ChardevSource.OfFile => "file",
        ChardevSource.OfDevice => IsParallel ? "parallel" : "serial",
        ChardevSource.OfTcp or ChardevSource.OfUnix => "socket",
        ChardevSource.OfUdp => "udp",
        ChardevSource.OfSpiceVmc => "spicevmc",
        ChardevSource.OfSpicePort => "spiceport",
        ChardevSource.OfQemuVdAgent => "qemu-vdagent",
        ChardevSource.OfDBus => "dbus",
        _ => throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu, $"Hotplug unsupported for char device type '{Source switch
        {
            ChardevSource.OfStdio => "stdio",
            ChardevSource.OfPipe => "pipe",
            ChardevSource.OfNmdm => "nmdm",
            _ => "unknown",
        }}'"),
    };

    void WriteSource(Utf8JsonWriter json)
    {
        switch (Source)
        {
            case ChardevSource.OfFile file:
                json.WriteString("out", file.Path ?? "");
                if (file.Append is { } append)
                    json.WriteBoolean("append", append);
                break;
            case ChardevSource.OfDevice device:
                json.WriteString("device", device.Path ?? "");
                break;
            case ChardevSource.OfTcp tcp:
                WriteAddress(json, "addr", tcp.Host ?? "", tcp.Service ?? "");
                json.WriteBoolean("telnet", tcp.Protocol is ChardevProtocol.Telnet);
                WriteServer(json, tcp.Mode is ChardevMode.Bind, tcp.Reconnect);
                json.WriteGiven("tls-creds", TlsCredentials);
                break;
            case ChardevSource.OfUnix unix:
                json.WriteStartObject("addr");
                json.WriteString("type", Descriptor is null ? "unix" : "fd");
                json.WriteStartObject("data");
                if (Descriptor is { } passed)
                    json.WriteString("str", passed);
                else
                    json.WriteString("path", unix.Path ?? "");
                json.WriteEndObject();
                json.WriteEndObject();
                WriteServer(json, unix.Mode is ChardevMode.Bind || Descriptor is not null, unix.Reconnect);
                break;
            case ChardevSource.OfUdp udp:
                UdpEnd? connect = udp.Ends.FirstOrDefault(static e => e.Mode is not ChardevMode.Bind), bind = udp.Ends.FirstOrDefault(static e => e.Mode is ChardevMode.Bind);
                WriteAddress(json, "remote", connect?.Host ?? "", connect?.Service ?? "");
                if (bind is not null)
                    WriteAddress(json, "local", bind.Host ?? "", bind.Service ?? "");
                break;
            case ChardevSource.OfSpiceVmc:
                json.WriteString("type", SpiceChannel);
                break;
            case ChardevSource.OfSpicePort port:
                json.WriteString("fqdn", port.Channel);
                break;
            case ChardevSource.OfQemuVdAgent agent:
                if (agent.Clipboard is { } clipboard)
                    json.WriteBoolean("clipboard", clipboard);
                if (agent.Mouse is { } mouse)
                    json.WriteBoolean("mouse", mouse is "client");
                break;
            case ChardevSource.OfDBus bus:
                json.WriteGiven("name", bus.Channel);
                break;
        }
    }

    static void WriteAddress(Utf8JsonWriter json, string name, string host, string port)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "inet");
        json.WriteStartObject("data");
        json.WriteString("host", host);
        json.WriteString("port", port);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteServer(Utf8JsonWriter json, bool listens, Reconnect? reconnect)
    {
        json.WriteBoolean("server", listens);
        if (listens)
            json.WriteBoolean("wait", false);
        else if (reconnect?.Enabled is { } again)
            json.WriteNumber("reconnect", again ? reconnect.Timeout ?? 0 : 0);
    }
}
