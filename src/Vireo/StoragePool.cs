using Vireo.Core;
using Vireo.Driver;

namespace Vireo;

/// <summary>A storage pool.</summary>
public sealed class StoragePool
{
    readonly Connection connection;

    internal StoragePool(Connection connection, StoragePoolRef reference) => (this.connection, Ref) = (connection, reference);

    /// <summary>What names it in the driver's capabilities.</summary>
    public StoragePoolRef Ref { get; }

    /// <summary>Its name.</summary>
    public string Name => Ref.Name;

    /// <summary>Its uuid.</summary>
    public Uuid Uuid => Ref.Uuid;

    /// <summary>Its document.</summary>
    public async Task<string> GetXmlAsync(StorageXmlFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolInfo>().GetXmlAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Whether it is active.</summary>
    public async Task<bool> IsActiveAsync(CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolInfo>().IsActiveAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Whether it is kept when it stops.</summary>
    public async Task<bool> IsPersistentAsync(CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolInfo>().IsPersistentAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Whether it starts with the daemon.</summary>
    public async Task<bool> GetAutostartAsync(CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolInfo>().GetAutostartAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Whether it shall start with the daemon.</summary>
    public async Task SetAutostartAsync(bool autostart, CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolLifecycle>().SetAutostartAsync(Ref, autostart, cancel).ConfigureAwait(false);

    /// <summary>State and space.</summary>
    public async Task<StoragePoolInfo> GetInfoAsync(CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolInfo>().GetInfoAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Starts it.</summary>
    public async Task StartAsync(StoragePoolCreateFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolLifecycle>().CreateAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Stops it.</summary>
    public async Task DestroyAsync(CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolLifecycle>().DestroyAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Looks again at what is there.</summary>
    public async Task RefreshAsync(CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolLifecycle>().RefreshAsync(Ref, 0, cancel).ConfigureAwait(false);

    /// <summary>Forgets it.</summary>
    public async Task UndefineAsync(CancellationToken cancel = default) =>
        await connection.Require<IStoragePoolLifecycle>().UndefineAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Its volumes.</summary>
    public async Task<IReadOnlyList<StorageVolume>> ListVolumesAsync(CancellationToken cancel = default) =>
        Array.ConvertAll(
            await connection.Require<IStorageVolumeLookup>().ListVolumesAsync(Ref, 0, cancel).ConfigureAwait(false),
            r => new StorageVolume(connection, r));
}
