using Vireo.Drivers.Storage.Kinds;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Host.Files;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Pools;

/// <summary>What a daemon does with pools when it comes up.</summary>
sealed class PoolRestore(StorageKeeper keeper)
{
    /// <summary>Definitions are read, what the daemon before started is looked at, and what starts by itself is started.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        List<Task> looks = [];
        foreach (Stored<StoragePoolDef> stored in Understood(keeper.Status.LoadAll()))
            if (keeper.Kinds.Find(stored.Def.Type) is { } backend && keeper.Pools.Restore(stored.Def, backend) is { } pool)
                looks.Add(Task.Run(() => TakeOverAsync(pool, cancel), cancel));
        Add(keeper.Definitions.LoadAll());
        await WithPatienceAsync(looks).ConfigureAwait(false);
        if (File.Exists(keeper.AutostartedFile))
            return;
        AtomicFile.Write(keeper.AutostartedFile, "", durable: false);
        await WithPatienceAsync(StartAll(cancel)).ConfigureAwait(false);
    }

    /// <summary>Definitions that somebody else wrote count, and what starts by itself is started.</summary>
    public async Task ReloadAsync()
    {
        Add(keeper.Definitions.Read());
        await WithPatienceAsync(StartAll(CancellationToken.None)).ConfigureAwait(false);
    }

    List<Task> StartAll(CancellationToken cancel) =>
        [.. keeper.Pools.All.Where(static pool => pool.State is { Autostart: true, IsActive: false, IsStarting: false }).Select(pool => Task.Run(() => StartAsync(pool, cancel), cancel))];

    /// <summary>A pool that does not answer keeps no daemon from its clients.</summary>
    async Task WithPatienceAsync(List<Task> work)
    {
        try
        {
            await Task.WhenAll(work).WaitAsync(keeper.Options.RestorePatience, keeper.Options.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            foreach (Pool pool in keeper.Pools.All.Where(static pool => pool.State.IsStarting))
                keeper.Log.RestoreSlow(pool.Name);
        }
    }

    IReadOnlyList<T> Understood<T>(Loaded<T> loaded)
    {
        foreach (LoadProblem problem in loaded.Problems)
            keeper.Log.FileNotUnderstood(problem.Path, problem.Text);
        return loaded.Found;
    }

    void Add(Loaded<Stored<StoragePoolDef>> loaded)
    {
        foreach (Stored<StoragePoolDef> stored in Understood(loaded))
        {
            try
            {
                IPoolBackend backend = keeper.Kinds.Get(stored.Def.Type);
                (Pool pool, _) = keeper.Pools.Claim(stored.Def, backend, persistent: true, toStart: false);
                pool.Change(now => now with { Autostart = stored.Autostart, Next = now.Next == now.Def ? null : now.Next });
            }
            catch (Core.Errors.VireoException fault)
            {
                keeper.Log.FileNotUnderstood(stored.Def.Name!, fault.Message);
            }
        }
    }

    async Task TakeOverAsync(Pool pool, CancellationToken cancel)
    {
        using IDisposable turn = await pool.EnterAsync(cancel).ConfigureAwait(false);
        StoragePoolDef def = pool.State.Def;
        try
        {
            if (await pool.Backend.IsThereAsync(def, cancel).ConfigureAwait(false))
            {
                PoolContent content = await pool.Backend.LookAsync(def, VolumeTable.Empty, cancel).ConfigureAwait(false);
                pool.Change(now => now with { Def = content.Def, Volumes = VolumeTable.Of(content.Volumes), IsActive = true, IsStarting = false });
                return;
            }
        }
        catch (Core.Errors.VireoException fault)
        {
            keeper.Log.RestoreFailed(pool.Name, fault);
        }
        keeper.Lives.Lost(pool);
    }

    async Task StartAsync(Pool pool, CancellationToken cancel)
    {
        try
        {
            using IDisposable turn = await pool.EnterAsync(cancel).ConfigureAwait(false);
            await keeper.Lives.StartAsync(pool, default, cancel).ConfigureAwait(false);
        }
        catch (Core.Errors.VireoException fault)
        {
            keeper.Log.AutostartFailed(pool.Name, fault);
        }
    }
}
