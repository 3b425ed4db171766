using Vireo.Driver;
using Vireo.Drivers.Storage.Pools;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Capabilities;

/// <summary>Says how pools are, from what was published last: also while somebody looks at them.</summary>
sealed class PoolReads(StorageKeeper keeper) : IStoragePoolInfo, IStoragePoolEvents, IStoragePoolCapabilities
{
    public ValueTask<StoragePoolInfo> GetInfoAsync(StoragePoolRef pool, CancellationToken cancel)
    {
        PoolState now = keeper.Pools.Get(pool).State;
        return new(new StoragePoolInfo(now.IsActive ? StoragePoolState.Running : StoragePoolState.Inactive,
            now.Def.Capacity?.Bytes ?? 0, now.Def.Allocation?.Bytes ?? 0, now.Def.Available?.Bytes ?? 0));
    }

    public ValueTask<string> GetXmlAsync(StoragePoolRef pool, StorageXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(StorageXmlFlags.Inactive, "storagePoolGetXMLDesc");
        PoolState now = keeper.Pools.Get(pool).State;
        return new((flags.HasFlag(StorageXmlFlags.Inactive) ? now.Next ?? now.Def : now.Def).ToXml());
    }

    public ValueTask<bool> IsActiveAsync(StoragePoolRef pool, CancellationToken cancel) => new(keeper.Pools.Get(pool).State.IsActive);

    public ValueTask<bool> IsPersistentAsync(StoragePoolRef pool, CancellationToken cancel) => new(keeper.Pools.Get(pool).State.IsPersistent);

    public ValueTask<bool> GetAutostartAsync(StoragePoolRef pool, CancellationToken cancel) => new(keeper.Pools.Get(pool).State is { IsPersistent: true, Autostart: true });

    public ValueTask<string> GetCapabilitiesAsync(uint flags, CancellationToken cancel)
    {
        flags.None("storageConnectGetStoragePoolCapabilities");
        return new(StoragePoolCapabilities.Of(keeper.Kinds.All).ToXml());
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        StoragePoolEventId kind, StoragePoolRef? only, Action<StoragePoolEvent> sink, CancellationToken cancel) =>
        new(keeper.Events.Subscribe(kind, only, sink));
}
