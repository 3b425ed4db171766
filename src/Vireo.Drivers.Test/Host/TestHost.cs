using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Networks;
using Vireo.Drivers.Test.Storage;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Host;

/// <summary>Everything on a host in memory. Whoever touches it holds <see cref="Gate"/>.</summary>
sealed class TestHost(TimeProvider clock)
{
    public Lock Gate { get; } = new();

    /// <summary>The host's processors and memory.</summary>
    public NodeInfo Node { get; set; } = new("i686", 3145728, 16, 1400, 2, 2, 2, 2);

    public List<TestDomain> Domains { get; } = [];

    public List<TestNetwork> Networks { get; } = [];

    public List<TestPool> Pools { get; } = [];

    public List<TestInterface> Interfaces { get; } = [];

    public EventHub<DomainEvent> DomainEvents { get; } = new();

    /// <summary>Guests have used this much processor time: they are as old as the epoch.</summary>
    public ulong CpuTime => (ulong)(clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    int lastId;

    /// <summary>The id of the next domain that starts.</summary>
    public int TakeId() => ++lastId;

    /// <summary>The domain of a ref; it may be gone.</summary>
    public TestDomain Get(DomainRef domain) => Domains.Find(known => known.Uuid == domain.Uuid) ?? throw TestErrors.NoDomain(domain);

    /// <summary>The domain of a ref, which must run.</summary>
    public TestDomain GetRunning(DomainRef domain) => Get(domain) is { IsActive: true } running ? running : throw TestErrors.NotRunning();

    /// <summary>libvirt's host of test:///default.</summary>
    public static TestHost Default(TimeProvider clock)
    {
        var host = new TestHost(clock);
        var domain = new TestDomain(DomainDef.Parse(Document.Of("domain.xml")), persistent: true);
        domain.Start(host, DomainRunningReason.Unknown);
        host.Domains.Add(domain);
        host.Networks.Add(TestNetwork.Default());
        host.Pools.Add(TestPool.Default());
        host.Interfaces.Add(new("eth1", "aa:bb:cc:dd:ee:ff", Document.Of("interface.xml")));
        return host;
    }
}

/// <summary>A network card of the host.</summary>
sealed record TestInterface(string Name, string Mac, string Xml);

/// <summary>The documents of the default host, which come with the assembly.</summary>
static class Document
{
    public static string Of(string name)
    {
        using Stream stream = typeof(Document).Assembly.GetManifestResourceStream(name)
            ?? throw VireoException.Internal(ErrorDomain.Test, $"the assembly lacks {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
