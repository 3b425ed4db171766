using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Documents;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.Storage;

/// <summary>Makes, starts, stops and changes pools.</summary>
sealed class PoolChanges(TestHost host) : ReadsUnderGate(host), IStoragePoolLifecycle
{
    public ValueTask<StoragePoolRef> CreateTransientAsync(string xml, StoragePoolCreateFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testStoragePoolCreateXML");
        StoragePoolDef def = StoragePoolDef.Define(xml);
        return Read(known =>
        {
            TestPool pool = known.Pools.Create(def);
            try
            {
                if (pool.IsFibreChannel)
                    known.NodeDevices.MakeVirtualAdapter(pool.Def.Source!.Adapter!.Wwnn!, pool.Def.Source.Adapter.Wwpn!);
            }
            catch
            {
                known.Pools.Remove(pool);
                throw;
            }
            known.Pools.Tell(pool, StoragePoolEventType.Started);
            return pool.Ref;
        });
    }

    public ValueTask<StoragePoolRef> DefineAsync(string xml, StoragePoolDefineFlags flags, CancellationToken cancel)
    {
        flags.Only(StoragePoolDefineFlags.Validate, "testStoragePoolDefineXML");
        if (flags.HasFlag(StoragePoolDefineFlags.Validate))
            DocumentKinds.StoragePool.Validate(xml);
        StoragePoolDef def = StoragePoolDef.Define(xml);
        return Read(known =>
        {
            TestPool pool = known.Pools.Define(def);
            known.Pools.Tell(pool, StoragePoolEventType.Defined);
            return pool.Ref;
        });
    }

    public ValueTask CreateAsync(StoragePoolRef pool, StoragePoolCreateFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testStoragePoolCreate");
        return Change(known =>
        {
            TestPool found = known.Pools.GetInactive(pool.Name);
            found.IsActive = true;
            known.Pools.Tell(found, StoragePoolEventType.Started);
        });
    }

    public ValueTask BuildAsync(StoragePoolRef pool, StoragePoolBuildFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testStoragePoolBuild");
        return Change(known => known.Pools.Tell(known.Pools.GetInactive(pool.Name), StoragePoolEventType.Created));
    }

    public ValueTask DestroyAsync(StoragePoolRef pool, CancellationToken cancel) => Change(known =>
    {
        TestPool found = known.Pools.GetActive(pool.Name);
        found.IsActive = false;
        if (found.IsFibreChannel)
            known.NodeDevices.RemoveVirtualAdapter();
        if (!found.IsPersistent)
            known.Pools.Remove(found);
        known.Pools.Tell(found, StoragePoolEventType.Stopped);
    });

    /// <summary>There is nothing to delete but what nobody made: who listens is told.</summary>
    public ValueTask DeleteAsync(StoragePoolRef pool, StoragePoolDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testStoragePoolDelete");
        return Change(known => known.Pools.Tell(known.Pools.GetInactive(pool.Name), StoragePoolEventType.Deleted));
    }

    public ValueTask UndefineAsync(StoragePoolRef pool, CancellationToken cancel) => Change(known =>
    {
        TestPool found = known.Pools.GetInactive(pool.Name);
        known.Pools.Remove(found);
        known.Pools.Tell(found, StoragePoolEventType.Undefined);
    });

    public ValueTask RefreshAsync(StoragePoolRef pool, uint flags, CancellationToken cancel)
    {
        flags.None("testStoragePoolRefresh");
        return Change(known => known.Pools.Events.Raise(new StoragePoolRefreshEvent(known.Pools.GetActive(pool.Name).Ref)));
    }

    public ValueTask SetAutostartAsync(StoragePoolRef pool, bool autostart, CancellationToken cancel) => Change(known =>
    {
        TestPool found = known.Pools.Get(pool.Name);
        if (!found.IsPersistent)
            throw VireoException.InvalidArgument(ErrorDomain.Test, "pool has no config file");
        found.Autostart = autostart;
    });
}
