using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Images;

/// <summary>What the name of a backing file stands for: the text that an image has for the image below it, in any of QEMU's syntaxes.</summary>
/// <param name="Source">Where the image is.</param>
public sealed record BackingString(DiskSource Source)
{
    /// <summary>The format that the text itself says; null: it does not.</summary>
    public StorageFormat? Format { get; init; }

    /// <summary>The text had names or passwords of users, which are not kept.</summary>
    public bool DroppedCredentials { get; init; }

    /// <summary>As whom an SSH server is asked; null: not said.</summary>
    public string? SshUser { get; init; }

    /// <summary>The SSH server's key shall not be looked at.</summary>
    public bool IgnoresSshHostKey { get; init; }

    /// <summary>Reads a name that does not depend on where it stands: a path, a URL, QEMU's older forms, or json:.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR, VIR_ERR_INVALID_ARG for text that means nothing.</exception>
    public static BackingString Parse(string text)
    {
        if (IsPath(text))
            return new BackingString(new DiskSource.OfFile { Path = text });
        BackingString parsed = text switch
        {
            _ when text.StartsWith("fat:", StringComparison.Ordinal) => new BackingString(new DiskSource.OfDirectory { Path = text["fat:".Length..] }),
            _ when text.StartsWith("json:", StringComparison.Ordinal) => BackingJson.Parse(text["json:".Length..]),
            _ when text.Contains("://", StringComparison.Ordinal) => BackingUrl.Parse(text),
            _ => BackingColons.Parse(text),
        };
        return parsed.Source is DiskSource.OfNetwork network ? parsed with { Source = network with { Hosts = network.Hosts.Map(h => WithPort(h, network.Protocol)) } } : parsed;
    }

    /// <summary>A name that is a path: no protocol stands before its first slash.</summary>
    public static bool IsPath(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal), slash = text.IndexOf('/', StringComparison.Ordinal);
        return colon < 0 || slash >= 0 && slash < colon;
    }

    /// <summary>The port of a protocol's servers; null: it has none.</summary>
    public static int? DefaultPort(NetworkDiskProtocol protocol) => protocol switch
    {
        NetworkDiskProtocol.Http => 80,
        NetworkDiskProtocol.Https => 443,
        NetworkDiskProtocol.Ftp => 21,
        NetworkDiskProtocol.Ftps => 990,
        NetworkDiskProtocol.Tftp => 69,
        NetworkDiskProtocol.Sheepdog => 7000,
        NetworkDiskProtocol.Nbd => 10809,
        NetworkDiskProtocol.Ssh => 22,
        NetworkDiskProtocol.Iscsi => 3260,
        NetworkDiskProtocol.Gluster => 24007,
        NetworkDiskProtocol.Vxhs => 9999,
        _ => null,
    };

    static DiskHost WithPort(DiskHost host, NetworkDiskProtocol protocol) =>
        host.Port is null && host.Transport is null or DiskHostTransport.Tcp && DefaultPort(protocol) is { } port ? host with { Port = port.ToString() } : host;

    internal static VireoException Bad(string text) => new(ErrorCode.InternalError, ErrorDomain.Storage, text);

    internal static VireoException BadArgument(string text) => new(ErrorCode.InvalidArg, ErrorDomain.Storage, text);
}
