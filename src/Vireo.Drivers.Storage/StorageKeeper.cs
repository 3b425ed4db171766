using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Drivers.Storage.Pools;
using Vireo.Drivers.Storage.Programs;
using Vireo.Host;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage;

/// <summary>What every part of the driver shares.</summary>
sealed class StorageKeeper
{
    internal StorageKeeper(StorageDriverOptions options)
    {
        Options = options;
        Paths = options.Paths.Driver("storage");
        Definitions = new(Paths.ConfigDir, "pool-edit", static xml => StoragePoolDef.Define(xml), static def => def.Name);
        Status = new(Paths.StateDir, "pool-edit", PoolStatus.Parse, static def => def.Name, durable: false);
        Programs = new StoragePrograms(options.Processes, options.FindProgram);
        Log = new StorageLog(options.Log);
        Events = new(Log.SinkFailed);
        Kinds = new PoolKinds(this);
        Flows = new FlowHost(options.FlowProbe, fault => Log.FlowFault(fault.Flow, fault.Step, fault.Cause));
        Lives = new PoolLives(this);
    }

    internal StorageDriverOptions Options { get; }

    internal HostPaths Host => Options.Paths;

    internal DriverPaths Paths { get; }

    /// <summary>The lock of a daemon's storage driver; libvirt's name.</summary>
    internal string LockFile => Path.Join(Paths.StateDir, "driver.pid");

    /// <summary>Says, until the host's next start, that autostart was done.</summary>
    internal string AutostartedFile => Path.Join(Paths.StateDir, "autostarted");

    internal ObjectStore<StoragePoolDef> Definitions { get; }

    internal ObjectStore<StoragePoolDef> Status { get; }

    internal StoragePrograms Programs { get; }

    internal PoolKinds Kinds { get; }

    internal PoolList Pools { get; } = new();

    internal PoolLives Lives { get; }

    internal EventHub<StoragePoolEvent> Events { get; }

    internal FlowHost Flows { get; }

    internal StorageLog Log { get; }

    internal void SaveStatus(Pool pool) => Status.Save(pool.Name, pool.Uuid, PoolStatus.ToXml(pool.State.Def));

    internal void Tell(Pool pool, StoragePoolEventType type) => Events.Raise(new StoragePoolLifecycleEvent(pool.Ref, type, 0));

    /// <summary>A definition as it was sent, and its kind.</summary>
    /// <exception cref="VireoException">It is wrong, or of a kind that this driver does not have.</exception>
    internal (StoragePoolDef Def, IPoolBackend Backend) Read(string xml)
    {
        StoragePoolDef def = StoragePoolDef.Define(xml);
        return (def, Kinds.Get(def.Type));
    }
}
