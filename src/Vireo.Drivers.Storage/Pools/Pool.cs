using System.Collections.Immutable;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Pools;

/// <summary>A pool at one moment.</summary>
/// <param name="Def">As it is.</param>
sealed record PoolState(StoragePoolDef Def)
{
    /// <summary>As it will be when it is stopped; null: the same.</summary>
    public StoragePoolDef? Next { get; init; }

    public bool IsActive { get; init; }

    /// <summary>It is about to be active.</summary>
    public bool IsStarting { get; init; }

    public bool IsPersistent { get; init; }

    public bool Autostart { get; init; }

    public VolumeTable Volumes { get; init; } = VolumeTable.Empty;

    /// <summary>Names of volumes that went while somebody looks at the pool; null: nobody does.</summary>
    public ImmutableHashSet<string>? Gone { get; init; }

    /// <summary>How many looks at the pool ended.</summary>
    public long Looks { get; init; }

    /// <summary>Without a volume, which a look that began before does not bring back.</summary>
    public PoolState Without(Volume volume) => this with { Volumes = Volumes.Without(volume), Gone = Gone?.Add(volume.Name) };

    /// <summary>This much more of it is taken.</summary>
    public PoolState Taking(ulong bytes) => Occupying(unchecked((Def.Allocation?.Bytes ?? 0) + bytes), unchecked((Def.Available?.Bytes ?? 0) - bytes));

    /// <summary>This much less of it is taken.</summary>
    public PoolState Freeing(ulong bytes) => Occupying(unchecked((Def.Allocation?.Bytes ?? 0) - bytes), unchecked((Def.Available?.Bytes ?? 0) + bytes));

    PoolState Occupying(ulong taken, ulong free) => this with { Def = Def with { Allocation = new ByteSize(taken), Available = new ByteSize(free) } };
}

/// <summary>
/// A storage pool. What is asked of it is answered from <see cref="State"/>, whatever is being done to it; what is done to it as a whole (start, stop, look)
/// takes turns; volumes are made and changed beside each other.
/// </summary>
#pragma warning disable CA1001 // the semaphore has no wait handle: nothing to dispose
sealed class Pool(Uuid uuid, PoolState first, IPoolBackend backend)
#pragma warning restore CA1001
{
    readonly Lock gate = new();
    readonly SemaphoreSlim turn = new(1);
    volatile PoolState state = first;
    int jobs;

    public Uuid Uuid => uuid;

    public IPoolBackend Backend { get; private set; } = backend;

    /// <summary>The kind of the definition that counts when it is stopped; null: there is none.</summary>
    public IPoolBackend? NextBackend { get; private set; }

    public PoolState State => state;

    public string Name => state.Def.Name!;

    public StoragePoolRef Ref => new(Name, uuid);

    public StorageVolumeRef RefOf(Volume volume) => new(Name, volume.Name, volume.Key);

    /// <summary>Changes the state as one step.</summary>
    public PoolState Change(Func<PoolState, PoolState> change)
    {
        lock (gate)
            return state = change(state);
    }

    /// <summary>Another definition counts: at once, or when it is stopped.</summary>
    public void Redefine(StoragePoolDef def, IPoolBackend by, bool persistent) => Change(now =>
    {
        if (now.IsActive || now.IsStarting)
        {
            NextBackend = by;
            return now with { Next = def, IsPersistent = now.IsPersistent || persistent };
        }
        (Backend, NextBackend) = (by, null);
        return now with { Def = def, Next = null, IsPersistent = now.IsPersistent || persistent };
    });

    /// <summary>Waits for the turn of something that is done to the pool as a whole; it ends when disposed of.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        return new Turn(turn);
    }

    /// <summary>Something long is done to a volume: until it is disposed of, the pool cannot be stopped.</summary>
    public IDisposable BeginJob()
    {
        Interlocked.Increment(ref jobs);
        return new EndOfJob(this);
    }

    public PoolState RequireActive() => state is { IsActive: true } now ? now : throw StorageErrors.Invalid($"storage pool '{Name}' is not active");

    public void RequireStopped()
    {
        if (state.IsActive)
            throw StorageErrors.Invalid($"storage pool '{Name}' is still active");
        RequireNotStarting();
    }

    public void RequireStartable()
    {
        if (state.IsActive)
            throw StorageErrors.Invalid($"storage pool '{Name}' is already active");
        RequireNotStarting();
    }

    public void RequireNotStarting()
    {
        if (state.IsStarting)
            throw StorageErrors.Invalid($"storage pool '{Name}' is starting up");
    }

    public void RequireNoJobs()
    {
        if (Volatile.Read(ref jobs) > 0)
            throw StorageErrors.Internal($"pool '{Name}' has asynchronous jobs running.");
    }

    /// <summary>A volume of it by name; it must be active.</summary>
    public Volume GetVolume(string name) => RequireActive().Volumes.Find(name) ?? throw StorageErrors.NoVolumeNamed(name);

    /// <summary>What its kind can do with volumes.</summary>
    public IVolumeBackend RequireVolumes(string function) => Backend.Volumes ?? throw VireoException.NoSupport(function, ErrorDomain.Storage);

    /// <summary>The same, for who makes or deletes volumes.</summary>
    public IVolumeBackend RequireMaker(string function) =>
        RequireVolumes(function) is { AreFound: false } maker ? maker : throw VireoException.NoSupport(function, ErrorDomain.Storage);

    sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        int over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref over, 1) is 0)
                turn.Release();
        }
    }

    sealed class EndOfJob(Pool pool) : IDisposable
    {
        int over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref over, 1) is 0)
                Interlocked.Decrement(ref pool.jobs);
        }
    }
}
