using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Monitor.Commands;
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
        ChardevSource plugged = source;
        string? credentials = null, passed = null;
        QemuChardev made = source switch
        {
            ChardevSource.OfPty => new QemuChardev("pty", id),
            ChardevSource.OfVc => new QemuChardev("vc", id),
            ChardevSource.OfStdio => new QemuChardev("stdio", id),
            ChardevSource.OfDevice device => new QemuChardev(parallel ? "parallel" : "serial", id) { { "path", device.Path } },
            ChardevSource.OfPipe pipe => new QemuChardev("pipe", id) { { "path", pipe.Path } },
            ChardevSource.OfFile file => File(file, id, alias, at, parts, out plugged),
            ChardevSource.OfUnix unix => Unix(unix, id, at, out passed),
            ChardevSource.OfTcp tcp => Tcp(tcp, id, at, parts, out credentials),
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
            parts.Add(new QemuDescriptor(set, fd, $"{alias}-log"));
            made["logfile"] = $"/dev/fdset/{set}";
            made["logappend"] = true;
            plugged = plugged with { Log = log with { File = $"/dev/fdset/{set}", Append = true } };
        }
        parts.Add(made.As(new ChardevAdd(id, plugged) { IsParallel = parallel, SpiceChannel = spice, TlsCredentials = credentials, Descriptor = passed }));
        ImmutableArray<HostStep> host = source is ChardevSource.OfDevice { Path: { } node } ? [new HostStep.Allow(node)] : [];
        return new CharacterParts(host, parts.ToImmutable());
    }

    static QemuChardev File(ChardevSource.OfFile file, string id, string alias, PlanContext at, ImmutableArray<QemuPart>.Builder parts, out ChardevSource plugged)
    {
        plugged = file;
        if (at.Start.StandAlone)
            return new QemuChardev("file", id) { { "path", file.Path }, { "append", file.Append } };
        string fd = at.Pass(new DescriptorStep.OpenFile(file.Path ?? "", FilePurpose.Source, file.Append ?? false));
        int set = at.NextDescriptorSet();
        parts.Add(new QemuDescriptor(set, fd, $"{alias}-source"));
        plugged = file with { Path = $"/dev/fdset/{set}", Append = true };
        return new QemuChardev("file", id) { { "path", $"/dev/fdset/{set}" }, { "append", true } };
    }

    static QemuChardev Unix(ChardevSource.OfUnix unix, string id, PlanContext at, out string? passed)
    {
        passed = null;
        string path = unix.Path ?? $"{at.Start.DomainDirectory}/{id}.sock";
        if (unix.Mode is not ChardevMode.Bind && unix.Path is not null)
            return new QemuChardev("socket", id) { { "path", unix.Path }, { "reconnect", Reconnect(unix.Reconnect) } };
        bool passes = at.Start.PassSockets && !at.Start.StandAlone;
        passed = passes ? at.Pass(new DescriptorStep.ListenUnix(path)) : null;
        return new QemuChardev("socket", id)
        {
            { "fd", passed },
            { "path", passes ? null : path },
            { "server", true },
            { "wait", false },
        };
    }

    static QemuChardev Tcp(ChardevSource.OfTcp tcp, string id, PlanContext at, ImmutableArray<QemuPart>.Builder parts, out string? credentials)
    {
        bool server = tcp.Mode is ChardevMode.Bind;
        TlsFiles files = at.Start.Tls.Chardev;
        credentials = tcp.Tls ?? files.ByDefault ? $"obj{id}_tls0" : null;
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
