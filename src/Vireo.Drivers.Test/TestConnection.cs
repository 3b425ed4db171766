using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test;

/// <summary>A client of a host in memory.</summary>
sealed class TestConnection(string uri, TestHost host, Action release) : IDriverConnection
{
    int released;

    public string Uri => uri;

    public CapabilitySet Capabilities { get; } = All(uri, host);

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref released, 1) is 0)
            release();
        return ValueTask.CompletedTask;
    }

    static CapabilitySet All(string uri, TestHost host)
    {
        var node = new NodeFacts(host);
        var about = new DomainFacts(host);
        var saved = new DomainManagedSave(host);
        var vcpus = new VcpuCounts(host);
        var power = new DomainPower(host);
        var numbers = new DomainNumbers(host);
        return CapabilitySet.Of<IConnectionInfo>(new ConnectionFacts(uri))
            .And<IHostCapabilities>(node).And<INodeInfo>(node).And<INodeMemory>(node).And<INodeStatistics>(node).And<INodeCpuMap>(node)
            .And<INodeSecurity>(node).And<ISysinfo>(node)
            .And<IDomainLookup>(new DomainFinder(host)).And<IDomainListing>(new DomainLister(host))
            .And<IDomainDefinition>(new DomainDefinitions(host)).And<IDomainPower>(power)
            .And<IDomainReset>(power).And<IDomainPause>(power)
            .And<IDomainInfo>(about).And<IDomainAutostart>(about).And<IDomainMetadata>(about).And<IDomainSecurity>(about)
            .And<IDomainHostname>(about).And<IDomainMessages>(about).And<IDomainScheduler>(about)
            .And<IDomainMemory>(new DomainMemory(host)).And<IDomainVcpus>(vcpus).And<IDomainVcpuChanges>(vcpus)
            .And<IDomainManagedSave>(saved).And<IDomainManagedSaveImage>(saved).And<IDomainRename>(new DomainRename(host))
            .And<IDomainMemoryStatistics>(numbers).And<IDomainDiskErrors>(numbers)
            .And<IDomainEvents>(new DomainEventSource(host))
            .AndAlso(ObjectCapabilities.Of(host));
    }
}
