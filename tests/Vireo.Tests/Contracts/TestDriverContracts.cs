using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Tests.Remote.Forward;

namespace Vireo.Tests.Contracts;

/// <summary>The test driver, called directly.</summary>
public class TestDriverSubject(IDriver driver, string uri, bool remote) : InProcessSubject(driver, uri, remote), IDomainSubject
{
    public TestDriverSubject() : this(TestDriver.Create(), "test:///default", remote: false) { }

    public string Definition(string name) => $"""
        <domain type='test'><name>{name}</name><memory>1048576</memory><vcpu current='1'>4</vcpu><os><type>hvm</type></os>
          <devices>
            <disk type='file'><source file='/images/{name}.img'/><target dev='vda' bus='virtio'/></disk>
            <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/></interface>
            <memballoon model='virtio'/>
          </devices></domain>
        """;
}

/// <summary>The test driver behind a server and a socket.</summary>
public sealed class RemoteTestDriverSubject() : TestDriverSubject(TestDriver.Create(), "test:///default", remote: true);

/// <summary>The test driver in a daemon behind another one, which hands everything on.</summary>
public sealed class ProxiedTestDriverSubject()
    : TestDriverSubject(new DaemonsOfAHost(TestDriver.Create(), "test:///default", "virtqemud"), "qemu:///system", remote: true);

public sealed class TestDriverLookup : DomainLookupContract<TestDriverSubject>;
public sealed class RemoteTestDriverLookup : DomainLookupContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverLookup : DomainLookupContract<ProxiedTestDriverSubject>;
public sealed class TestDriverListing : DomainListingContract<TestDriverSubject>;
public sealed class RemoteTestDriverListing : DomainListingContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverListing : DomainListingContract<ProxiedTestDriverSubject>;
public sealed class TestDriverDefinition : DomainDefinitionContract<TestDriverSubject>;
public sealed class RemoteTestDriverDefinition : DomainDefinitionContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverDefinition : DomainDefinitionContract<ProxiedTestDriverSubject>;
public sealed class TestDriverPower : DomainPowerContract<TestDriverSubject>;
public sealed class RemoteTestDriverPower : DomainPowerContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverPower : DomainPowerContract<ProxiedTestDriverSubject>;
public sealed class TestDriverPause : DomainPauseContract<TestDriverSubject>;
public sealed class RemoteTestDriverPause : DomainPauseContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverPause : DomainPauseContract<ProxiedTestDriverSubject>;
public sealed class TestDriverInfo : DomainInfoContract<TestDriverSubject>;
public sealed class RemoteTestDriverInfo : DomainInfoContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverInfo : DomainInfoContract<ProxiedTestDriverSubject>;
public sealed class TestDriverAutostart : DomainAutostartContract<TestDriverSubject>;
public sealed class RemoteTestDriverAutostart : DomainAutostartContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverAutostart : DomainAutostartContract<ProxiedTestDriverSubject>;
public sealed class TestDriverMetadata : DomainMetadataContract<TestDriverSubject>;
public sealed class RemoteTestDriverMetadata : DomainMetadataContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverMetadata : DomainMetadataContract<ProxiedTestDriverSubject>;
public sealed class TestDriverRename : DomainRenameContract<TestDriverSubject>;
public sealed class RemoteTestDriverRename : DomainRenameContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverRename : DomainRenameContract<ProxiedTestDriverSubject>;
public sealed class TestDriverMemory : DomainMemoryContract<TestDriverSubject>;
public sealed class RemoteTestDriverMemory : DomainMemoryContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverMemory : DomainMemoryContract<ProxiedTestDriverSubject>;
public sealed class TestDriverVcpus : DomainVcpusContract<TestDriverSubject>;
public sealed class RemoteTestDriverVcpus : DomainVcpusContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverVcpus : DomainVcpusContract<ProxiedTestDriverSubject>;
public sealed class TestDriverManagedSave : DomainManagedSaveContract<TestDriverSubject>;
public sealed class RemoteTestDriverManagedSave : DomainManagedSaveContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverManagedSave : DomainManagedSaveContract<ProxiedTestDriverSubject>;
public sealed class TestDriverSave : DomainSaveContract<TestDriverSubject>;
public sealed class RemoteTestDriverSave : DomainSaveContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverSave : DomainSaveContract<ProxiedTestDriverSubject>;
public sealed class TestDriverBulkStatistics : DomainBulkStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverBulkStatistics : DomainBulkStatisticsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverBulkStatistics : DomainBulkStatisticsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverEvents : DomainEventsContract<TestDriverSubject>;
public sealed class RemoteTestDriverEvents : DomainEventsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverEvents : DomainEventsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverIoThreads : DomainIoThreadsContract<TestDriverSubject>;
public sealed class RemoteTestDriverIoThreads : DomainIoThreadsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverIoThreads : DomainIoThreadsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverMemoryParameters : DomainMemoryParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverMemoryParameters : DomainMemoryParametersContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverMemoryParameters : DomainMemoryParametersContract<ProxiedTestDriverSubject>;
public sealed class TestDriverSnapshots : SnapshotsContract<TestDriverSubject>;
public sealed class RemoteTestDriverSnapshots : SnapshotsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverSnapshots : SnapshotsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverCheckpoints : CheckpointsContract<TestDriverSubject>;
public sealed class RemoteTestDriverCheckpoints : CheckpointsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverCheckpoints : CheckpointsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverAddresses : DomainAddressesContract<TestDriverSubject>;
public sealed class RemoteTestDriverAddresses : DomainAddressesContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverAddresses : DomainAddressesContract<ProxiedTestDriverSubject>;
public sealed class TestDriverBlkioParameters : DomainBlkioParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverBlkioParameters : DomainBlkioParametersContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverBlkioParameters : DomainBlkioParametersContract<ProxiedTestDriverSubject>;
public sealed class TestDriverBlockIoTune : DomainBlockIoTuneContract<TestDriverSubject>;
public sealed class RemoteTestDriverBlockIoTune : DomainBlockIoTuneContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverBlockIoTune : DomainBlockIoTuneContract<ProxiedTestDriverSubject>;
public sealed class TestDriverBlockStatistics : DomainBlockStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverBlockStatistics : DomainBlockStatisticsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverBlockStatistics : DomainBlockStatisticsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverCoreDump : DomainCoreDumpContract<TestDriverSubject>;
public sealed class RemoteTestDriverCoreDump : DomainCoreDumpContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverCoreDump : DomainCoreDumpContract<ProxiedTestDriverSubject>;
public sealed class TestDriverCoreDumpFormats : DomainCoreDumpFormatsContract<TestDriverSubject>;
public sealed class RemoteTestDriverCoreDumpFormats : DomainCoreDumpFormatsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverCoreDumpFormats : DomainCoreDumpFormatsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverCpuStatistics : DomainCpuStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverCpuStatistics : DomainCpuStatisticsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverCpuStatistics : DomainCpuStatisticsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverDiskErrors : DomainDiskErrorsContract<TestDriverSubject>;
public sealed class RemoteTestDriverDiskErrors : DomainDiskErrorsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverDiskErrors : DomainDiskErrorsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverFileSystemFreeze : DomainFileSystemFreezeContract<TestDriverSubject>;
public sealed class RemoteTestDriverFileSystemFreeze : DomainFileSystemFreezeContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverFileSystemFreeze : DomainFileSystemFreezeContract<ProxiedTestDriverSubject>;
public sealed class TestDriverFileSystemTrim : DomainFileSystemTrimContract<TestDriverSubject>;
public sealed class RemoteTestDriverFileSystemTrim : DomainFileSystemTrimContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverFileSystemTrim : DomainFileSystemTrimContract<ProxiedTestDriverSubject>;
public sealed class TestDriverFileSystems : DomainFileSystemsContract<TestDriverSubject>;
public sealed class RemoteTestDriverFileSystems : DomainFileSystemsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverFileSystems : DomainFileSystemsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverHostname : DomainHostnameContract<TestDriverSubject>;
public sealed class RemoteTestDriverHostname : DomainHostnameContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverHostname : DomainHostnameContract<ProxiedTestDriverSubject>;
public sealed class TestDriverInterfaceParameters : DomainInterfaceParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverInterfaceParameters : DomainInterfaceParametersContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverInterfaceParameters : DomainInterfaceParametersContract<ProxiedTestDriverSubject>;
public sealed class TestDriverInterfaceStatistics : DomainInterfaceStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverInterfaceStatistics : DomainInterfaceStatisticsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverInterfaceStatistics : DomainInterfaceStatisticsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverKeys : DomainKeysContract<TestDriverSubject>;
public sealed class RemoteTestDriverKeys : DomainKeysContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverKeys : DomainKeysContract<ProxiedTestDriverSubject>;
public sealed class TestDriverLifecycleActions : DomainLifecycleActionsContract<TestDriverSubject>;
public sealed class RemoteTestDriverLifecycleActions : DomainLifecycleActionsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverLifecycleActions : DomainLifecycleActionsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverManagedSaveImage : DomainManagedSaveImageContract<TestDriverSubject>;
public sealed class RemoteTestDriverManagedSaveImage : DomainManagedSaveImageContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverManagedSaveImage : DomainManagedSaveImageContract<ProxiedTestDriverSubject>;
public sealed class TestDriverMemoryPeek : DomainMemoryPeekContract<TestDriverSubject>;
public sealed class RemoteTestDriverMemoryPeek : DomainMemoryPeekContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverMemoryPeek : DomainMemoryPeekContract<ProxiedTestDriverSubject>;
public sealed class TestDriverMemoryStatistics : DomainMemoryStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverMemoryStatistics : DomainMemoryStatisticsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverMemoryStatistics : DomainMemoryStatisticsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverMessages : DomainMessagesContract<TestDriverSubject>;
public sealed class RemoteTestDriverMessages : DomainMessagesContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverMessages : DomainMessagesContract<ProxiedTestDriverSubject>;
public sealed class TestDriverNmi : DomainNmiContract<TestDriverSubject>;
public sealed class RemoteTestDriverNmi : DomainNmiContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverNmi : DomainNmiContract<ProxiedTestDriverSubject>;
public sealed class TestDriverNumaChanges : DomainNumaChangesContract<TestDriverSubject>;
public sealed class RemoteTestDriverNumaChanges : DomainNumaChangesContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverNumaChanges : DomainNumaChangesContract<ProxiedTestDriverSubject>;
public sealed class TestDriverNumaParameters : DomainNumaParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverNumaParameters : DomainNumaParametersContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverNumaParameters : DomainNumaParametersContract<ProxiedTestDriverSubject>;
public sealed class TestDriverPasswords : DomainPasswordsContract<TestDriverSubject>;
public sealed class RemoteTestDriverPasswords : DomainPasswordsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverPasswords : DomainPasswordsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverPerfEvents : DomainPerfEventsContract<TestDriverSubject>;
public sealed class RemoteTestDriverPerfEvents : DomainPerfEventsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverPerfEvents : DomainPerfEventsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverPins : DomainPinsContract<TestDriverSubject>;
public sealed class RemoteTestDriverPins : DomainPinsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverPins : DomainPinsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverReset : DomainResetContract<TestDriverSubject>;
public sealed class RemoteTestDriverReset : DomainResetContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverReset : DomainResetContract<ProxiedTestDriverSubject>;
public sealed class TestDriverSchedulerChanges : DomainSchedulerChangesContract<TestDriverSubject>;
public sealed class RemoteTestDriverSchedulerChanges : DomainSchedulerChangesContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverSchedulerChanges : DomainSchedulerChangesContract<ProxiedTestDriverSubject>;
public sealed class TestDriverScheduler : DomainSchedulerContract<TestDriverSubject>;
public sealed class RemoteTestDriverScheduler : DomainSchedulerContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverScheduler : DomainSchedulerContract<ProxiedTestDriverSubject>;
public sealed class TestDriverSchedulerParameters : DomainSchedulerParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverSchedulerParameters : DomainSchedulerParametersContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverSchedulerParameters : DomainSchedulerParametersContract<ProxiedTestDriverSubject>;
public sealed class TestDriverScreenshot : DomainScreenshotContract<TestDriverSubject>;
public sealed class RemoteTestDriverScreenshot : DomainScreenshotContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverScreenshot : DomainScreenshotContract<ProxiedTestDriverSubject>;
public sealed class TestDriverSecurity : DomainSecurityContract<TestDriverSubject>;
public sealed class RemoteTestDriverSecurity : DomainSecurityContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverSecurity : DomainSecurityContract<ProxiedTestDriverSubject>;
public sealed class TestDriverSignals : DomainSignalsContract<TestDriverSubject>;
public sealed class RemoteTestDriverSignals : DomainSignalsContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverSignals : DomainSignalsContract<ProxiedTestDriverSubject>;
public sealed class TestDriverStartWithFiles : DomainStartWithFilesContract<TestDriverSubject>;
public sealed class RemoteTestDriverStartWithFiles : DomainStartWithFilesContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverStartWithFiles : DomainStartWithFilesContract<ProxiedTestDriverSubject>;
public sealed class TestDriverTime : DomainTimeContract<TestDriverSubject>;
public sealed class RemoteTestDriverTime : DomainTimeContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverTime : DomainTimeContract<ProxiedTestDriverSubject>;
public sealed class TestDriverVcpuChanges : DomainVcpuChangesContract<TestDriverSubject>;
public sealed class RemoteTestDriverVcpuChanges : DomainVcpuChangesContract<RemoteTestDriverSubject>;
public sealed class ProxiedTestDriverVcpuChanges : DomainVcpuChangesContract<ProxiedTestDriverSubject>;
