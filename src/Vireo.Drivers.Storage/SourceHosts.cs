using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage;

/// <summary>The servers of pools.</summary>
static class SourceHosts
{
    /// <summary>The only one of a pool that has one.</summary>
    /// <param name="hosts">Its servers.</param>
    /// <param name="code">The error of one that has none, or several.</param>
    public static StoragePoolHost Only(ValueList<StoragePoolHost> hosts, ErrorCode code) =>
        hosts.Count is 1 ? hosts[0] : throw new VireoException(code, ErrorDomain.Storage, "Expected exactly 1 host for the storage pool");
}
