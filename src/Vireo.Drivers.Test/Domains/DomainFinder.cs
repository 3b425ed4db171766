using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Finds one domain.</summary>
sealed class DomainFinder(TestHost host) : IDomainLookup
{
    public ValueTask<DomainRef> LookupByIdAsync(int id, CancellationToken cancel) =>
        new(host.Domains.TryFind(id, out TestDomain? found) ? found.Now.Ref : throw TestErrors.NoDomain());

    public ValueTask<DomainRef> LookupByNameAsync(string name, CancellationToken cancel) =>
        new(host.Domains.TryFind(name, out TestDomain? found) ? found.Now.Ref : throw TestErrors.NoDomain());

    public ValueTask<DomainRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) =>
        new(host.Domains.TryFind(uuid, out TestDomain? found) ? found.Now.Ref : throw TestErrors.NoDomain());
}

/// <summary>Lists domains.</summary>
sealed class DomainLister(TestHost host) : IDomainListing
{
    public ValueTask<DomainRef[]> ListAllAsync(ListDomainsFlags flags, CancellationToken cancel)
    {
        flags.Only((ListDomainsFlags)0xffff, "testConnectListAllDomains");
        return new(Matching(flags).Select(domain => domain.Ref).ToArray());
    }

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => new(Matching(ListDomainsFlags.Active).Count());

    public ValueTask<int[]> ListActiveIdsAsync(CancellationToken cancel) => new([.. Matching(ListDomainsFlags.Active).Select(domain => domain.Id)]);

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => new(Matching(ListDomainsFlags.Inactive).Count());

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => new([.. Matching(ListDomainsFlags.Inactive).Select(domain => domain.Name)]);

    IEnumerable<DomainView> Matching(ListDomainsFlags flags) => Of(host, flags).Select(domain => domain.Now);

    /// <summary>The domains that fit the flags.</summary>
    public static IEnumerable<TestDomain> Of(TestHost host, ListDomainsFlags flags) =>
        flags is ListDomainsFlags.None ? host.Domains.All : host.Domains.All.Where(domain => Fits(domain.Now, flags));

    /// <summary>Flags come in pairs or groups; a group that is not mentioned lets everything through.</summary>
    internal static bool Fits(DomainView domain, ListDomainsFlags flags) =>
        flags.Group((ListDomainsFlags.Active, domain.IsActive), (ListDomainsFlags.Inactive, !domain.IsActive))
        && flags.Group((ListDomainsFlags.Persistent, domain.Persistent), (ListDomainsFlags.Transient, !domain.Persistent))
        && flags.Group(
            (ListDomainsFlags.Running, domain.State.State is DomainState.Running), (ListDomainsFlags.Paused, domain.State.State is DomainState.Paused),
            (ListDomainsFlags.ShutOff, domain.State.State is DomainState.ShutOff),
            (ListDomainsFlags.Other, domain.State.State is not (DomainState.Running or DomainState.Paused or DomainState.ShutOff)))
        && flags.Group((ListDomainsFlags.Managedsave, domain.ManagedSave), (ListDomainsFlags.NoManagedsave, !domain.ManagedSave))
        && flags.Group((ListDomainsFlags.Autostart, domain.Autostart), (ListDomainsFlags.NoAutostart, !domain.Autostart))
        && flags.Group((ListDomainsFlags.HasSnapshot, !domain.Snapshots.IsEmpty), (ListDomainsFlags.NoSnapshot, domain.Snapshots.IsEmpty))
        && flags.Group((ListDomainsFlags.HasCheckpoint, !domain.Checkpoints.IsEmpty), (ListDomainsFlags.NoCheckpoint, domain.Checkpoints.IsEmpty));
}
