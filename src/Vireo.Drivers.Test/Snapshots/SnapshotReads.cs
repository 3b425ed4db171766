using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.Snapshots;

/// <summary>Snapshots of domains: looking at them.</summary>
sealed partial class DomainSnapshots(TestHost host) : DomainWork(host), ISnapshots
{
    public ValueTask<int> CountSnapshotsAsync(DomainRef domain, SnapshotListFlags flags, CancellationToken cancel) =>
        new(Of(domain, flags, "testDomainSnapshotNum").Count());

    public ValueTask<string[]> ListSnapshotNamesAsync(DomainRef domain, SnapshotListFlags flags, CancellationToken cancel) =>
        new([.. Of(domain, flags, "testDomainSnapshotListNames").Select(snapshot => snapshot.Name!)]);

    public ValueTask<SnapshotRef[]> ListSnapshotsAsync(DomainRef domain, SnapshotListFlags flags, CancellationToken cancel)
    {
        DomainRef now = See(domain).Ref;
        return new([.. Of(domain, flags, "testDomainListAllSnapshots").Select(snapshot => new SnapshotRef(snapshot.Name!, now))]);
    }

    public ValueTask<int> CountChildrenAsync(SnapshotRef snapshot, SnapshotListFlags flags, CancellationToken cancel) =>
        new(Below(snapshot, flags, "testDomainSnapshotNumChildren").Count());

    public ValueTask<string[]> ListChildrenNamesAsync(SnapshotRef snapshot, SnapshotListFlags flags, CancellationToken cancel) =>
        new([.. Below(snapshot, flags, "testDomainSnapshotListChildrenNames").Select(child => child.Name!)]);

    public ValueTask<SnapshotRef[]> ListChildrenAsync(SnapshotRef snapshot, SnapshotListFlags flags, CancellationToken cancel)
    {
        DomainRef now = See(snapshot.Domain).Ref;
        return new([.. Below(snapshot, flags, "testDomainSnapshotListAllChildren").Select(child => new SnapshotRef(child.Name!, now))]);
    }

    /// <summary>Those of a domain: its roots alone if the flags say so.</summary>
    IEnumerable<SnapshotDef> Of(DomainRef domain, SnapshotListFlags flags, string function)
    {
        flags.Only(SnapshotFilter.Known, function);
        Moments<SnapshotDef> all = See(domain).Snapshots;
        return (flags.HasFlag(SnapshotListFlags.Roots) ? all.ChildrenOf(null) : all.Below(null)).Where(snapshot => SnapshotFilter.Fits(all, snapshot, flags));
    }

    /// <summary>The children of one, or everything below it if the flags say so.</summary>
    IEnumerable<SnapshotDef> Below(SnapshotRef snapshot, SnapshotListFlags flags, string function)
    {
        flags.Only(SnapshotFilter.Known, function);
        Moments<SnapshotDef> all = See(snapshot.Domain).Snapshots;
        string name = Get(all, snapshot.Name).Name!;
        return (flags.HasFlag(SnapshotListFlags.Descendants) ? all.Below(name) : all.ChildrenOf(name)).Where(child => SnapshotFilter.Fits(all, child, flags));
    }

    public ValueTask<SnapshotRef> LookupSnapshotAsync(DomainRef domain, string name, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainSnapshotLookupByName");
        DomainView found = See(domain);
        return new(new SnapshotRef(Get(found.Snapshots, name).Name!, found.Ref));
    }

    public ValueTask<bool> HasCurrentSnapshotAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainHasCurrentSnapshot");
        return new(See(domain).Snapshots.Current is not null);
    }

    public ValueTask<SnapshotRef> GetCurrentSnapshotAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainSnapshotCurrent");
        DomainView found = See(domain);
        return new(new SnapshotRef(found.Snapshots.Current ?? throw None("the domain does not have a current snapshot"), found.Ref));
    }

    public ValueTask<SnapshotRef> GetParentAsync(SnapshotRef snapshot, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainSnapshotGetParent");
        DomainView found = See(snapshot.Domain);
        return new(new SnapshotRef(Get(found.Snapshots, snapshot.Name).Parent ?? throw None($"snapshot '{snapshot.Name}' does not have a parent"), found.Ref));
    }

    public ValueTask<bool> IsCurrentAsync(SnapshotRef snapshot, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainSnapshotIsCurrent");
        Moments<SnapshotDef> all = See(snapshot.Domain).Snapshots;
        return new(Get(all, snapshot.Name).Name == all.Current);
    }

    public ValueTask<bool> HasMetadataAsync(SnapshotRef snapshot, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainSnapshotHasMetadata");
        return new(Get(See(snapshot.Domain).Snapshots, snapshot.Name) is not null);
    }

    public ValueTask<string> GetSnapshotXmlAsync(SnapshotRef snapshot, SnapshotXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(SnapshotXmlFlags.Secure, "testDomainSnapshotGetXMLDesc");
        DomainView found = See(snapshot.Domain);
        SnapshotDef def = Get(found.Snapshots, snapshot.Name);
        return new((def.Domain is null ? def with { Domain = new MomentDomain(null, found.Uuid) } : def)
            .ToXml(flags.HasFlag(SnapshotXmlFlags.Secure) ? DomainFormat.Secure : DomainFormat.None));
    }

    static SnapshotDef Get(Moments<SnapshotDef> all, string name) =>
        all.Find(name) ?? throw None($"no domain snapshot with matching name '{name}'");

    static VireoException None(string what) => new(ErrorCode.NoDomainSnapshot, ErrorDomain.Test, what);
}
