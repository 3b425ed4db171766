using System.Text;
using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Images;

/// <summary>QEMU's oldest names of images that servers have: nbd:HOST:PORT[:exportname=NAME], nbd:unix:SOCKET..., rbd:POOL/IMAGE[@SNAPSHOT][:KEY=VALUE...].</summary>
static class BackingColons
{
    const string Export = ":exportname=";

    public static BackingString Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            throw BackingString.Bad($"failed to split backing path '{text}' into protocol and path");
        string protocol = text[..colon], rest = text[(colon + 1)..];
        return protocol switch
        {
            "nbd" => new BackingString(Nbd(rest)),
            "rbd" => new BackingString(Rbd(rest)),
            _ when NetworkDiskProtocolNames.TryParse(protocol, out _) => throw BackingString.Bad($"malformed backing store path for protocol {protocol}"),
            _ => throw BackingString.Bad($"invalid backing protocol '{protocol}'"),
        };
    }

    static DiskSource.OfNetwork Nbd(string rest)
    {
        string? name = null;
        if (rest.IndexOf(Export, StringComparison.Ordinal) is >= 0 and var at)
        {
            name = rest[(at + Export.Length)..];
            rest = rest[..at];
        }
        DiskHost host = rest.StartsWith("unix:", StringComparison.Ordinal)
            ? new DiskHost { Transport = DiskHostTransport.Unix, Socket = rest["unix:".Length..] }
            : BackingUrl.Host(rest);
        if (host is { Transport: null, Name: "" or null } or { Transport: null, Port: null })
            throw BackingString.Bad($"malformed nbd string '{rest}'");
        return new DiskSource.OfNetwork { Protocol = NetworkDiskProtocol.Nbd, Name = name is { Length: > 0 } ? name : null, Hosts = [host] };
    }

    /// <summary>What follows rbd:.</summary>
    public static DiskSource.OfNetwork Rbd(string rest)
    {
        List<string> parts = Split(rest, ':');
        string name = parts[0];
        string? snapshot = null, config = null;
        if (name.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            snapshot = name[(at + 1)..];
            name = name[..at];
        }
        var hosts = new List<DiskHost>();
        foreach (string part in parts.Skip(1))
        {
            if (part.StartsWith("conf=", StringComparison.Ordinal))
                config = part["conf=".Length..];
            else if (part.StartsWith("mon_host=", StringComparison.Ordinal))
                foreach (string host in part["mon_host=".Length..].Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
                    hosts.Add(BackingUrl.Host(host));
        }
        return new DiskSource.OfNetwork { Protocol = NetworkDiskProtocol.Rbd, Name = name, Snapshot = snapshot, ConfigFile = config, Hosts = hosts.ToValueList() };
    }

    // A backslash before the separator, or before any other character, makes it one like any other.
    static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                part.Append(text[++i]);
            else if (text[i] == separator)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
                part.Append(text[i]);
        }
        parts.Add(part.ToString());
        return parts;
    }
}
