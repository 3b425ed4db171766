using Vireo.Driver;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What changes shares and limits of guests.</summary>
static class TuningCapabilities
{
    /// <summary>A connection's capabilities with those of this folder.</summary>
    internal static CapabilitySet Tuning(this CapabilitySet set, QemuConnection connection)
    {
        var numa = new NumaTuning(connection);
        var scheduler = new SchedulerTuning(connection);
        return set.And<IDomainMemory>(new GuestMemory(connection))
            .And<IDomainMemoryParameters>(new MemoryTuning(connection))
            .And<IDomainNumaParameters>(numa)
            .And<IDomainNumaChanges>(numa)
            .And<IDomainPins>(new ThreadPins(connection))
            .And<IDomainIoThreads>(new GuestIoThreads(connection))
            .And<IDomainScheduler>(scheduler)
            .And<IDomainSchedulerParameters>(scheduler)
            .And<IDomainSchedulerChanges>(scheduler)
            .And<IDomainCpuStatistics>(new GuestCpuStatistics(connection))
            .And<IDomainLifecycleActions>(new LifecycleActions(connection))
            .And<IDomainPerfEvents>(new PerfTuning(connection))
            .And<IDomainBlkioParameters>(new BlkioTuning(connection))
            .And<IDomainBlockIoTune>(new BlockIoTuning(connection))
            .And<IDomainInterfaceParameters>(new InterfaceTuning(connection))
            .And<IDomainBlockThreshold>(new BlockThreshold(connection))
            .And<IDomainDiskErrors>(new DiskErrors(connection))
            .And<IDomainBlockResize>(new BlockSizes(connection));
    }
}
