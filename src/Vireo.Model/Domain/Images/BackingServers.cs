using System.Text.Json.Nodes;
using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Images;

/// <summary>QEMU's options for images that servers have, protocol by protocol.</summary>
static class BackingServers
{
    public static BackingString Of(NetworkDiskProtocol protocol, JsonObject json) => protocol switch
    {
        NetworkDiskProtocol.Gluster => Gluster(json),
        NetworkDiskProtocol.Iscsi => Iscsi(json),
        NetworkDiskProtocol.Nbd => Nbd(json),
        NetworkDiskProtocol.Sheepdog => Named(protocol, json, "vdi", "missing sheepdog vdi name"),
        NetworkDiskProtocol.Vxhs => Named(protocol, json, "vdisk-id", "missing 'vdisk-id' attribute in JSON backing definition for VxHS volume"),
        NetworkDiskProtocol.Ssh => Ssh(json),
        NetworkDiskProtocol.Rbd => Rbd(json),
        NetworkDiskProtocol.Nfs => Nfs(json),
        _ => Web(json),
    };

    static BackingString Gluster(JsonObject json)
    {
        string volume = BackingJson.Needed(json, "volume", "missing 'volume' in gluster backing definition");
        string path = BackingJson.Needed(json, "path", "missing 'path' in gluster backing definition");
        List<DiskHost> hosts = [.. Many(json["server"]).Select(Host)];
        if (hosts.Count == 0)
            throw BackingString.BadArgument("at least 1 server is necessary in JSON backing definition for gluster volume");
        return new BackingString(new DiskSource.OfNetwork { Protocol = NetworkDiskProtocol.Gluster, Name = $"{volume}/{path.TrimStart('/')}", Hosts = hosts.ToValueList() });
    }

    static BackingString Iscsi(JsonObject json)
    {
        if (BackingJson.Text(json, "transport") is not "tcp")
            throw BackingString.BadArgument("only TCP transport is supported for iSCSI volumes");
        string portal = BackingJson.Needed(json, "portal", "missing 'portal' address in iSCSI backing definition");
        string target = BackingJson.Needed(json, "target", "missing 'target' in iSCSI backing definition");
        // A colon after the last bracket begins the port; brackets stay, as libvirt has it.
        int colon = portal.LastIndexOf(':');
        bool has = colon >= 0 && !portal[(colon + 1)..].Contains(']', StringComparison.Ordinal);
        return new BackingString(new DiskSource.OfNetwork
        {
            Protocol = NetworkDiskProtocol.Iscsi,
            Name = $"{target}/{BackingJson.Number(json, "lun") ?? 0}",
            InitiatorIqn = BackingJson.Text(json, "initiator-name"),
            Hosts = [new DiskHost { Name = has ? portal[..colon] : portal, Port = has ? portal[(colon + 1)..] : null }],
        }) { DroppedCredentials = json["user"] is not null || json["password"] is not null };
    }

    static BackingString Nbd(JsonObject json)
    {
        DiskHost host;
        if (BackingJson.Text(json, "path") is { } path)
            host = new DiskHost { Transport = DiskHostTransport.Unix, Socket = path };
        else if (BackingJson.Text(json, "host") is { } name)
            host = new DiskHost { Name = name, Port = BackingJson.Text(json, "port") };
        else
            host = Host(json["server"] as JsonObject ?? throw BackingString.BadArgument("missing host specification of NBD server in JSON backing volume definition"));
        return new BackingString(new DiskSource.OfNetwork { Protocol = NetworkDiskProtocol.Nbd, Name = BackingJson.Text(json, "export"), Hosts = [host] });
    }

    static BackingString Named(NetworkDiskProtocol protocol, JsonObject json, string key, string otherwise) => new(new DiskSource.OfNetwork
    {
        Protocol = protocol,
        Name = BackingJson.Needed(json, key, otherwise),
        Hosts = [Host(json["server"] as JsonObject ?? throw BackingString.BadArgument($"missing {protocol.ToXml()} server"))],
    });

    static BackingString Ssh(JsonObject json)
    {
        DiskHost host = json["server"] is JsonObject server ? Host(server)
            : new DiskHost { Name = BackingJson.Needed(json, "host", "missing host/server or path of SSH JSON backing volume definition"), Port = BackingJson.Text(json, "port") };
        string path = BackingJson.Needed(json, "path", "missing host/server or path of SSH JSON backing volume definition");
        string? check = (json["host-key-check"] as JsonObject)?["mode"]?.GetValue<string>() ?? BackingJson.Text(json, "host_key_check") ?? BackingJson.Text(json, "host-key-check");
        return new BackingString(new DiskSource.OfNetwork { Protocol = NetworkDiskProtocol.Ssh, Name = path, Hosts = [host] })
        {
            SshUser = BackingJson.Text(json, "user"),
            IgnoresSshHostKey = check is "no" or "none",
        };
    }

    static BackingString Rbd(JsonObject json)
    {
        string image = BackingJson.Needed(json, "image", "missing pool or image name in ceph backing volume JSON specification");
        string pool = BackingJson.Needed(json, "pool", "missing pool or image name in ceph backing volume JSON specification");
        return new BackingString(new DiskSource.OfNetwork
        {
            Protocol = NetworkDiskProtocol.Rbd,
            Name = $"{pool}/{image}",
            Snapshot = BackingJson.Text(json, "snapshot"),
            ConfigFile = BackingJson.Text(json, "conf"),
            Hosts = [.. Many(json["server"]).Select(Host)],
        });
    }

    static BackingString Nfs(JsonObject json)
    {
        string? Id(string name) => BackingJson.Number(json, name) is { } number ? $"+{number}" : null;
        JsonObject server = json["server"] as JsonObject ?? throw BackingString.BadArgument("missing host/server of NFS JSON backing volume definition");
        return new BackingString(new DiskSource.OfNetwork
        {
            Protocol = NetworkDiskProtocol.Nfs,
            Name = BackingJson.Needed(json, "path", "missing path of NFS JSON backing volume definition"),
            Hosts = [Host(server)],
            Identity = (Id("user") ?? Id("group")) is null ? null : new DiskIdentity { User = Id("user"), Group = Id("group") },
        });
    }

    static BackingString Web(JsonObject json)
    {
        BackingString parsed = BackingUrl.Parse(BackingJson.Text(json, "url") ?? BackingJson.Needed(json, "filename", "missing or invalid 'url' field in JSON backing volume definition"));
        var source = (DiskSource.OfNetwork)parsed.Source;
        var cookies = new List<DiskCookie>();
        if (BackingJson.Text(json, "cookie") is { } header)
            foreach (string cookie in header.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                cookies.Add(cookie.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                    ? new DiskCookie { Name = cookie[..at], Value = cookie[(at + 1)..] }
                    : throw BackingString.BadArgument($"malformed http cookie '{cookie}'"));
        return parsed with
        {
            Source = source with
            {
                SslVerify = BackingJson.Switch(json, "sslverify"),
                Cookies = cookies.ToValueList(),
                Timeout = BackingJson.Number(json, "timeout"),
                ReadAhead = BackingJson.Number(json, "readahead"),
            },
            DroppedCredentials = parsed.DroppedCredentials || json["username"] is not null || json["password-secret"] is not null
                || json["proxy-username"] is not null || json["proxy-password-secret"] is not null,
        };
    }

    static DiskHost Host(JsonObject server) => BackingJson.Text(server, "type") is "unix"
        ? new DiskHost { Transport = DiskHostTransport.Unix, Socket = BackingJson.Text(server, "path") ?? BackingJson.Needed(server, "socket", "missing socket path for udp backing server in JSON backing volume definition") }
        : new DiskHost { Name = BackingJson.Needed(server, "host", "missing hostname for tcp backing server in JSON backing volume definition"), Port = BackingJson.Text(server, "port") is var port and not "0" ? port : null };

    // A list, or an object whose keys are the places in it.
    static IEnumerable<JsonObject> Many(JsonNode? servers) => servers switch
    {
        JsonArray list => list.OfType<JsonObject>(),
        JsonObject map => map.OrderBy(static p => p.Key.Length).ThenBy(static p => p.Key, StringComparer.Ordinal).Select(static p => p.Value).OfType<JsonObject>(),
        _ => [],
    };
}
