using Vireo.Core;
using Vireo.Driver;
using Vireo.Model.Storage;

namespace Vireo;

public sealed partial class Connection
{
    /// <summary>The storage pools that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<StoragePool>> ListStoragePoolsAsync(ListStoragePoolsFlags flags = default, CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<IStoragePoolListing>().ListAllAsync(flags, cancel).ConfigureAwait(false), r => new StoragePool(this, r));

    /// <summary>The storage pool with this name.</summary>
    public async Task<StoragePool> GetStoragePoolAsync(string name, CancellationToken cancel = default) =>
        new(this, await Require<IStoragePoolLookup>().LookupByNameAsync(name, cancel).ConfigureAwait(false));

    /// <summary>The storage pool with this uuid.</summary>
    public async Task<StoragePool> GetStoragePoolAsync(Uuid uuid, CancellationToken cancel = default) =>
        new(this, await Require<IStoragePoolLookup>().LookupByUuidAsync(uuid, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent storage pool of a document, or changes one.</summary>
    public async Task<StoragePool> DefineStoragePoolAsync(string xml, StoragePoolDefineFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<IStoragePoolLifecycle>().DefineAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent storage pool of a definition, or changes one.</summary>
    public async Task<StoragePool> DefineStoragePoolAsync(StoragePoolDef definition, StoragePoolDefineFlags flags = default, CancellationToken cancel = default) =>
        await DefineStoragePoolAsync(definition.ToXml(), flags, cancel).ConfigureAwait(false);

    /// <summary>Makes a storage pool that is gone when it stops.</summary>
    public async Task<StoragePool> CreateStoragePoolAsync(string xml, StoragePoolCreateFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<IStoragePoolLifecycle>().CreateTransientAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>The storage pool with this target path.</summary>
    public async Task<StoragePool> GetStoragePoolByTargetPathAsync(string path, CancellationToken cancel = default) =>
        new(this, await Require<IStoragePoolTargets>().LookupByTargetPathAsync(path, cancel).ConfigureAwait(false));

    /// <summary>Sources of pools of a type that the host can see, as a document.</summary>
    public async Task<string> FindStoragePoolSourcesAsync(string type, string? sourceXml = null, CancellationToken cancel = default) =>
        await Require<IStoragePoolSources>().FindSourcesAsync(type, sourceXml, 0, cancel).ConfigureAwait(false);

    /// <summary>The types of pools that there can be, as a document.</summary>
    public async Task<string> GetStoragePoolCapabilitiesAsync(CancellationToken cancel = default) =>
        await Require<IStoragePoolCapabilities>().GetCapabilitiesAsync(0, cancel).ConfigureAwait(false);

    /// <summary>The volume with this key.</summary>
    public async Task<StorageVolume> GetStorageVolumeByKeyAsync(string key, CancellationToken cancel = default) =>
        new(this, await Require<IStorageVolumeLookup>().LookupByKeyAsync(key, cancel).ConfigureAwait(false));

    /// <summary>The volume at this path.</summary>
    public async Task<StorageVolume> GetStorageVolumeByPathAsync(string path, CancellationToken cancel = default) =>
        new(this, await Require<IStorageVolumeLookup>().LookupByPathAsync(path, cancel).ConfigureAwait(false));
}
