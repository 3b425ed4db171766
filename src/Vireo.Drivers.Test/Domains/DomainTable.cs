using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Vireo.Core;

namespace Vireo.Drivers.Test.Domains;

/// <summary>The domains of a host. Looking takes no lock; whoever adds, removes or renames holds the host's gate.</summary>
sealed class DomainTable
{
    readonly ConcurrentDictionary<Uuid, TestDomain> byUuid = new(1, 31);
    readonly ConcurrentDictionary<string, TestDomain> byName = new(1, 31);
    readonly ConcurrentDictionary<int, TestDomain> byId = new(1, 31);

    /// <summary>All domains in the order they came, as of a version.</summary>
    sealed record Listing(long Version, TestDomain[] Domains);

    readonly List<TestDomain> order = [];
    volatile Listing listing = new(0, []);
    long version;

    /// <summary>All of them, in the order they came.</summary>
    public TestDomain[] All
    {
        get
        {
            Listing known = listing;
            if (known.Version == Volatile.Read(ref version))
                return known.Domains;
            lock (order)
                return (listing = new(version, [.. order])).Domains;
        }
    }

    public bool TryFind(Uuid uuid, [NotNullWhen(true)] out TestDomain? domain) => byUuid.TryGetValue(uuid, out domain);

    public bool TryFind(string name, [NotNullWhen(true)] out TestDomain? domain) => byName.TryGetValue(name, out domain);

    public bool TryFind(int id, [NotNullWhen(true)] out TestDomain? domain) => byId.TryGetValue(id, out domain);

    public void Add(TestDomain domain)
    {
        byUuid[domain.Uuid] = domain;
        byName[domain.Now.Name] = domain;
        if (domain.Now.IsActive)
            byId[domain.Now.Id] = domain;
        lock (order)
        {
            order.Add(domain);
            version++;
        }
    }

    public void Remove(TestDomain domain)
    {
        byUuid.TryRemove(domain.Uuid, out _);
        byName.TryRemove(domain.Now.Name, out _);
        byId.TryRemove(domain.Now.Id, out _);
        lock (order)
        {
            order.Remove(domain);
            version++;
        }
    }

    /// <summary>Publishes a domain's next view, and under which name and id it is found now.</summary>
    public void Become(TestDomain domain, DomainView next)
    {
        DomainView before = domain.Now;
        domain.Become(next);
        if (before.Name != next.Name)
        {
            byName[next.Name] = domain;
            byName.TryRemove(before.Name, out _);
        }
        if (before.Id == next.Id)
            return;
        if (next.IsActive)
            byId[next.Id] = domain;
        if (before.IsActive)
            byId.TryRemove(before.Id, out _);
    }
}
