using Vireo.Driver;
using Vireo.Drivers.Test;

namespace Vireo.Tests.Contracts;

/// <summary>The test driver, called directly.</summary>
public class TestDriverSubject : IDomainSubject
{
    public IDriver Driver { get; } = TestDriver.Create();

    public string Uri => "test:///default";

    public virtual bool IsRemote => false;

    public string Definition(string name) => $"""
        <domain type='test'><name>{name}</name><memory>1048576</memory><os><type>hvm</type></os>
          <devices><disk type='file'><source file='/images/{name}.img'/><target dev='vda' bus='virtio'/></disk></devices></domain>
        """;
}

/// <summary>The test driver behind a server and a socket.</summary>
public sealed class RemoteTestDriverSubject : TestDriverSubject
{
    public override bool IsRemote => true;
}

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
