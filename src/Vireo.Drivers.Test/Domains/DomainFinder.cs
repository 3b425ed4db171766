using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Finds one domain.</summary>
sealed class DomainFinder(TestHost host) : IDomainLookup
{
    public ValueTask<DomainRef> LookupByIdAsync(int id, CancellationToken cancel) => Find(domain => domain.Id == id && id >= 0);

    public ValueTask<DomainRef> LookupByNameAsync(string name, CancellationToken cancel) => Find(domain => domain.Name == name);

    public ValueTask<DomainRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => Find(domain => domain.Uuid == uuid);

    ValueTask<DomainRef> Find(Predicate<TestDomain> wanted)
    {
        lock (host.Gate)
            return new((host.Domains.Find(wanted) ?? throw TestErrors.NoDomain()).Ref);
    }
}

/// <summary>Lists domains.</summary>
sealed class DomainLister(TestHost host) : IDomainListing
{
    public ValueTask<DomainRef[]> ListAllAsync(ListDomainsFlags flags, CancellationToken cancel)
    {
        flags.Only((ListDomainsFlags)0x3fff, "testConnectListAllDomains");
        return Read(domains => domains.Where(domain => Fits(domain, flags)).Select(domain => domain.Ref).ToArray());
    }

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => Read(domains => domains.Count(domain => domain.IsActive));

    public ValueTask<int[]> ListActiveIdsAsync(CancellationToken cancel) =>
        Read(domains => domains.Where(domain => domain.IsActive).Select(domain => domain.Id).ToArray());

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => Read(domains => domains.Count(domain => !domain.IsActive));

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) =>
        Read(domains => domains.Where(domain => !domain.IsActive).Select(domain => domain.Name).ToArray());

    ValueTask<T> Read<T>(Func<List<TestDomain>, T> read)
    {
        lock (host.Gate)
            return new(read(host.Domains));
    }

    /// <summary>Flags come in pairs or groups; a group that is not mentioned lets everything through.</summary>
    static bool Fits(TestDomain domain, ListDomainsFlags flags) =>
        Group(flags, (ListDomainsFlags.Active, domain.IsActive), (ListDomainsFlags.Inactive, !domain.IsActive))
        && Group(flags, (ListDomainsFlags.Persistent, domain.Persistent), (ListDomainsFlags.Transient, !domain.Persistent))
        && Group(flags,
            (ListDomainsFlags.Running, domain.State.State is DomainState.Running), (ListDomainsFlags.Paused, domain.State.State is DomainState.Paused),
            (ListDomainsFlags.ShutOff, domain.State.State is DomainState.ShutOff),
            (ListDomainsFlags.Other, domain.State.State is not (DomainState.Running or DomainState.Paused or DomainState.ShutOff)))
        && Group(flags, (ListDomainsFlags.Managedsave, domain.ManagedSave), (ListDomainsFlags.NoManagedsave, !domain.ManagedSave))
        && Group(flags, (ListDomainsFlags.Autostart, domain.Autostart), (ListDomainsFlags.NoAutostart, !domain.Autostart))
        && Group(flags, (ListDomainsFlags.HasSnapshot, false), (ListDomainsFlags.NoSnapshot, true))
        && Group(flags, (ListDomainsFlags.HasCheckpoint, false), (ListDomainsFlags.NoCheckpoint, true));

    static bool Group(ListDomainsFlags flags, params ReadOnlySpan<(ListDomainsFlags Flag, bool Is)> members)
    {
        bool asked = false;
        foreach (var (flag, holds) in members)
        {
            if (!flags.HasFlag(flag))
                continue;
            asked = true;
            if (holds)
                return true;
        }
        return !asked;
    }
}
