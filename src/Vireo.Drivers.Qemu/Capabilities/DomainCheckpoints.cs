using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Checkpoints;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Snapshots;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Checkpoints of guests.</summary>
sealed class DomainCheckpoints(QemuConnection connection, DomainReads reads) : ICheckpoints
{
    const CheckpointListFlags Known = CheckpointListFlags.Roots | CheckpointListFlags.Topological | CheckpointListFlags.Leaves | CheckpointListFlags.NoLeaves;

    QemuKeeper Keeper => connection.Keeper;

    Moments<CheckpointDef> All(DomainRef domain) => Keeper.Checkpoints.Of(connection.Get(domain).Name);

    static CheckpointDef Get(Moments<CheckpointDef> all, string name) => all.Find(name) ?? throw CheckpointErrors.None($"no domain checkpoint with matching name '{name}'");

    public ValueTask<CheckpointRef[]> ListCheckpointsAsync(DomainRef domain, CheckpointListFlags flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainListAllCheckpoints");
        Moments<CheckpointDef> all = All(domain);
        return new(List(domain, all, flags, flags.HasFlag(CheckpointListFlags.Roots) ? all.ChildrenOf(null) : all.Below(null)));
    }

    public ValueTask<CheckpointRef[]> ListCheckpointChildrenAsync(CheckpointRef checkpoint, CheckpointListFlags flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainCheckpointListAllChildren");
        Moments<CheckpointDef> all = All(checkpoint.Domain);
        string name = Get(all, checkpoint.Name).Name!;
        return new(List(checkpoint.Domain, all, flags, flags.HasFlag(CheckpointListFlags.Descendants) ? all.Below(name) : all.ChildrenOf(name)));
    }

    CheckpointRef[] List(DomainRef domain, Moments<CheckpointDef> all, CheckpointListFlags flags, IEnumerable<CheckpointDef> found)
    {
        DomainRef now = connection.Get(domain).Snapshot.Ref;
        return [.. found.Where(c => !flags.HasFlag(all.HasChildren(c) ? CheckpointListFlags.Leaves : CheckpointListFlags.NoLeaves)).Select(c => new CheckpointRef(c.Name!, now))];
    }

    public ValueTask<CheckpointRef> LookupCheckpointAsync(DomainRef domain, string name, uint flags, CancellationToken cancel)
    {
        if (flags != 0) throw QemuErrors.UnknownFlags("qemuDomainCheckpointLookupByName", flags);
        return new(new CheckpointRef(Get(All(domain), name).Name!, connection.Get(domain).Snapshot.Ref));
    }

    public ValueTask<CheckpointRef> GetCheckpointParentAsync(CheckpointRef checkpoint, uint flags, CancellationToken cancel)
    {
        if (flags != 0) throw QemuErrors.UnknownFlags("qemuDomainCheckpointGetParent", flags);
        string? parent = Get(All(checkpoint.Domain), checkpoint.Name).Parent;
        return new(new CheckpointRef(parent ?? throw CheckpointErrors.None($"checkpoint '{checkpoint.Name}' does not have a parent"), connection.Get(checkpoint.Domain).Snapshot.Ref));
    }

    public async ValueTask<string> GetCheckpointXmlAsync(CheckpointRef checkpoint, CheckpointXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(CheckpointXmlFlags.Secure | CheckpointXmlFlags.NoDomain | CheckpointXmlFlags.Size, "qemuDomainCheckpointGetXMLDesc");
        CheckpointDef def = Get(All(checkpoint.Domain), checkpoint.Name);
        if (flags.HasFlag(CheckpointXmlFlags.Size))
            await ChangeAsync(checkpoint.Domain, "DomainCheckpointGetXMLDesc", async work => def = await CheckpointSizes.WithAsync(work, def).ConfigureAwait(false), cancel).ConfigureAwait(false);
        return (flags.HasFlag(CheckpointXmlFlags.NoDomain) ? def with { Domain = null } : def).ToXml(flags.HasFlag(CheckpointXmlFlags.Secure) ? DomainFormat.Secure : DomainFormat.None);
    }

    public async ValueTask<CheckpointRef> CreateCheckpointAsync(DomainRef domain, string xml, CheckpointCreateFlags flags, CancellationToken cancel)
    {
        bool again = flags.HasFlag(CheckpointCreateFlags.Redefine), validates = flags.HasFlag(CheckpointCreateFlags.RedefineValidate), quiesces = flags.HasFlag(CheckpointCreateFlags.Quiesce);
        flags.Only(CheckpointCreateFlags.Redefine | CheckpointCreateFlags.RedefineValidate | CheckpointCreateFlags.Quiesce, "qemuCheckpointCreateXML");
        SnapshotErrors.Needs(validates, "VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE_VALIDATE", again, "VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE");
        SnapshotErrors.Apart(again, "VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE", quiesces, "VIR_DOMAIN_CHECKPOINT_CREATE_QUIESCE");
        QemuMachine machine = connection.Get(domain);
        if (!again && !machine.Snapshot.IsActive)
            throw CheckpointErrors.Operation("cannot create checkpoint for inactive domain");
        CheckpointDef def = CheckpointDef.Define(xml, again, again ? null : Keeper.Time.GetUtcNow().ToUnixTimeSeconds());
        if (validates && !machine.Snapshot.IsActive)
            throw MachineErrors.NotRunning();
        await ChangeAsync(domain, "DomainCheckpointCreateXML", async work =>
        {
            if (again)
                await CheckpointRedefine.RunAsync(work, def, validates).ConfigureAwait(false);
            else
                await CheckpointTake.RunAsync(work, await PrepareAsync(work, def, domain, reads, cancel).ConfigureAwait(false), quiesces).ConfigureAwait(false);
        }, cancel, mustRun: !again || validates).ConfigureAwait(false);
        return new CheckpointRef(def.Name!, machine.Snapshot.Ref);
    }

    /// <summary>A checkpoint of what runs now, with the machine's definition as another host would get it.</summary>
    internal static async ValueTask<CheckpointDef> PrepareAsync(CheckpointWork work, CheckpointDef def, DomainRef domain, DomainReads reads, CancellationToken cancel)
    {
        string now = await reads.GetXmlAsync(domain, DomainXmlFlags.Migratable | DomainXmlFlags.Secure, cancel).ConfigureAwait(false);
        return CheckpointTake.Prepare(work, def, await CheckpointRedefine.CompleteAsync(work, DomainDef.Parse(now)).ConfigureAwait(false));
    }

    public ValueTask DeleteCheckpointAsync(CheckpointRef checkpoint, CheckpointDeleteFlags flags, CancellationToken cancel)
    {
        flags.Only(CheckpointDeleteFlags.Children | CheckpointDeleteFlags.MetadataOnly | CheckpointDeleteFlags.ChildrenOnly, "qemuDomainCheckpointDelete");
        SnapshotErrors.Apart(flags.HasFlag(CheckpointDeleteFlags.Children), "VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN", flags.HasFlag(CheckpointDeleteFlags.ChildrenOnly), "VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN_ONLY");
        return ChangeAsync(checkpoint.Domain, "DomainCheckpointDelete", work => CheckpointDelete.RunAsync(work, checkpoint.Name, flags), cancel, mustRun: false);
    }

    async ValueTask ChangeAsync(DomainRef domain, string operation, Func<CheckpointWork, ValueTask> change, CancellationToken cancel, bool mustRun = true)
    {
        QemuMachine machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As(operation), cancel).ConfigureAwait(false);
        if (mustRun && machine.Live is null)
            throw MachineErrors.NotRunning();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
        await change(new CheckpointWork(Keeper, machine, either.Token)).ConfigureAwait(false);
    }
}
