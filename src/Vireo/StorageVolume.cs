using Vireo.Driver;

namespace Vireo;

/// <summary>A volume of a storage pool.</summary>
public sealed class StorageVolume
{
    readonly Connection connection;

    internal StorageVolume(Connection connection, StorageVolumeRef reference) => (this.connection, Ref) = (connection, reference);

    /// <summary>What names it in the driver's capabilities.</summary>
    public StorageVolumeRef Ref { get; }

    /// <summary>Its name.</summary>
    public string Name => Ref.Name;

    /// <summary>Its key, which is unique on the host.</summary>
    public string Key => Ref.Key;

    /// <summary>Kind and space.</summary>
    public async Task<StorageVolumeInfo> GetInfoAsync(CancellationToken cancel = default) =>
        await connection.Require<IStorageVolumeInfo>().GetInfoAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Its document.</summary>
    public async Task<string> GetXmlAsync(CancellationToken cancel = default) =>
        await connection.Require<IStorageVolumeInfo>().GetXmlAsync(Ref, 0, cancel).ConfigureAwait(false);

    /// <summary>Where it is.</summary>
    public async Task<string> GetPathAsync(CancellationToken cancel = default) =>
        await connection.Require<IStorageVolumeInfo>().GetPathAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Deletes it.</summary>
    public async Task DeleteAsync(StorageVolumeDeleteFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IStorageVolumes>().DeleteAsync(Ref, flags, cancel).ConfigureAwait(false);
}
