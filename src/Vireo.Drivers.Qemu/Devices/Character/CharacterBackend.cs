using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>A character device's host end: what the host opens, and QEMU's arguments for it.</summary>
sealed record CharacterParts(ImmutableArray<HostStep> Host, ImmutableArray<QemuPart> Parts);

/// <summary>-chardev for every kind of source. Files and sockets in bind mode are opened by the host and passed.</summary>
static class CharacterBackend
{
    /// <summary>Plans the source of the device <paramref name="alias"/> as the character device <paramref name="id"/>.</summary>
    public static CharacterParts Plan(ChardevSource source, string id, string alias, PlanContext at, bool parallel = false, string spice = "vdagent")
    {
        var parts = ImmutableArray.CreateBuilder<QemuPart>();
        QemuChardev made = source switch
        {
            ChardevSource.OfPty => new QemuChardev("pty", id),
            ChardevSource.OfVc => new QemuChardev("vc", id),
            ChardevSource.OfStdio => new QemuChardev("stdio", id),
            ChardevSource.OfDevice device => new QemuChardev(parallel ? "parallel" : "serial", id) { { "path", device.Path } },
            ChardevSource.OfPipe pipe => new QemuChardev("pipe", id) { { "path", pipe.Path } },
            ChardevSource.OfFile file => File(file, id, alias, at, parts),
            ChardevSource.OfUnix unix => Unix(unix, id, at),
            ChardevSource.OfTcp tcp => Tcp(tcp, id, at, parts),
            ChardevSource.OfUdp udp => Udp(udp, id),
            ChardevSource.OfSpiceVmc => new QemuChardev("spicevmc", id) { { "name", spice } },
            ChardevSource.OfSpicePort port => new QemuChardev("spiceport", id) { { "name", port.Channel } },
            ChardevSource.OfQemuVdAgent agent => new QemuChardev("qemu-vdagent", id)
            {
                { "name", "vdagent" },
                { "clipboard", agent.Clipboard },
                { "mouse", agent.Mouse is { } mouse ? mouse == "client" : null },
            },
            ChardevSource.OfDBus bus => new QemuChardev("dbus", id) { { "name", bus.Channel } },
            _ => new QemuChardev("null", id),
        };
        if (source.Log is { } named && at.Start.StandAlone)
        {
            made["logfile"] = named.File;
            made["logappend"] = named.Append ?? true;
        }
        else if (source.Log is { } log)
        {
            string fd = at.Pass(new DescriptorStep.OpenFile(log.File, FilePurpose.Log, log.Append ?? true));
            int set = at.NextDescriptorSet();
            parts.Add(new QemuOption("add-fd", $"set={set},fd={fd},opaque={alias}-log"));
            made["logfile"] = $"/dev/fdset/{set}";
            made["logappend"] = true;
        }
        parts.Add(made);
        ImmutableArray<HostStep> host = source is ChardevSource.OfDevice { Path: { } node } ? [new HostStep.Allow(node)] : [];
        return new CharacterParts(host, parts.ToImmutable());
    }

    static QemuChardev File(ChardevSource.OfFile file, string id, string alias, PlanContext at, ImmutableArray<QemuPart>.Builder parts)
    {
        if (at.Start.StandAlone)
            return new QemuChardev("file", id) { { "path", file.Path }, { "append", file.Append } };
        string fd = at.Pass(new DescriptorStep.OpenFile(file.Path ?? "", FilePurpose.Source, file.Append ?? false));
        int set = at.NextDescriptorSet();
        parts.Add(new QemuOption("add-fd", $"set={set},fd={fd},opaque={alias}-source"));
        return new QemuChardev("file", id) { { "path", $"/dev/fdset/{set}" }, { "append", true } };
    }

    static QemuChardev Unix(ChardevSource.OfUnix unix, string id, PlanContext at)
    {
        string path = unix.Path ?? $"{at.Start.DomainDirectory}/{id}.sock";
        if (unix.Mode is not ChardevMode.Bind && unix.Path is not null)
            return new QemuChardev("socket", id) { { "path", unix.Path }, { "reconnect", Reconnect(unix.Reconnect) } };
        bool passes = at.Start.PassSockets && !at.Start.StandAlone;
        return new QemuChardev("socket", id)
        {
            { "fd", passes ? at.Pass(new DescriptorStep.ListenUnix(path)) : null },
            { "path", passes ? null : path },
            { "server", true },
            { "wait", false },
        };
    }

    static QemuChardev Tcp(ChardevSource.OfTcp tcp, string id, PlanContext at, ImmutableArray<QemuPart>.Builder parts)
    {
        bool server = tcp.Mode is ChardevMode.Bind;
        TlsFiles files = at.Start.Tls.Chardev;
        string? credentials = tcp.Tls ?? files.ByDefault ? $"obj{id}_tls0" : null;
        if (credentials is not null)
            parts.AddRange(TlsCredentials.Of(credentials, $"{id}-secret0", files, server ? "server" : "client", !server || files.Verify, at));
        return new QemuChardev("socket", id)
        {
            { "host", tcp.Host },
            { "port", tcp.Service },
            { "telnet", tcp.Protocol is ChardevProtocol.Telnet ? true : null },
            { "server", server ? true : null },
            { "wait", server ? false : null },
            { "reconnect", Reconnect(tcp.Reconnect) },
            { "tls-creds", credentials },
        };
    }

    static QemuChardev Udp(ChardevSource.OfUdp udp, string id)
    {
        UdpEnd? connect = null, bind = null;
        foreach (UdpEnd end in udp.Ends)
            if (end.Mode is ChardevMode.Bind)
                bind = end;
            else
                connect = end;
        return new QemuChardev("udp", id)
        {
            { "host", connect?.Host ?? "" },
            { "port", connect?.Service ?? "" },
            { "localaddr", bind?.Host ?? "" },
            { "localport", bind?.Service ?? "0" },
        };
    }

    static uint? Reconnect(Reconnect? reconnect) => reconnect?.Enabled is true ? reconnect.Timeout : reconnect?.Enabled is false ? 0 : null;
}
