using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.Storage;

/// <summary>A storage pool in memory.</summary>
sealed record TestPool(StoragePoolDef Def)
{
    const ulong GiB = 1UL << 30;

    public string Name => Def.Name!;

    public Uuid Uuid => Def.Uuid!.Value;

    public string? Path => Def.Target?.Path;

    public ulong Capacity => Def.Capacity?.Bytes ?? 0;

    public StoragePoolRef Ref => new(Name, Uuid);

    /// <summary>libvirt's pool of test:///default: active, persistent, empty.</summary>
    public static TestPool Default() => new(StoragePoolDef.Define(Document.Of("pool.xml")) with { Capacity = new ByteSize(100 * GiB), Available = new ByteSize(100 * GiB) });
}

/// <summary>Looks at pools.</summary>
sealed class PoolReads(TestHost host) : ReadsUnderGate(host), IStoragePoolLookup, IStoragePoolListing, IStoragePoolInfo
{
    public ValueTask<StoragePoolRef> LookupByNameAsync(string name, CancellationToken cancel) => Read(known =>
        (known.Pools.Find(pool => pool.Name == name) ?? throw TestErrors.NoPool("name", name)).Ref);

    public ValueTask<StoragePoolRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => Read(known => Get(known, uuid).Ref);

    public ValueTask<StoragePoolRef> LookupByVolumeAsync(StorageVolumeRef volume, CancellationToken cancel) => LookupByNameAsync(volume.Pool, cancel);

    public ValueTask<StoragePoolRef> LookupByTargetPathAsync(string path, CancellationToken cancel) => Read(known =>
        (known.Pools.Find(pool => pool.Path == path) ?? throw TestErrors.NoPool("target path", path)).Ref);

    static TestPool Get(TestHost host, Uuid uuid) => host.Pools.Find(pool => pool.Uuid == uuid) ?? throw TestErrors.NoPool("uuid", uuid.ToString());

    public ValueTask<StoragePoolRef[]> ListAllAsync(ListStoragePoolsFlags flags, CancellationToken cancel)
    {
        const ListStoragePoolsFlags kinds = (ListStoragePoolsFlags)0xfffc0;
        flags.Only((ListStoragePoolsFlags)0xfffff, "testConnectListAllStoragePools");
        bool fits = Wanted(flags, ListStoragePoolsFlags.Active, ListStoragePoolsFlags.Inactive)
            && Wanted(flags, ListStoragePoolsFlags.Persistent, ListStoragePoolsFlags.Transient)
            && Wanted(flags, ListStoragePoolsFlags.NoAutostart, ListStoragePoolsFlags.Autostart)
            && ((flags & kinds) is 0 || flags.HasFlag(ListStoragePoolsFlags.Dir));
        return Read<StoragePoolRef[]>(known => fits ? [.. known.Pools.Select(pool => pool.Ref)] : []);
    }

    /// <summary>Pools here are active and persistent: a pair of flags lets them through unless it asks for the other kind alone.</summary>
    static bool Wanted(ListStoragePoolsFlags flags, ListStoragePoolsFlags theirs, ListStoragePoolsFlags other) =>
        flags.HasFlag(theirs) || !flags.HasFlag(other);

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => Read(known => known.Pools.Count);

    public ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel) => Read<string[]>(known => [.. known.Pools.Select(pool => pool.Name)]);

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => new(0);

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => new([]);

    public ValueTask<StoragePoolInfo> GetInfoAsync(StoragePoolRef pool, CancellationToken cancel) => Read(known =>
    {
        TestPool found = Get(known, pool.Uuid);
        return new StoragePoolInfo(StoragePoolState.Running, found.Capacity, 0, found.Capacity);
    });

    public ValueTask<string> GetXmlAsync(StoragePoolRef pool, StorageXmlFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testStoragePoolGetXMLDesc");
        return Read(known => Get(known, pool.Uuid).Def.ToXml());
    }

    public ValueTask<bool> IsActiveAsync(StoragePoolRef pool, CancellationToken cancel) => Read(known => Get(known, pool.Uuid) is { });

    public ValueTask<bool> IsPersistentAsync(StoragePoolRef pool, CancellationToken cancel) => Read(known => Get(known, pool.Uuid) is { });

    public ValueTask<bool> GetAutostartAsync(StoragePoolRef pool, CancellationToken cancel) => Read(known => Get(known, pool.Uuid) is null);
}
