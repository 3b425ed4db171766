using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Drivers.Storage.Pools;
using Vireo.Model.Documents;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Capabilities;

/// <summary>Makes, starts, stops and changes pools.</summary>
sealed class PoolChanges(StorageKeeper keeper) : IStoragePoolLifecycle
{
    const StoragePoolCreateFlags CreateFlags =
        StoragePoolCreateFlags.WithBuild | StoragePoolCreateFlags.WithBuildOverwrite | StoragePoolCreateFlags.WithBuildNoOverwrite;

    public async ValueTask<StoragePoolRef> CreateTransientAsync(string xml, StoragePoolCreateFlags flags, CancellationToken cancel)
    {
        Check(flags, "storagePoolCreateXML");
        (StoragePoolDef def, IPoolBackend backend) = keeper.Read(xml);
        (Pool pool, _) = keeper.Pools.Claim(def, backend, persistent: false, toStart: true);
        using IDisposable turn = await pool.EnterAsync(cancel).ConfigureAwait(false);
        try
        {
            await keeper.Lives.StartAsync(pool, flags, cancel).ConfigureAwait(false);
        }
        catch
        {
            if (pool.State is { IsPersistent: false, IsActive: false })
                keeper.Pools.Remove(pool);
            throw;
        }
        return pool.Ref;
    }

    public async ValueTask<StoragePoolRef> DefineAsync(string xml, StoragePoolDefineFlags flags, CancellationToken cancel)
    {
        flags.Only(StoragePoolDefineFlags.Validate, "storagePoolDefineXML");
        if (flags.HasFlag(StoragePoolDefineFlags.Validate))
            DocumentKinds.StoragePool.Validate(xml);
        (StoragePoolDef def, IPoolBackend backend) = keeper.Read(xml);
        (Pool pool, bool isNew) = keeper.Pools.Claim(def, backend, persistent: false, toStart: false);
        using (await pool.EnterAsync(cancel).ConfigureAwait(false))
        {
            try
            {
                PoolState now = pool.State;
                StoragePoolDef kept = now.Next ?? now.Def;
                keeper.Definitions.Save(pool.Name, pool.Uuid, kept.ToXml());
                pool.Change(static state => state with { IsPersistent = true });
            }
            catch
            {
                if (isNew)
                    keeper.Pools.Remove(pool);
                throw;
            }
        }
        keeper.Tell(pool, StoragePoolEventType.Defined);
        return pool.Ref;
    }

    public async ValueTask CreateAsync(StoragePoolRef pool, StoragePoolCreateFlags flags, CancellationToken cancel)
    {
        Check(flags, "storagePoolCreate");
        Pool found = keeper.Pools.Get(pool);
        found.RequireStartable();
        using IDisposable turn = await found.EnterAsync(cancel).ConfigureAwait(false);
        await keeper.Lives.StartAsync(found, flags, cancel).ConfigureAwait(false);
    }

    static void Check(StoragePoolCreateFlags flags, string function)
    {
        flags.Only(CreateFlags, function);
        flags.NotTogether(StoragePoolCreateFlags.WithBuildOverwrite, "VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE",
            StoragePoolCreateFlags.WithBuildNoOverwrite, "VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE", function);
    }

    public async ValueTask BuildAsync(StoragePoolRef pool, StoragePoolBuildFlags flags, CancellationToken cancel)
    {
        Pool found = keeper.Pools.Get(pool);
        using (await found.EnterAsync(cancel).ConfigureAwait(false))
        {
            found.RequireStartable();
            await found.Backend.BuildAsync(found.State.Def, flags, cancel).ConfigureAwait(false);
        }
        keeper.Tell(found, StoragePoolEventType.Created);
    }

    public async ValueTask DestroyAsync(StoragePoolRef pool, CancellationToken cancel)
    {
        Pool found = keeper.Pools.Get(pool);
        found.RequireActive();
        using IDisposable turn = await found.EnterAsync(cancel).ConfigureAwait(false);
        await keeper.Lives.StopAsync(found, cancel).ConfigureAwait(false);
    }

    public async ValueTask DeleteAsync(StoragePoolRef pool, StoragePoolDeleteFlags flags, CancellationToken cancel)
    {
        Pool found = keeper.Pools.Get(pool);
        using (await found.EnterAsync(cancel).ConfigureAwait(false))
        {
            found.RequireStopped();
            found.RequireNoJobs();
            if (found.Backend is not IDeletablePools deletable)
                throw VireoException.NoSupport("pool does not support pool deletion", ErrorDomain.Storage);
            await deletable.DeleteAsync(found.State.Def, flags, cancel).ConfigureAwait(false);
        }
        keeper.Tell(found, StoragePoolEventType.Deleted);
    }

    public async ValueTask UndefineAsync(StoragePoolRef pool, CancellationToken cancel)
    {
        Pool found = keeper.Pools.Get(pool);
        using (await found.EnterAsync(cancel).ConfigureAwait(false))
        {
            found.RequireStopped();
            found.RequireNoJobs();
            keeper.Definitions.Delete(found.Name);
            keeper.Pools.Remove(found);
        }
        keeper.Tell(found, StoragePoolEventType.Undefined);
    }

    public async ValueTask RefreshAsync(StoragePoolRef pool, uint flags, CancellationToken cancel)
    {
        flags.None("storagePoolRefresh");
        Pool found = keeper.Pools.Get(pool);
        found.RequireActive();
        using IDisposable turn = await found.EnterAsync(cancel).ConfigureAwait(false);
        await keeper.Lives.LookAsync(found, cancel).ConfigureAwait(false);
    }

    public async ValueTask SetAutostartAsync(StoragePoolRef pool, bool autostart, CancellationToken cancel)
    {
        Pool found = keeper.Pools.Get(pool);
        using IDisposable turn = await found.EnterAsync(cancel).ConfigureAwait(false);
        if (!found.State.IsPersistent)
            throw StorageErrors.Internal("pool has no config file");
        if (found.State.Autostart == autostart)
            return;
        keeper.Definitions.SetAutostart(found.Name, autostart);
        found.Change(now => now with { Autostart = autostart });
    }
}
