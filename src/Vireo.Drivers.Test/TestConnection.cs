using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Drivers.Test.Interfaces;
using Vireo.Drivers.Test.Networks;
using Vireo.Drivers.Test.Storage;

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
        var network = new NetworkReads(host);
        var pool = new PoolReads(host);
        var about = new DomainFacts(host);
        var tuning = new DomainTuning(host);
        var numbers = new DomainNumbers(host);
        return CapabilitySet.Of<IConnectionInfo>(new ConnectionFacts(uri))
            .And<IHostCapabilities>(node).And<INodeInfo>(node).And<INodeMemory>(node).And<INodeStatistics>(node).And<INodeCpuMap>(node)
            .And<INodeSecurity>(node).And<ISysinfo>(node)
            .And<IDomainLookup>(new DomainFinder(host)).And<IDomainListing>(new DomainLister(host))
            .And<IDomainDefinition>(new DomainDefinitions(host)).And<IDomainPower>(new DomainPower(host))
            .And<IDomainReset>(new DomainPower(host)).And<IDomainPause>(new DomainPower(host))
            .And<IDomainInfo>(about).And<IDomainAutostart>(about).And<IDomainMetadata>(about).And<IDomainSecurity>(about)
            .And<IDomainHostname>(about).And<IDomainMessages>(about).And<IDomainScheduler>(about)
            .And<IDomainMemory>(tuning).And<IDomainVcpus>(tuning).And<IDomainVcpuChanges>(tuning)
            .And<IDomainManagedSave>(tuning).And<IDomainManagedSaveImage>(tuning).And<IDomainRename>(tuning)
            .And<IDomainMemoryStatistics>(numbers).And<IDomainDiskErrors>(numbers)
            .And<IDomainEvents>(new DomainEventSource(host))
            .And<INetworkLookup>(network).And<INetworkListing>(network).And<INetworkInfo>(network)
            .And<IStoragePoolLookup>(pool).And<IStoragePoolListing>(pool).And<IStoragePoolInfo>(pool)
            .And<IInterfaceListing>(new InterfaceReads(host));
    }
}
