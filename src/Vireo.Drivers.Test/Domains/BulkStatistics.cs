using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Guests;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Statistics of many domains at once: their states and how their IOThreads poll.</summary>
sealed class BulkStatistics(TestHost host) : IDomainBulkStatistics
{
    const DomainStatsTypes Known = DomainStatsTypes.State | DomainStatsTypes.Iothread;

    const ConnectGetAllDomainStatsFlags Filters = ConnectGetAllDomainStatsFlags.Active | ConnectGetAllDomainStatsFlags.Inactive
        | ConnectGetAllDomainStatsFlags.Persistent | ConnectGetAllDomainStatsFlags.Transient | ConnectGetAllDomainStatsFlags.Running
        | ConnectGetAllDomainStatsFlags.Paused | ConnectGetAllDomainStatsFlags.ShutOff | ConnectGetAllDomainStatsFlags.Other;

    public ValueTask<DomainStatistics[]> GetAllAsync(
        DomainRef[] domains, DomainStatsTypes groups, ConnectGetAllDomainStatsFlags flags, CancellationToken cancel)
    {
        flags.Only(Filters | ConnectGetAllDomainStatsFlags.Nowait | ConnectGetAllDomainStatsFlags.Backing | ConnectGetAllDomainStatsFlags.EnforceStats,
            "testConnectGetAllDomainStats");
        DomainStatsTypes unknown = groups & ~Known;
        if (unknown is not 0 && flags.HasFlag(ConnectGetAllDomainStatsFlags.EnforceStats))
            throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Test, $"Stats types bits 0x{(uint)unknown:x} are not supported by this daemon");
        if (groups is 0)
            groups = Known;
        TestDomain[] wanted = domains.Length is 0 ? host.Domains.All : [.. domains.Select(Find).OfType<TestDomain>()];
        var filter = ToListing(flags & Filters);
        var all = new List<DomainStatistics>(wanted.Length);
        foreach (TestDomain domain in wanted)
        {
            DomainView now = domain.Now;
            if (DomainLister.Fits(now, filter))
                all.Add(new(now.Ref, Of(now, groups)));
        }
        return new([.. all]);
    }

    TestDomain? Find(DomainRef domain) => host.Domains.TryFind(domain.Uuid, out TestDomain? found) ? found : null;

    static TypedParameter[] Of(DomainView domain, DomainStatsTypes groups)
    {
        bool states = groups.HasFlag(DomainStatsTypes.State), threads = groups.HasFlag(DomainStatsTypes.Iothread) && domain.IsActive && domain.Guest.Polling.Length > 0;
        if (!threads)
            return states ? [new("state.state", (int)domain.State.State), new("state.reason", domain.State.Reason)] : [];
        var all = new List<TypedParameter>(3 + domain.Guest.Polling.Length * 3);
        if (states)
            all.AddRange([new("state.state", (int)domain.State.State), new("state.reason", domain.State.Reason)]);
        all.Add(new("iothread.count", (uint)domain.Guest.Polling.Length));
        foreach (IoThreadPolling polling in domain.Guest.Polling)
        {
            all.Add(new($"iothread.{polling.Id}.poll-max-ns", polling.MaxNanoseconds));
            all.Add(new($"iothread.{polling.Id}.poll-grow", (int)polling.Grow));
            all.Add(new($"iothread.{polling.Id}.poll-shrink", (int)polling.Shrink));
        }
        return [.. all];
    }

    /// <summary>The filters of statistics as those of listings.</summary>
    static ListDomainsFlags ToListing(ConnectGetAllDomainStatsFlags flags)
    {
        ListDomainsFlags listing = ListDomainsFlags.None;
        void Map(ConnectGetAllDomainStatsFlags one, ListDomainsFlags other) => listing |= flags.HasFlag(one) ? other : 0;
        Map(ConnectGetAllDomainStatsFlags.Active, ListDomainsFlags.Active);
        Map(ConnectGetAllDomainStatsFlags.Inactive, ListDomainsFlags.Inactive);
        Map(ConnectGetAllDomainStatsFlags.Persistent, ListDomainsFlags.Persistent);
        Map(ConnectGetAllDomainStatsFlags.Transient, ListDomainsFlags.Transient);
        Map(ConnectGetAllDomainStatsFlags.Running, ListDomainsFlags.Running);
        Map(ConnectGetAllDomainStatsFlags.Paused, ListDomainsFlags.Paused);
        Map(ConnectGetAllDomainStatsFlags.ShutOff, ListDomainsFlags.ShutOff);
        Map(ConnectGetAllDomainStatsFlags.Other, ListDomainsFlags.Other);
        return listing;
    }
}
