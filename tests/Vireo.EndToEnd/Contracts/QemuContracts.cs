using Vireo.Driver;
using Vireo.EndToEnd.Qemu;
using Vireo.Tests.Contracts;

namespace Vireo.EndToEnd.Contracts;

/// <summary>The QEMU driver in this process, with real guests that boot nothing, emulated by TCG.</summary>
public sealed class QemuSubject : IDomainSubject
{
    readonly QemuRoot root = new() { KvmDevice = "/nonexistent" };

    public async ValueTask<IDriverConnection> OpenAsync() => (await root.StartAsync()).Connection;

    public void Hear() { }

    public ValueTask DisposeAsync() => root.DisposeAsync();

    public string Definition(string name)
    {
        string disk = Path.Join(root.Paths.Root!, name + ".img");
        using (FileStream file = File.Create(disk))
            file.SetLength(1 << 20);
        return $"""
            <domain type='qemu'><name>{name}</name><memory unit='MiB'>32</memory><vcpu current='1'>4</vcpu>
              <os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>
              <devices>
                <emulator>{QemuRoot.Emulator}</emulator>
                <disk type='file'><driver name='qemu' type='raw'/><source file='{disk}'/><target dev='vda' bus='virtio'/></disk>
                <interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>
                <memballoon model='virtio'/>
              </devices></domain>
            """;
    }
}

public sealed class QemuLookup : DomainLookupContract<QemuSubject>;
public sealed class QemuListing : DomainListingContract<QemuSubject>;
public sealed class QemuDefinition : DomainDefinitionContract<QemuSubject>;
public sealed class QemuDevices : DomainDevicesContract<QemuSubject>;
public sealed class QemuVcpuChanges : DomainVcpuChangesContract<QemuSubject>;
public sealed class QemuSingleVcpus : DomainSingleVcpusContract<QemuSubject>;
public sealed class QemuPower : DomainPowerContract<QemuSubject>;
public sealed class QemuPause : DomainPauseContract<QemuSubject>;
public sealed class QemuInfo : DomainInfoContract<QemuSubject>;
public sealed class QemuAutostart : DomainAutostartContract<QemuSubject>;
public sealed class QemuMetadata : DomainMetadataContract<QemuSubject>;
public sealed class QemuVcpus : DomainVcpusContract<QemuSubject>;
public sealed class QemuManagedSave : DomainManagedSaveContract<QemuSubject>;
public sealed class QemuManagedSaveImage : DomainManagedSaveImageContract<QemuSubject>;
public sealed class QemuSave : DomainSaveContract<QemuSubject>;
public sealed class QemuBulkStatistics : DomainBulkStatisticsContract<QemuSubject>;
public sealed class QemuEvents : DomainEventsContract<QemuSubject>;
public sealed class QemuReset : DomainResetContract<QemuSubject>;
public sealed class QemuMemoryStatistics : DomainMemoryStatisticsContract<QemuSubject>;
public sealed class QemuBlockStatistics : DomainBlockStatisticsContract<QemuSubject>;
public sealed class QemuInterfaceStatistics : DomainInterfaceStatisticsContract<QemuSubject>;
public sealed class QemuMessages : DomainMessagesContract<QemuSubject>;
public sealed class QemuSecurity : DomainSecurityContract<QemuSubject>;
public sealed class QemuConnectionInfo : ConnectionInfoContract<QemuSubject>;
public sealed class QemuHostCapabilities : HostCapabilitiesContract<QemuSubject>;
public sealed class QemuNodeInfo : NodeInfoContract<QemuSubject>;
public sealed class QemuNodeCpuMap : NodeCpuMapContract<QemuSubject>;
public sealed class QemuNodeMemory : NodeMemoryContract<QemuSubject>;
public sealed class QemuNodeStatistics : NodeStatisticsContract<QemuSubject>;
public sealed class QemuNodeMemoryStatistics : NodeMemoryStatisticsContract<QemuSubject>;
public sealed class QemuNodeSecurity : NodeSecurityContract<QemuSubject>;
public sealed class QemuNodeCpuModels : NodeCpuModelsContract<QemuSubject>;
public sealed class QemuNodeCpuComparison : NodeCpuComparisonContract<QemuSubject>;
public sealed class QemuDomainCapabilities : DomainCapabilitiesContract<QemuSubject>;
public sealed class QemuJobs : DomainJobsContract<QemuSubject>;
public sealed class QemuManagedSaveXml : DomainManagedSaveXmlContract<QemuSubject>;
public sealed class QemuSaveParameters : DomainSaveParametersContract<QemuSubject>;
public sealed class QemuSecurityList : DomainSecurityListContract<QemuSubject>;
public sealed class QemuBlockParameters : DomainBlockParametersContract<QemuSubject>;
