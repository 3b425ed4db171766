using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Documents;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.Snapshots;

/// <summary>Snapshots of domains: making, reverting to and deleting them.</summary>
sealed partial class DomainSnapshots
{
    const ErrorDomain Here = ErrorDomain.DomainSnapshot;

    public ValueTask<SnapshotRef> CreateSnapshotAsync(DomainRef domain, string xml, SnapshotCreateFlags flags, CancellationToken cancel)
    {
        TestErrors.Needs(flags, SnapshotCreateFlags.Current, "VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT",
            SnapshotCreateFlags.Redefine, "VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE", "virDomainSnapshotCreateXML", Here);
        flags.Only(SnapshotCreateFlags.Redefine | SnapshotCreateFlags.Current | SnapshotCreateFlags.Halt | SnapshotCreateFlags.Quiesce
            | SnapshotCreateFlags.Atomic | SnapshotCreateFlags.Live | SnapshotCreateFlags.Validate, "testDomainSnapshotCreateXML");
        bool again = flags.HasFlag(SnapshotCreateFlags.Redefine);
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(domain);
            DomainView now = found.Now;
            if (!now.Checkpoints.IsEmpty)
                throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Test, "cannot create snapshot while checkpoint exists");
            if (!now.Persistent && flags.HasFlag(SnapshotCreateFlags.Halt))
                throw VireoException.OperationInvalid(ErrorDomain.Test, "cannot halt after transient domain snapshot");
            if (flags.HasFlag(SnapshotCreateFlags.Validate)) DocumentKinds.Snapshot.Validate(xml);
            SnapshotDef def = SnapshotDef.Define(xml, again ? SnapshotParse.Redefine : SnapshotParse.None, again ? null : Host.Now);
            def = again ? Redefined(now, def) : Taken(now, def);
            Moments<SnapshotDef> all = now.Snapshots.Put(def);
            found.Become(now with { Snapshots = !again || flags.HasFlag(SnapshotCreateFlags.Current) ? all.MakeCurrent(def.Name) : all });
            if (!again && flags.HasFlag(SnapshotCreateFlags.Halt) && now.IsActive)
                found.Stop(Host, DomainShutoffReason.FromSnapshot, DomainEventStoppedDetail.FromSnapshot);
            return new(new SnapshotRef(def.Name!, found.Now.Ref));
        }
    }

    /// <summary>A snapshot of the domain as it is.</summary>
    static SnapshotDef Taken(DomainView now, SnapshotDef def)
    {
        if (now.Snapshots.Find(def.Name) is not null)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Domain, $"domain moment {def.Name} already exists");
        bool external = def.Memory?.Location is SnapshotLocation.External;
        var state = SnapshotStates.Of(now.State.State);
        return def with
        {
            State = state,
            Memory = external ? def.Memory : new SnapshotMemory { Location = state is SnapshotState.Shutoff ? SnapshotLocation.No : SnapshotLocation.Internal },
            Parent = now.Snapshots.Current,
            Disks = SnapshotDisks.Align(def, now.Def, external ? SnapshotLocation.External : SnapshotLocation.Internal, mustMatch: !external),
            Domain = new MomentDomain(now.Def with { Id = null }),
        };
    }

    /// <summary>A snapshot that is told again: it must fit the domain and the others.</summary>
    static SnapshotDef Redefined(DomainView now, SnapshotDef def)
    {
        MomentRules.CheckParent(now.Snapshots, def, snapshot => snapshot.Name!, snapshot => snapshot.Parent);
        SnapshotDef? before = now.Snapshots.Find(def.Name);
        if (def.Domain is { } then && (then.Def?.Uuid ?? then.Uuid) is { } uuid && uuid != now.Uuid)
            throw VireoException.InvalidArgument(Here, $"definition for snapshot {def.Name} must use uuid {now.Uuid}");
        if (before is not null)
        {
            if (SnapshotStates.HasMemory(before.State) != SnapshotStates.HasMemory(def.State))
                throw VireoException.InvalidArgument(Here, $"cannot change between online and offline snapshot state in snapshot {def.Name}");
            if (before.State is SnapshotState.DiskSnapshot != def.State is SnapshotState.DiskSnapshot)
                throw VireoException.InvalidArgument(Here, $"cannot change between disk only and full system in snapshot {def.Name}");
        }
        if (def.Domain?.Def is not { } machine)
            return def with { Domain = before?.Domain ?? def.Domain };
        machine = TestDefaults.Complete(machine);
        bool external = def.State is SnapshotState.DiskSnapshot || def.Memory?.Location is SnapshotLocation.External;
        return def with
        {
            Domain = new MomentDomain(machine),
            Disks = SnapshotDisks.Align(def, machine, external ? SnapshotLocation.External : SnapshotLocation.Internal, mustMatch: !external),
        };
    }

    public ValueTask RevertAsync(SnapshotRef snapshot, SnapshotRevertFlags flags, CancellationToken cancel)
    {
        TestErrors.NotTogether(flags, SnapshotRevertFlags.Running, "VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING",
            SnapshotRevertFlags.Paused, "VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED", "virDomainRevertToSnapshot", Here);
        flags.Only(SnapshotRevertFlags.Running | SnapshotRevertFlags.Paused | SnapshotRevertFlags.Force, "testDomainRevertToSnapshot");
        bool run = flags.HasFlag(SnapshotRevertFlags.Running), pause = flags.HasFlag(SnapshotRevertFlags.Paused);
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(snapshot.Domain);
            SnapshotDef def = Get(found.Now.Snapshots, snapshot.Name);
            bool runs = def.State is SnapshotState.Running or SnapshotState.Paused;
            if (!found.Now.Persistent && !runs && !run && !pause)
                throw VireoException.OperationInvalid(ErrorDomain.Test, "transient domain needs to request run or pause to revert to inactive snapshot");
            if (def.Domain?.Def is not { } then && !flags.HasFlag(SnapshotRevertFlags.Force))
                throw new VireoException(ErrorCode.SnapshotRevertRisky, ErrorDomain.Test, $"snapshot '{def.Name}' lacks domain '{found.Now.Name}' rollback info");
            Revert(found, def, runs, run, pause);
        }
        return default;
    }

    void Revert(TestDomain domain, SnapshotDef to, bool runs, bool run, bool pause)
    {
        DomainDef def = (to.Domain?.Def ?? domain.Now.Config) with { Id = null };
        bool wasPersistent = domain.Now.Persistent;
        if (domain.Now.IsActive)
        {
            Host.Domains.Become(domain, domain.Now.Stopped(DomainShutoffReason.FromSnapshot));
            domain.Tell(Host, DomainEventType.Stopped, (int)DomainEventStoppedDetail.FromSnapshot);
        }
        DomainView next = domain.Now with { Snapshots = domain.Now.Snapshots.MakeCurrent(to.Name), Def = def, State = new(DomainState.ShutOff, (int)DomainShutoffReason.FromSnapshot) };
        bool paused = pause || (to.State is SnapshotState.Paused && !run);
        if (runs)
        {
            next = next.Started(Host.TakeId(), paused
                ? new(DomainState.Paused, (int)DomainPausedReason.FromSnapshot) : new(DomainState.Running, (int)DomainRunningReason.FromSnapshot));
        }
        Host.Domains.Become(domain, next);
        // libvirt's test driver says so of snapshots of stopped domains too, though it starts none of them.
        if (runs || run || pause)
            domain.Tell(Host, DomainEventType.Started, (int)DomainEventStartedDetail.FromSnapshot);
        if (runs ? paused : pause)
            domain.Tell(Host, DomainEventType.Suspended, (int)DomainEventSuspendedDetail.FromSnapshot);
        if (!runs && !wasPersistent)
            Host.Domains.Remove(domain);
    }

    public ValueTask DeleteSnapshotAsync(SnapshotRef snapshot, SnapshotDeleteFlags flags, CancellationToken cancel)
    {
        TestErrors.NotTogether(flags, SnapshotDeleteFlags.Children, "VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN",
            SnapshotDeleteFlags.ChildrenOnly, "VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY", "virDomainSnapshotDelete", Here);
        flags.Only(SnapshotDeleteFlags.Children | SnapshotDeleteFlags.ChildrenOnly, "testDomainSnapshotDelete");
        return Change(snapshot.Domain, known =>
        {
            SnapshotDef def = Get(known.Snapshots, snapshot.Name);
            Moments<SnapshotDef> rest = flags is SnapshotDeleteFlags.None ? known.Snapshots : known.Snapshots.WithoutBelow(def);
            return known with { Snapshots = flags.HasFlag(SnapshotDeleteFlags.ChildrenOnly) ? rest : rest.Without(def) };
        });
    }
}
