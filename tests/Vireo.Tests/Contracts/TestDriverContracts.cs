using Vireo.Drivers.Test;

namespace Vireo.Tests.Contracts;

/// <summary>The test driver, called directly.</summary>
public class TestDriverSubject(bool remote) : InProcessSubject(TestDriver.Create(), "test:///default", remote), IDomainSubject
{
    public TestDriverSubject() : this(remote: false) { }

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
public sealed class RemoteTestDriverSubject() : TestDriverSubject(remote: true);

public sealed class TestDriverLookup : DomainLookupContract<TestDriverSubject>;
public sealed class RemoteTestDriverLookup : DomainLookupContract<RemoteTestDriverSubject>;
public sealed class TestDriverListing : DomainListingContract<TestDriverSubject>;
public sealed class RemoteTestDriverListing : DomainListingContract<RemoteTestDriverSubject>;
public sealed class TestDriverDefinition : DomainDefinitionContract<TestDriverSubject>;
public sealed class RemoteTestDriverDefinition : DomainDefinitionContract<RemoteTestDriverSubject>;
public sealed class TestDriverPower : DomainPowerContract<TestDriverSubject>;
public sealed class RemoteTestDriverPower : DomainPowerContract<RemoteTestDriverSubject>;
public sealed class TestDriverPause : DomainPauseContract<TestDriverSubject>;
public sealed class RemoteTestDriverPause : DomainPauseContract<RemoteTestDriverSubject>;
public sealed class TestDriverInfo : DomainInfoContract<TestDriverSubject>;
public sealed class RemoteTestDriverInfo : DomainInfoContract<RemoteTestDriverSubject>;
public sealed class TestDriverAutostart : DomainAutostartContract<TestDriverSubject>;
public sealed class RemoteTestDriverAutostart : DomainAutostartContract<RemoteTestDriverSubject>;
public sealed class TestDriverMetadata : DomainMetadataContract<TestDriverSubject>;
public sealed class RemoteTestDriverMetadata : DomainMetadataContract<RemoteTestDriverSubject>;
public sealed class TestDriverRename : DomainRenameContract<TestDriverSubject>;
public sealed class RemoteTestDriverRename : DomainRenameContract<RemoteTestDriverSubject>;
public sealed class TestDriverMemory : DomainMemoryContract<TestDriverSubject>;
public sealed class RemoteTestDriverMemory : DomainMemoryContract<RemoteTestDriverSubject>;
public sealed class TestDriverVcpus : DomainVcpusContract<TestDriverSubject>;
public sealed class RemoteTestDriverVcpus : DomainVcpusContract<RemoteTestDriverSubject>;
public sealed class TestDriverManagedSave : DomainManagedSaveContract<TestDriverSubject>;
public sealed class RemoteTestDriverManagedSave : DomainManagedSaveContract<RemoteTestDriverSubject>;
public sealed class TestDriverSave : DomainSaveContract<TestDriverSubject>;
public sealed class RemoteTestDriverSave : DomainSaveContract<RemoteTestDriverSubject>;
public sealed class TestDriverBulkStatistics : DomainBulkStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverBulkStatistics : DomainBulkStatisticsContract<RemoteTestDriverSubject>;
public sealed class TestDriverEvents : DomainEventsContract<TestDriverSubject>;
public sealed class RemoteTestDriverEvents : DomainEventsContract<RemoteTestDriverSubject>;
public sealed class TestDriverIoThreads : DomainIoThreadsContract<TestDriverSubject>;
public sealed class RemoteTestDriverIoThreads : DomainIoThreadsContract<RemoteTestDriverSubject>;
public sealed class TestDriverMemoryParameters : DomainMemoryParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverMemoryParameters : DomainMemoryParametersContract<RemoteTestDriverSubject>;
public sealed class TestDriverSnapshots : SnapshotsContract<TestDriverSubject>;
public sealed class RemoteTestDriverSnapshots : SnapshotsContract<RemoteTestDriverSubject>;
public sealed class TestDriverCheckpoints : CheckpointsContract<TestDriverSubject>;
public sealed class RemoteTestDriverCheckpoints : CheckpointsContract<RemoteTestDriverSubject>;
public sealed class TestDriverAddresses : DomainAddressesContract<TestDriverSubject>;
public sealed class RemoteTestDriverAddresses : DomainAddressesContract<RemoteTestDriverSubject>;
public sealed class TestDriverBlkioParameters : DomainBlkioParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverBlkioParameters : DomainBlkioParametersContract<RemoteTestDriverSubject>;
public sealed class TestDriverBlockIoTune : DomainBlockIoTuneContract<TestDriverSubject>;
public sealed class RemoteTestDriverBlockIoTune : DomainBlockIoTuneContract<RemoteTestDriverSubject>;
public sealed class TestDriverBlockStatistics : DomainBlockStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverBlockStatistics : DomainBlockStatisticsContract<RemoteTestDriverSubject>;
public sealed class TestDriverCoreDump : DomainCoreDumpContract<TestDriverSubject>;
public sealed class RemoteTestDriverCoreDump : DomainCoreDumpContract<RemoteTestDriverSubject>;
public sealed class TestDriverCoreDumpFormats : DomainCoreDumpFormatsContract<TestDriverSubject>;
public sealed class RemoteTestDriverCoreDumpFormats : DomainCoreDumpFormatsContract<RemoteTestDriverSubject>;
public sealed class TestDriverCpuStatistics : DomainCpuStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverCpuStatistics : DomainCpuStatisticsContract<RemoteTestDriverSubject>;
public sealed class TestDriverDiskErrors : DomainDiskErrorsContract<TestDriverSubject>;
public sealed class RemoteTestDriverDiskErrors : DomainDiskErrorsContract<RemoteTestDriverSubject>;
public sealed class TestDriverFileSystemFreeze : DomainFileSystemFreezeContract<TestDriverSubject>;
public sealed class RemoteTestDriverFileSystemFreeze : DomainFileSystemFreezeContract<RemoteTestDriverSubject>;
public sealed class TestDriverFileSystemTrim : DomainFileSystemTrimContract<TestDriverSubject>;
public sealed class RemoteTestDriverFileSystemTrim : DomainFileSystemTrimContract<RemoteTestDriverSubject>;
public sealed class TestDriverFileSystems : DomainFileSystemsContract<TestDriverSubject>;
public sealed class RemoteTestDriverFileSystems : DomainFileSystemsContract<RemoteTestDriverSubject>;
public sealed class TestDriverHostname : DomainHostnameContract<TestDriverSubject>;
public sealed class RemoteTestDriverHostname : DomainHostnameContract<RemoteTestDriverSubject>;
public sealed class TestDriverInterfaceParameters : DomainInterfaceParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverInterfaceParameters : DomainInterfaceParametersContract<RemoteTestDriverSubject>;
public sealed class TestDriverInterfaceStatistics : DomainInterfaceStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverInterfaceStatistics : DomainInterfaceStatisticsContract<RemoteTestDriverSubject>;
public sealed class TestDriverKeys : DomainKeysContract<TestDriverSubject>;
public sealed class RemoteTestDriverKeys : DomainKeysContract<RemoteTestDriverSubject>;
public sealed class TestDriverLifecycleActions : DomainLifecycleActionsContract<TestDriverSubject>;
public sealed class RemoteTestDriverLifecycleActions : DomainLifecycleActionsContract<RemoteTestDriverSubject>;
public sealed class TestDriverManagedSaveImage : DomainManagedSaveImageContract<TestDriverSubject>;
public sealed class RemoteTestDriverManagedSaveImage : DomainManagedSaveImageContract<RemoteTestDriverSubject>;
public sealed class TestDriverMemoryPeek : DomainMemoryPeekContract<TestDriverSubject>;
public sealed class RemoteTestDriverMemoryPeek : DomainMemoryPeekContract<RemoteTestDriverSubject>;
public sealed class TestDriverMemoryStatistics : DomainMemoryStatisticsContract<TestDriverSubject>;
public sealed class RemoteTestDriverMemoryStatistics : DomainMemoryStatisticsContract<RemoteTestDriverSubject>;
public sealed class TestDriverMessages : DomainMessagesContract<TestDriverSubject>;
public sealed class RemoteTestDriverMessages : DomainMessagesContract<RemoteTestDriverSubject>;
public sealed class TestDriverNmi : DomainNmiContract<TestDriverSubject>;
public sealed class RemoteTestDriverNmi : DomainNmiContract<RemoteTestDriverSubject>;
public sealed class TestDriverNumaChanges : DomainNumaChangesContract<TestDriverSubject>;
public sealed class RemoteTestDriverNumaChanges : DomainNumaChangesContract<RemoteTestDriverSubject>;
public sealed class TestDriverNumaParameters : DomainNumaParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverNumaParameters : DomainNumaParametersContract<RemoteTestDriverSubject>;
public sealed class TestDriverPasswords : DomainPasswordsContract<TestDriverSubject>;
public sealed class RemoteTestDriverPasswords : DomainPasswordsContract<RemoteTestDriverSubject>;
public sealed class TestDriverPerfEvents : DomainPerfEventsContract<TestDriverSubject>;
public sealed class RemoteTestDriverPerfEvents : DomainPerfEventsContract<RemoteTestDriverSubject>;
public sealed class TestDriverPins : DomainPinsContract<TestDriverSubject>;
public sealed class RemoteTestDriverPins : DomainPinsContract<RemoteTestDriverSubject>;
public sealed class TestDriverReset : DomainResetContract<TestDriverSubject>;
public sealed class RemoteTestDriverReset : DomainResetContract<RemoteTestDriverSubject>;
public sealed class TestDriverSchedulerChanges : DomainSchedulerChangesContract<TestDriverSubject>;
public sealed class RemoteTestDriverSchedulerChanges : DomainSchedulerChangesContract<RemoteTestDriverSubject>;
public sealed class TestDriverScheduler : DomainSchedulerContract<TestDriverSubject>;
public sealed class RemoteTestDriverScheduler : DomainSchedulerContract<RemoteTestDriverSubject>;
public sealed class TestDriverSchedulerParameters : DomainSchedulerParametersContract<TestDriverSubject>;
public sealed class RemoteTestDriverSchedulerParameters : DomainSchedulerParametersContract<RemoteTestDriverSubject>;
public sealed class TestDriverScreenshot : DomainScreenshotContract<TestDriverSubject>;
public sealed class RemoteTestDriverScreenshot : DomainScreenshotContract<RemoteTestDriverSubject>;
public sealed class TestDriverSecurity : DomainSecurityContract<TestDriverSubject>;
public sealed class RemoteTestDriverSecurity : DomainSecurityContract<RemoteTestDriverSubject>;
public sealed class TestDriverSignals : DomainSignalsContract<TestDriverSubject>;
public sealed class RemoteTestDriverSignals : DomainSignalsContract<RemoteTestDriverSubject>;
public sealed class TestDriverStartWithFiles : DomainStartWithFilesContract<TestDriverSubject>;
public sealed class RemoteTestDriverStartWithFiles : DomainStartWithFilesContract<RemoteTestDriverSubject>;
public sealed class TestDriverTime : DomainTimeContract<TestDriverSubject>;
public sealed class RemoteTestDriverTime : DomainTimeContract<RemoteTestDriverSubject>;
public sealed class TestDriverVcpuChanges : DomainVcpuChangesContract<TestDriverSubject>;
public sealed class RemoteTestDriverVcpuChanges : DomainVcpuChangesContract<RemoteTestDriverSubject>;
