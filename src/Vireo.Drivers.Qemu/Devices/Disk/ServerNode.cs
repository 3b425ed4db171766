using Vireo.Core;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Host.Users;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Images that servers have, protocol by protocol.</summary>
static class ServerNode
{
    public static QemuProperties Of(DiskSource.OfNetwork source, BlockImage image, bool targetOnly) => source.Protocol switch
    {
        NetworkDiskProtocol.Nbd => Nbd(source, image, targetOnly),
        NetworkDiskProtocol.Rbd => Rbd(source, image, targetOnly),
        NetworkDiskProtocol.Gluster => Gluster(source, image, targetOnly),
        NetworkDiskProtocol.Iscsi => Iscsi(source, image, targetOnly),
        NetworkDiskProtocol.Nfs => Nfs(source, targetOnly),
        NetworkDiskProtocol.Ssh => Ssh(source, image, targetOnly),
        NetworkDiskProtocol.Sheepdog => new QemuProperties
        {
            { "driver", "sheepdog" },
            { "server", Socket(Only(source, "sheepdog"), source.Protocol) },
            { "vdi", source.Name },
        },
        NetworkDiskProtocol.Vxhs => new QemuProperties
        {
            { "driver", "vxhs" },
            { "tls-creds", targetOnly ? null : image.Names.TlsCredentials },
            { "vdisk-id", source.Name },
            { "server", Address(Only(source, "VxHS"), source.Protocol) },
        },
        _ => Web(source, image, targetOnly),
    };

    static QemuProperties Nbd(DiskSource.OfNetwork source, BlockImage image, bool targetOnly) => new()
    {
        { "driver", "nbd" },
        { "server", Socket(Only(source, "nbd"), source.Protocol) },
        { "export", source.Name },
        { "tls-creds", targetOnly ? null : image.Names.TlsCredentials },
        { "tls-hostname", targetOnly ? null : source.TlsHostname },
        { "reconnect-delay", targetOnly ? null : source.Reconnect?.Delay is > 0 and var delay ? delay : null },
    };

    static QemuProperties Rbd(DiskSource.OfNetwork source, BlockImage image, bool targetOnly)
    {
        var (pool, name) = SourceName.Split(source);
        string? user = targetOnly ? null : image.Auth?.Username;
        return new QemuProperties
        {
            { "driver", "rbd" },
            { "pool", pool },
            { "image", name },
            { "snapshot", source.Snapshot },
            { "conf", source.ConfigFile },
            { "server", source.Hosts.IsEmpty ? null : QemuValue.Array([.. source.Hosts.Select(h => Address(h, source.Protocol))]) },
            {
                "encrypt", !targetOnly && image.DecryptsAtServer
                    ? new QemuProperties
                    {
                        { "format", image.Encryption!.Format is EncryptionFormat.Luks2 ? "luks2" : "luks" },
                        { "key-secret", image.Names.EncryptionSecret },
                    }
                    : null
            },
            { "user", user },
            { "auth-client-required", user is null ? null : QemuValue.Array(["cephx", "none"]) },
            { "key-secret", targetOnly ? null : image.Names.AuthSecret },
        };
    }

    static QemuProperties Gluster(DiskSource.OfNetwork source, BlockImage image, bool targetOnly)
    {
        var (volume, path) = SourceName.Split(source);
        return new QemuProperties
        {
            { "driver", "gluster" },
            { "volume", volume },
            { "path", path },
            { "server", QemuValue.Array([.. source.Hosts.Select(h => Socket(h, source.Protocol))]) },
            { "debug", !targetOnly && image.GlusterDebug > 0 ? image.GlusterDebug : (int?)null },
        };
    }

    static QemuProperties Iscsi(DiskSource.OfNetwork source, BlockImage image, bool targetOnly)
    {
        DiskHost host = source.Hosts is [{ } first, ..] ? first : throw DiskErrors.Hosts("missing host of an iSCSI disk");
        string name = host.Name ?? "", target = source.Name ?? "";
        int slash = target.IndexOf('/', StringComparison.Ordinal);
        uint lun = 0;
        if (slash >= 0)
        {
            if (!uint.TryParse(target.AsSpan(slash + 1), out lun))
                throw DiskErrors.Hosts($"failed to parse target for lunNumber {target[(slash + 1)..]}");
            target = target[..slash];
        }
        return new QemuProperties
        {
            { "driver", "iscsi" },
            { "portal", (name.Contains(':', StringComparison.Ordinal) && name[0] != '[' ? $"[{name}]" : name) + ":" + SourceUri.PortOf(host, source.Protocol) },
            { "target", target },
            { "lun", (uint?)lun },
            { "transport", "tcp" },
            { "user", targetOnly ? null : image.Auth?.Username },
            { "password-secret", targetOnly ? null : image.Names.AuthSecret },
            { "initiator-name", source.InitiatorIqn },
        };
    }

    static QemuProperties Nfs(DiskSource.OfNetwork source, bool targetOnly)
    {
        DiskHost host = Only(source, "NFS");
        return new QemuProperties
        {
            { "driver", "nfs" },
            { "server", new QemuProperties { { "host", host.Name }, { "type", "inet" } } },
            { "path", source.Name },
            { "user", targetOnly ? null : IdOf(source.Identity?.User, HostUsers.FindUser) },
            { "group", targetOnly ? null : IdOf(source.Identity?.Group, HostUsers.FindGroup) },
        };
    }

    static QemuProperties Ssh(DiskSource.OfNetwork source, BlockImage image, bool targetOnly) => new()
    {
        { "driver", "ssh" },
        { "path", source.Name },
        { "server", Address(Only(source, "ssh"), source.Protocol) },
        { "user", targetOnly ? null : image.Auth?.Username ?? image.SshUser },
        { "host-key-check", !targetOnly && image.IgnoresSshHostKey ? new QemuProperties { { "mode", "none" } } : null },
    };

    static QemuProperties Web(DiskSource.OfNetwork source, BlockImage image, bool targetOnly) => new()
    {
        { "driver", source.Protocol.ToXml() },
        { "url", SourceUri.Of(source) },
        { "username", targetOnly ? null : image.Auth?.Username },
        { "password-secret", targetOnly ? null : image.Names.AuthSecret },
        { "sslverify", source.SslVerify },
        { "cookie", targetOnly ? CookiesOf(source) : null },
        { "cookie-secret", targetOnly ? null : image.Names.CookieSecret },
        { "timeout", source.Timeout },
        { "readahead", source.ReadAhead },
    };

    /// <summary>The cookies as one header; null: none.</summary>
    public static string? CookiesOf(DiskSource.OfNetwork source) =>
        source.Cookies.IsEmpty ? null : string.Join("; ", source.Cookies.Select(static c => $"{c.Name}={c.Value}"));

    static DiskHost Only(DiskSource.OfNetwork source, string protocol) => source.Hosts is [{ } host]
        ? host
        : throw DiskErrors.Hosts($"{protocol} protocol accepts only one host");

    static QemuProperties Address(DiskHost host, NetworkDiskProtocol protocol) => new()
    {
        { "host", host.Name },
        { "port", SourceUri.PortOf(host, protocol) },
    };

    static QemuProperties Socket(DiskHost host, NetworkDiskProtocol protocol) => host.Transport switch
    {
        DiskHostTransport.Unix => new QemuProperties { { "type", "unix" }, { "path", host.Socket } },
        DiskHostTransport.Rdma => throw DiskErrors.Hosts("transport protocol 'rdma' is not yet supported"),
        _ => new QemuProperties { { "type", "inet" }, Address(host, protocol) },
    };

    // "+1000" is a number, anything else a name.
    static long? IdOf(string? text, Func<string, uint?> find) => text is null ? null
        : find(text) ?? throw DiskErrors.Hosts($"failed to parse user or group '{text}' of an NFS disk");
}
