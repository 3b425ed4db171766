using System.Globalization;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Images;

/// <summary>Images named by URL: SCHEME[+TRANSPORT]://[USER[:PASSWORD]@]HOST[:PORT]/PATH[?QUERY].</summary>
static class BackingUrl
{
    public static BackingString Parse(string text)
    {
        int colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0)
            throw BackingString.Bad($"failed to parse backing file location '{text}'");
        string[] scheme = text[..colon].Split('+', 2);
        if (!NetworkDiskProtocolNames.TryParse(scheme[0], out NetworkDiskProtocol protocol))
            throw BackingString.Bad($"invalid backing protocol '{scheme[0]}'");
        DiskHostTransport? transport = null;
        if (scheme.Length == 2)
            transport = DiskHostTransportNames.TryParse(scheme[1], out DiskHostTransport named) ? named : throw BackingString.Bad($"invalid protocol transport type '{scheme[1]}'");
        string rest = text[(colon + 3)..];
        string? query = Cut(ref rest, '?');
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string authority = slash < 0 ? rest : rest[..slash], path = slash < 0 ? "" : Uri.UnescapeDataString(rest[(slash + 1)..]);
        string? user = null;
        if (authority.LastIndexOf('@') is >= 0 and var at)
        {
            user = authority[..at];
            authority = authority[(at + 1)..];
        }
        string? name = path.Length == 0 && (protocol is NetworkDiskProtocol.Nbd || slash < 0) ? null : path;
        DiskHost host;
        if (transport is DiskHostTransport.Unix)
        {
            if (query is null || !query.StartsWith("socket=", StringComparison.Ordinal))
                throw BackingString.Bad($"invalid query parameters '{query}'");
            host = new DiskHost { Transport = DiskHostTransport.Unix, Socket = Uri.UnescapeDataString(query["socket=".Length..]) };
            query = null;
        }
        else
            host = Host(authority) with { Transport = transport is DiskHostTransport.Tcp ? null : transport };
        if (protocol is NetworkDiskProtocol.Gluster && (name is null || !name.Contains('/', StringComparison.Ordinal)))
            throw BackingString.Bad("missing volume name or file name in gluster source path");
        bool web = protocol is NetworkDiskProtocol.Http or NetworkDiskProtocol.Https;
        return new BackingString(new DiskSource.OfNetwork { Protocol = protocol, Name = name, Hosts = [host], Query = web ? query : null })
        {
            DroppedCredentials = user?.Contains(':', StringComparison.Ordinal) is true,
            SshUser = protocol is NetworkDiskProtocol.Ssh ? user?.Split(':')[0] : null,
        };
    }

    /// <summary>HOST, HOST:PORT, [IPV6] or [IPV6]:PORT.</summary>
    public static DiskHost Host(string authority)
    {
        string name = authority;
        string? port = null;
        if (authority.StartsWith('[') && authority.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            name = authority[1..end];
            port = authority[(end + 1)..].TrimStart(':');
        }
        else if (authority.LastIndexOf(':') is >= 0 and var colon)
        {
            name = authority[..colon];
            port = authority[(colon + 1)..];
        }
        if (port is { Length: > 0 } && !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw BackingString.Bad($"failed to parse port number '{port}'");
        return new DiskHost { Name = name, Port = port is { Length: > 0 } ? port : null };
    }

    static string? Cut(ref string text, char at)
    {
        int index = text.IndexOf(at, StringComparison.Ordinal);
        if (index < 0)
            return null;
        string after = text[(index + 1)..];
        text = text[..index];
        return after;
    }
}
