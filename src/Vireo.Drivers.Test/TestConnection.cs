using Vireo.Driver;
using Vireo.Drivers.Test.Checkpoints;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Guests;
using Vireo.Drivers.Test.Host;
using Vireo.Drivers.Test.Saves;
using Vireo.Drivers.Test.Snapshots;
using Vireo.Drivers.Test.Threads;
using Vireo.Drivers.Test.Tuning;

namespace Vireo.Drivers.Test;

/// <summary>A client of a host in memory.</summary>
sealed class TestConnection(string uri, TestHost host, Action release) : IDriverConnection
{
    int released;

    public string Uri => uri;

    public CapabilitySet Capabilities { get; } = CapabilitySet.Of<IConnectionInfo>(new ConnectionFacts(uri)).Over(host.Parts);

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref released, 1) is 0)
            release();
        return ValueTask.CompletedTask;
    }

    /// <summary>What does not depend on who asks.</summary>
    internal static CapabilitySet Shared(TestHost host) =>
        NodeParts(host).AndAlso(DomainParts(host)).AndAlso(DomainTuningParts(host)).AndAlso(GuestParts(host)).AndAlso(ObjectCapabilities.Of(host));

    static CapabilitySet NodeParts(TestHost host)
    {
        var node = new NodeFacts(host);
        var extras = new NodeExtras();
        return CapabilitySet.Of<IHostCapabilities>(node).And<INodeInfo>(node).And<INodeMemory>(node).And<INodeStatistics>(node).And<INodeCpuMap>(node)
            .And<INodeSecurity>(node).And<ISysinfo>(node).And<INodeCpuModels>(extras).And<INodePages>(extras);
    }

    static CapabilitySet DomainParts(TestHost host)
    {
        var about = new DomainFacts(host);
        var power = new DomainPower(host);
        var saved = new DomainManagedSave(host);
        var numbers = new DomainNumbers(host);
        var traffic = new DomainTraffic(host);
        var dumps = new CoreDumps(host);
        return CapabilitySet.Of<IDomainLookup>(new DomainFinder(host)).And<IDomainListing>(new DomainLister(host)).And<IDomainDefinition>(new DomainDefinitions(host))
            .And<IDomainPower>(power).And<IDomainStartWithFiles>(power).And<IDomainReset>(power).And<IDomainPause>(power)
            .And<IDomainInfo>(about).And<IDomainAutostart>(about).And<IDomainMetadata>(about).And<IDomainSecurity>(about).And<IDomainHostname>(about)
            .And<IDomainMessages>(about).And<IDomainLifecycleActions>(new LifecycleActions(host)).And<IDomainRename>(new DomainRename(host))
            .And<IDomainManagedSave>(saved).And<IDomainManagedSaveImage>(saved).And<IDomainSave>(new DomainSaves(host))
            .And<IDomainCoreDump>(dumps).And<IDomainCoreDumpFormats>(dumps)
            .And<ISnapshots>(new DomainSnapshots(host)).And<ICheckpoints>(new DomainCheckpoints(host))
            .And<IDomainMemoryStatistics>(numbers).And<IDomainDiskErrors>(numbers).And<IDomainMemoryPeek>(numbers).And<IDomainCpuStatistics>(numbers)
            .And<IDomainBlockStatistics>(traffic).And<IDomainInterfaceStatistics>(traffic).And<IDomainBulkStatistics>(new BulkStatistics(host))
            .And<IDomainEvents>(new DomainEventSource(host));
    }

    static CapabilitySet DomainTuningParts(TestHost host)
    {
        var scheduler = new SchedulerTuning(host);
        var numa = new NumaTuning(host);
        var vcpus = new VcpuCounts(host);
        return CapabilitySet.Of<IDomainMemory>(new DomainMemory(host)).And<IDomainMemoryParameters>(new MemoryTuning(host))
            .And<IDomainScheduler>(scheduler).And<IDomainSchedulerParameters>(scheduler).And<IDomainSchedulerChanges>(scheduler)
            .And<IDomainBlkioParameters>(new BlkioTuning(host)).And<IDomainBlockIoTune>(new IoTuneTuning(host))
            .And<IDomainNumaParameters>(numa).And<IDomainNumaChanges>(numa).And<IDomainInterfaceParameters>(new InterfaceTuning(host))
            .And<IDomainPerfEvents>(new PerfTuning(host))
            .And<IDomainVcpus>(vcpus).And<IDomainVcpuChanges>(vcpus).And<IDomainPins>(new ThreadPins(host)).And<IDomainIoThreads>(new IoThreads(host));
    }

    static CapabilitySet GuestParts(TestHost host)
    {
        var actions = new GuestActions(host);
        var files = new GuestFileSystems(host);
        return CapabilitySet.Of<IDomainKeys>(actions).And<IDomainNmi>(actions).And<IDomainSignals>(actions).And<IDomainPasswords>(actions)
            .And<IDomainLaunchSecurity>(actions).And<IDomainTime>(new GuestTimes(host))
            .And<IDomainFileSystems>(files).And<IDomainFileSystemFreeze>(files).And<IDomainFileSystemTrim>(files)
            .And<IDomainAddresses>(new GuestAddresses(host)).And<IDomainScreenshot>(new Screenshots(host));
    }
}
