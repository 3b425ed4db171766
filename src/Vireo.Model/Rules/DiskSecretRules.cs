using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>The secrets of a disk's source stand with the disk or with the source, and are of the kind that the server wants.</summary>
public sealed class DiskSecretRules : IRules<Disk, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(Disk element, DomainDef document, Findings found)
    {
        if (element.Auth is { } auth && element.Source.Auth is not null)
            found.Unsupported(auth, "an <auth> definition already found for disk source");
        if (element.Encryption is { } encryption && element.Source.Encryption is not null)
            found.Unsupported(encryption, "an <encryption> definition already found for disk source");
        if ((element.Auth ?? element.Source.Auth) is { } used && element.Source is DiskSource.OfNetwork { Protocol: var protocol })
            CheckKind(used, protocol, found);
    }

    static void CheckKind(DiskAuth auth, NetworkDiskProtocol protocol, Findings found)
    {
        string? wanted = protocol switch
        {
            NetworkDiskProtocol.Rbd => "ceph",
            NetworkDiskProtocol.Iscsi => "iscsi",
            _ => null,
        };
        if (wanted is not null && auth.Secret.Type is { } given && given != wanted)
            found.Unsupported(auth, $"invalid secret type '{given}'");
    }
}
