using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Title, description and foreign metadata of networks.</summary>
[Capability(ErrorDomain.Network, Since = "9.7.0")]
public interface INetworkMetadata
{
    /// <summary>Changes one of them; null removes it.</summary>
    [Procedure(444, Write = true), CExport("virNetworkSetMetadata")]
    [Acl(NetworkRight.Write)]
    [Acl(NetworkRight.Save, Unless = NetworkUpdateFlags.AffectConfig | NetworkUpdateFlags.AffectLive)]
    [Acl(NetworkRight.Save, If = NetworkUpdateFlags.AffectConfig)]
    ValueTask SetMetadataAsync(
        NetworkRef network, NetworkMetadataType type, string? metadata, string? key, string? uri, NetworkUpdateFlags flags, CancellationToken cancel);

    /// <summary>The title, the description, or the metadata element of a namespace.</summary>
    [Procedure(445), CExport("virNetworkGetMetadata")]
    [Acl(NetworkRight.Read)]
    ValueTask<string> GetMetadataAsync(
        NetworkRef network, NetworkMetadataType type, string? uri, NetworkUpdateFlags flags, CancellationToken cancel);
}
