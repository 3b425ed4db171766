using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Pools;

/// <summary>Starts, looks at and stops pools. Who calls has the pool's turn.</summary>
sealed class PoolLives(StorageKeeper keeper)
{
    /// <summary>One start.</summary>
    sealed class Starting(StorageKeeper keeper, Pool pool, StoragePoolCreateFlags flags)
    {
        public StorageKeeper Keeper => keeper;

        public Pool Pool => pool;

        public StoragePoolCreateFlags Flags => flags;

        public StoragePoolDef Def => pool.State.Def;

        public PoolContent? Content { get; set; }
    }

    /// <summary>The status is there before the host is changed, so that a daemon that comes after a crash looks at what became of it.</summary>
    static readonly Flow<Starting> start = new Flow<Starting>("pool-start")
        .Step("build", static (at, cancel) => BuildFlags(at.Flags) is { } build ? at.Pool.Backend.BuildAsync(at.Def, build, cancel) : default)
        .Step("status", static at => at.Keeper.SaveStatus(at.Pool), static at => at.Keeper.Status.Delete(at.Pool.Name))
        .Step("host", static (at, cancel) => at.Pool.Backend.StartAsync(at.Def, cancel), static at => at.Pool.Backend.StopAsync(at.Def, CancellationToken.None))
        .Step("look", static async (at, cancel) => at.Content = await at.Pool.Backend.LookAsync(at.Def, VolumeTable.Empty, cancel).ConfigureAwait(false))
        .Step("publish", static at => at.Pool.Change(now => now with
        {
            Def = at.Content!.Def,
            Volumes = VolumeTable.Of(at.Content.Volumes),
            IsActive = true,
            IsStarting = false,
        }));

    static readonly Flow<Starting> stop = new Flow<Starting>("pool-stop")
        .Step("host", static (at, cancel) => at.Pool.Backend.StopAsync(at.Def, cancel))
        .Step("publish", static at => Stopped(at.Pool))
        .Step("status", static at => at.Keeper.Status.Delete(at.Pool.Name));

    /// <summary>The flows of this driver, whose steps tests go through.</summary>
    internal static IReadOnlyList<IFlow> Flows => [start, stop];

    static StoragePoolBuildFlags? BuildFlags(StoragePoolCreateFlags flags) =>
        flags.HasFlag(StoragePoolCreateFlags.WithBuildOverwrite) ? StoragePoolBuildFlags.Overwrite
        : flags.HasFlag(StoragePoolCreateFlags.WithBuildNoOverwrite) ? StoragePoolBuildFlags.NoOverwrite
        : flags.HasFlag(StoragePoolCreateFlags.WithBuild) ? StoragePoolBuildFlags.New : null;

    /// <summary>Starts a pool that is not started.</summary>
    public async ValueTask StartAsync(Pool pool, StoragePoolCreateFlags flags, CancellationToken cancel)
    {
        pool.RequireStartable();
        pool.Change(static now => now with { IsStarting = true });
        try
        {
            await start.RunAsync(new Starting(keeper, pool, flags), keeper.Flows, cancel).ConfigureAwait(false);
        }
        catch
        {
            pool.Change(static now => now with { IsStarting = false });
            throw;
        }
        keeper.Tell(pool, StoragePoolEventType.Started);
    }

    /// <summary>Stops a pool that is started; one that is not kept is gone then.</summary>
    public async ValueTask StopAsync(Pool pool, CancellationToken cancel)
    {
        pool.RequireActive();
        pool.RequireNoJobs();
        await stop.RunAsync(new Starting(keeper, pool, default), keeper.Flows, cancel).ConfigureAwait(false);
        Told(pool);
    }

    /// <summary>Looks again at what is there. As with libvirt, a pool that cannot be looked at is not started any more.</summary>
    public async ValueTask LookAsync(Pool pool, CancellationToken cancel)
    {
        pool.RequireActive();
        PoolState before = pool.Change(static now => now with { Gone = [] });
        PoolContent content;
        try
        {
            content = await pool.Backend.LookAsync(before.Def, before.Volumes, cancel).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            await GiveUpAsync(pool).ConfigureAwait(false);
            throw;
        }
        pool.Change(now => now with { Def = content.Def, Volumes = Merge(before.Volumes, now, content.Volumes), Gone = null, Looks = now.Looks + 1 });
        keeper.Events.Raise(new StoragePoolRefreshEvent(pool.Ref));
    }

    // What was made, or is being made, while somebody looked, is kept; what was deleted meanwhile does not come back. A volume that was known stays the same
    // object: who deletes it or reads it just now holds that one.
    internal static VolumeTable Merge(VolumeTable before, PoolState state, IReadOnlyList<Volume> found)
    {
        VolumeTable now = state.Volumes;
        return VolumeTable.Of(
            found.Where(volume => state.Gone is not { Count: > 0 } gone || !gone.Contains(volume.Name) || now.Find(volume.Name) is not null)
                .Select(volume => now.Find(volume.Name) is { IsBuilding: false } known && known.Path == volume.Path ? known.As(volume) : volume)
                .Concat(now.All.Where(volume => volume.IsBuilding || volume.IsInUse || !ReferenceEquals(before, now) && before.Find(volume.Name) != volume)));
    }

    async ValueTask GiveUpAsync(Pool pool)
    {
        try
        {
            await pool.Backend.StopAsync(pool.State.Def, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VireoException fault)
        {
            keeper.Log.FlowFault("pool-look", "stop", fault);
        }
        Stopped(pool);
        keeper.Status.Delete(pool.Name);
        Told(pool);
    }

    /// <summary>A pool that an earlier daemon started is not there any more.</summary>
    public void Lost(Pool pool)
    {
        Stopped(pool);
        keeper.Status.Delete(pool.Name);
        if (!pool.State.IsPersistent)
            keeper.Pools.Remove(pool);
    }

    static void Stopped(Pool pool)
    {
        StoragePoolDef? next = pool.State.Next;
        pool.Change(static now => now with { IsActive = false, IsStarting = false, Volumes = VolumeTable.Empty, Gone = null });
        if (next is not null)
            pool.Redefine(next, pool.NextBackend ?? pool.Backend, persistent: false);
    }

    void Told(Pool pool)
    {
        keeper.Tell(pool, StoragePoolEventType.Stopped);
        if (!pool.State.IsPersistent)
            keeper.Pools.Remove(pool);
    }
}
