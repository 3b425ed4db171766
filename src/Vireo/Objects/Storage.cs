using Vireo.Driver;
using Vireo.Model.Storage;

namespace Vireo;

/// <summary>A storage pool.</summary>
[Wraps(typeof(StoragePoolRef), Without = "IStoragePoolLifecycle.CreateAsync IStorageVolumes.Create IStorageVolumeLookup.LookupByName IStorageVolumeLookup.CountVolumes IStorageVolumeLookup.ListVolumeNames")]
public sealed partial class StoragePool
{
    /// <summary>Starts it.</summary>
    public async Task StartAsync(StoragePoolCreateFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolLifecycle>().CreateAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Its document, read.</summary>
    public async Task<StoragePoolDef> GetDefinitionAsync(StorageXmlFlags flags = default, CancellationToken cancel = default) =>
        StoragePoolDef.Parse(await GetXmlAsync(flags, cancel).ConfigureAwait(false));

    /// <summary>The volume with this name.</summary>
    public async Task<StorageVolume> GetVolumeAsync(string name, CancellationToken cancel = default) =>
        new(connection, await connection.Require<IStorageVolumeLookup>().LookupByNameAsync(Ref, name, cancel).ConfigureAwait(false));

    /// <summary>Makes a volume of a document.</summary>
    public async Task<StorageVolume> CreateVolumeAsync(string xml, StorageVolumeCreateFlags flags = default, CancellationToken cancel = default) =>
        new(connection, await connection.Require<IStorageVolumes>().CreateAsync(Ref, xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Makes a volume with the content of another.</summary>
    public async Task<StorageVolume> CreateVolumeAsync(
        string xml, StorageVolume content, StorageVolumeCreateFlags flags = default, CancellationToken cancel = default) =>
        new(connection, await connection.Require<IStorageVolumes>().CreateFromAsync(Ref, xml, content.Ref, flags, cancel).ConfigureAwait(false));

    /// <summary>Events of this pool; see <see cref="Connection.WatchStoragePoolsAsync"/>.</summary>
    public IAsyncEnumerable<Observed<StoragePoolEvent>> WatchAsync(CancellationToken cancel = default) => connection.WatchStoragePoolsAsync(this, cancel);
}

/// <summary>A volume of a storage pool.</summary>
[Wraps(typeof(StorageVolumeRef), Without = "IStoragePoolLookup")]
public sealed partial class StorageVolume
{
    /// <summary>Its document, read.</summary>
    public async Task<StorageVolumeDef> GetDefinitionAsync(CancellationToken cancel = default) =>
        StorageVolumeDef.Parse(await GetXmlAsync(cancel).ConfigureAwait(false));

    /// <summary>Its pool, looked up.</summary>
    public async Task<StoragePool> GetPoolAsync(CancellationToken cancel = default) =>
        new(connection, await connection.Require<IStoragePoolLookup>().LookupByVolumeAsync(Ref, cancel).ConfigureAwait(false));
}
