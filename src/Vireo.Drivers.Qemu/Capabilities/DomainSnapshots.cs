using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Snapshots;
using Vireo.Hypervisor.Jobs;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Snapshots of guests.</summary>
sealed class DomainSnapshots(QemuConnection connection, DomainReads reads) : ISnapshots
{
    QemuKeeper Keeper => connection.Keeper;

    Moments<SnapshotDef> All(DomainRef domain) => Keeper.Snapshots.Of(connection.Get(domain).Name);

    static SnapshotDef Get(Moments<SnapshotDef> all, string name) =>
        all.Find(name) ?? throw SnapshotErrors.None($"no domain snapshot with matching name '{name}'");

    public ValueTask<int> CountSnapshotsAsync(DomainRef domain, SnapshotListFlags flags, CancellationToken cancel) => new(Of(domain, flags, "virDomainSnapshotObjListGetNames").Count());

    public ValueTask<string[]> ListSnapshotNamesAsync(DomainRef domain, SnapshotListFlags flags, CancellationToken cancel) =>
        new([.. Of(domain, flags, "qemuDomainSnapshotListNames").Select(static s => s.Name!)]);

    public ValueTask<SnapshotRef[]> ListSnapshotsAsync(DomainRef domain, SnapshotListFlags flags, CancellationToken cancel)
    {
        DomainRef now = connection.Get(domain).Snapshot.Ref;
        return new([.. Of(domain, flags, "qemuDomainListAllSnapshots").Select(s => new SnapshotRef(s.Name!, now))]);
    }

    public ValueTask<int> CountChildrenAsync(SnapshotRef snapshot, SnapshotListFlags flags, CancellationToken cancel) => new(Below(snapshot, flags, "qemuDomainSnapshotNumChildren").Count());

    public ValueTask<string[]> ListChildrenNamesAsync(SnapshotRef snapshot, SnapshotListFlags flags, CancellationToken cancel) =>
        new([.. Below(snapshot, flags, "qemuDomainSnapshotListChildrenNames").Select(static s => s.Name!)]);

    public ValueTask<SnapshotRef[]> ListChildrenAsync(SnapshotRef snapshot, SnapshotListFlags flags, CancellationToken cancel)
    {
        DomainRef now = connection.Get(snapshot.Domain).Snapshot.Ref;
        return new([.. Below(snapshot, flags, "qemuDomainSnapshotListAllChildren").Select(s => new SnapshotRef(s.Name!, now))]);
    }

    IEnumerable<SnapshotDef> Of(DomainRef domain, SnapshotListFlags flags, string function)
    {
        flags.Only(SnapshotFilter.Known, function);
        Moments<SnapshotDef> all = All(domain);
        return (flags.HasFlag(SnapshotListFlags.Roots) ? all.ChildrenOf(null) : all.Below(null)).Where(s => SnapshotFilter.Fits(all, s, flags));
    }

    IEnumerable<SnapshotDef> Below(SnapshotRef snapshot, SnapshotListFlags flags, string function)
    {
        flags.Only(SnapshotFilter.Known, function);
        Moments<SnapshotDef> all = All(snapshot.Domain);
        string name = Get(all, snapshot.Name).Name!;
        return (flags.HasFlag(SnapshotListFlags.Descendants) ? all.Below(name) : all.ChildrenOf(name)).Where(s => SnapshotFilter.Fits(all, s, flags));
    }

    public ValueTask<SnapshotRef> LookupSnapshotAsync(DomainRef domain, string name, uint flags, CancellationToken cancel) =>
        new(new SnapshotRef(Get(All(domain), name).Name!, connection.Get(domain).Snapshot.Ref));

    public ValueTask<bool> HasCurrentSnapshotAsync(DomainRef domain, uint flags, CancellationToken cancel) => new(All(domain).Current is not null);

    public ValueTask<SnapshotRef> GetCurrentSnapshotAsync(DomainRef domain, uint flags, CancellationToken cancel) =>
        new(new SnapshotRef(All(domain).Current ?? throw SnapshotErrors.None("the domain does not have a current snapshot"), connection.Get(domain).Snapshot.Ref));

    public ValueTask<SnapshotRef> GetParentAsync(SnapshotRef snapshot, uint flags, CancellationToken cancel) => new(new SnapshotRef(
        Get(All(snapshot.Domain), snapshot.Name).Parent ?? throw SnapshotErrors.None($"snapshot '{snapshot.Name}' does not have a parent"), connection.Get(snapshot.Domain).Snapshot.Ref));

    public ValueTask<bool> IsCurrentAsync(SnapshotRef snapshot, uint flags, CancellationToken cancel)
    {
        Moments<SnapshotDef> all = All(snapshot.Domain);
        return new(Get(all, snapshot.Name).Name == all.Current);
    }

    public ValueTask<bool> HasMetadataAsync(SnapshotRef snapshot, uint flags, CancellationToken cancel)
    {
        Get(All(snapshot.Domain), snapshot.Name);
        return new(true);
    }

    public ValueTask<string> GetSnapshotXmlAsync(SnapshotRef snapshot, SnapshotXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(SnapshotXmlFlags.Secure, "qemuDomainSnapshotGetXMLDesc");
        SnapshotDef def = Get(All(snapshot.Domain), snapshot.Name);
        return new((def.Domain is null ? def with { Domain = new MomentDomain(null, connection.Get(snapshot.Domain).Uuid) } : def)
            .ToXml(flags.HasFlag(SnapshotXmlFlags.Secure) ? DomainFormat.Secure : DomainFormat.None));
    }

    public async ValueTask<SnapshotRef> CreateSnapshotAsync(DomainRef domain, string xml, SnapshotCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(SnapshotCreate.Known, "qemuSnapshotCreateXML");
        bool Has(SnapshotCreateFlags flag) => flags.HasFlag(flag);
        SnapshotErrors.Needs(Has(SnapshotCreateFlags.Quiesce), "VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE", Has(SnapshotCreateFlags.DiskOnly), "VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY");
        SnapshotErrors.Apart(Has(SnapshotCreateFlags.Live), "VIR_DOMAIN_SNAPSHOT_CREATE_LIVE", Has(SnapshotCreateFlags.Redefine), "VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE");
        string name = "";
        await ChangeAsync(domain, "DomainSnapshotCreateXML", async work => name = await SnapshotCreate.RunAsync(work, xml, flags,
            () => reads.GetMigratableXmlAsync(domain, null, cancel)).ConfigureAwait(false), cancel).ConfigureAwait(false);
        return new SnapshotRef(name, domain);
    }

    public ValueTask RevertAsync(SnapshotRef snapshot, SnapshotRevertFlags flags, CancellationToken cancel)
    {
        flags.Only(SnapshotRevertFlags.Running | SnapshotRevertFlags.Paused | SnapshotRevertFlags.Force, "qemuDomainRevertToSnapshot");
        SnapshotErrors.Apart(flags.HasFlag(SnapshotRevertFlags.Running), "VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING", flags.HasFlag(SnapshotRevertFlags.Paused), "VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED");
        return ChangeAsync(snapshot.Domain, "DomainRevertToSnapshot", work => SnapshotRevert.RunAsync(work, snapshot.Name, flags), cancel);
    }

    public ValueTask DeleteSnapshotAsync(SnapshotRef snapshot, SnapshotDeleteFlags flags, CancellationToken cancel)
    {
        flags.Only(SnapshotDeleteFlags.Children | SnapshotDeleteFlags.MetadataOnly | SnapshotDeleteFlags.ChildrenOnly, "qemuDomainSnapshotDelete");
        SnapshotErrors.Apart(flags.HasFlag(SnapshotDeleteFlags.Children), "VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN", flags.HasFlag(SnapshotDeleteFlags.ChildrenOnly), "VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY");
        return ChangeAsync(snapshot.Domain, "DomainSnapshotDelete", work => SnapshotDelete.RunAsync(work, snapshot.Name, flags), cancel);
    }

    async ValueTask ChangeAsync(DomainRef domain, string operation, Func<SnapshotWork, ValueTask> change, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(AsyncJob.Snapshot, connection.As(operation), JobMask.Default, cancel).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
        await change(new SnapshotWork(Keeper, job, either.Token)).ConfigureAwait(false);
    }
}
