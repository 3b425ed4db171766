using System.Collections.Concurrent;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Pools;

/// <summary>The pools that the daemon knows.</summary>
sealed class PoolList
{
    readonly Lock gate = new();
    readonly ConcurrentDictionary<Uuid, Pool> all = [];

    /// <summary>All, in the order of their names.</summary>
    public IReadOnlyList<Pool> All => [.. all.Values.OrderBy(static pool => pool.Name, StringComparer.Ordinal)];

    public Pool? Find(string name) => all.Values.FirstOrDefault(pool => pool.Name == name);

    public Pool Get(string name) => Find(name) ?? throw StorageErrors.NoPoolNamed(name);

    public Pool Get(Uuid uuid) => all.TryGetValue(uuid, out Pool? pool) ? pool : throw StorageErrors.NoPoolOf(uuid);

    public Pool Get(StoragePoolRef pool) => all.TryGetValue(pool.Uuid, out Pool? found) ? found : throw StorageErrors.NoPool(pool);

    /// <summary>The volume of a ref; its pool must be active.</summary>
    public (Pool Pool, Volume Volume) Get(StorageVolumeRef volume)
    {
        Pool pool = Get(volume.Pool);
        return (pool, pool.GetVolume(volume.Name));
    }

    /// <summary>A volume of any active pool.</summary>
    public (Pool Pool, Volume Volume)? FindVolume(Func<VolumeTable, Volume?> find)
    {
        foreach (Pool pool in all.Values)
            if (pool.State is { IsActive: true } now && find(now.Volumes) is { } volume)
                return (pool, volume);
        return null;
    }

    /// <summary>
    /// The pool that a definition is of, which may be new: then it is in the list when this returns. No two pools may lie on the same thing; a name and a uuid belong
    /// together.
    /// </summary>
    /// <param name="def">The definition; one without a uuid gets one.</param>
    /// <param name="backend">Its kind.</param>
    /// <param name="persistent">It is kept.</param>
    /// <param name="toStart">It must not be active.</param>
    public (Pool Pool, bool IsNew) Claim(StoragePoolDef def, IPoolBackend backend, bool persistent, bool toStart)
    {
        StoragePoolDef whole = def with { Uuid = def.Uuid ?? Uuid.NewRandom() };
        Uuid uuid = whole.Uuid.Value;
        lock (gate)
        {
            if (all.Values.FirstOrDefault(pool => pool.Name != def.Name && StoragePoolConflicts.Between(pool.State.Def, def)) is { } other)
                throw StorageErrors.Failed($"Storage source conflict with pool: '{other.Name}'");
            if (all.TryGetValue(uuid, out Pool? known))
            {
                if (known.Name != def.Name)
                    throw StorageErrors.Failed($"pool '{known.Name}' is already defined with uuid {uuid}");
                if (toStart && known.State.IsActive)
                    throw StorageErrors.Invalid($"pool is already active as '{known.Name}'");
                if (toStart)
                    known.RequireNotStarting();
                known.Redefine(whole, backend, persistent);
                return (known, false);
            }
            if (Find(def.Name!) is { } namesake)
                throw StorageErrors.Failed($"pool '{namesake.Name}' already exists with uuid {namesake.Uuid}");
            var made = new Pool(uuid, new PoolState(whole) { IsPersistent = persistent }, backend);
            all[uuid] = made;
            return (made, true);
        }
    }

    /// <summary>One that an earlier daemon started; null: there is one of this uuid or name.</summary>
    public Pool? Restore(StoragePoolDef def, IPoolBackend backend)
    {
        if (def.Uuid is not { } uuid || Find(def.Name!) is not null)
            return null;
        var pool = new Pool(uuid, new PoolState(def) { IsStarting = true }, backend);
        return all.TryAdd(uuid, pool) ? pool : null;
    }

    public void Remove(Pool pool) => all.TryRemove(new(pool.Uuid, pool));
}
