using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Status;

/// <summary>
/// What a status file of an older release leaves out, because that release knew it by rule: counters, timeouts and the names of the
/// emulator's objects. A file of today stays as it is. The definition inside must have its defaults already.
/// </summary>
public static class StatusUpgrade
{
    /// <summary>The agent may take as long as it likes.</summary>
    const int AgentBlocks = -2;

    /// <summary>The status in the form of today.</summary>
    public static DomainStatus Apply(DomainStatus status) => status with
    {
        Job = status.Job is { Async: not LongJobKind.None } job ? job with { Flags = job.Flags ?? 0, Started = job.Started ?? 0 } : status.Job,
        NodeNameIndex = status.NodeNameIndex ?? 0,
        FdSetIndex = status.FdSetIndex ?? 0,
        BlockJobs = (status.BlockJobs ?? new StatusBlockJobs()) with { Active = status.BlockJobs?.Active is true || status.BlockJobs?.All.IsEmpty is false },
        AgentTimeout = status.AgentTimeout ?? AgentBlocks,
        Domain = Apply(status.Domain, status.Has("blockdev")),
    };

    static bool Has(this DomainStatus status, string flag)
    {
        foreach (StatusFlag one in status.EmulatorFlags)
            if (one.Name == flag)
                return true;
        return false;
    }

    static DomainDef Apply(DomainDef machine, bool nodesAreNamed) => machine with
    {
        Devices = machine.Devices with
        {
            Disks = machine.Devices.Disks.Map(disk => nodesAreNamed ? disk : WithSecrets(disk)),
            Hostdevs = machine.Devices.Hostdevs.Map(WithBackend),
        },
    };

    static Disk WithSecrets(Disk disk)
    {
        if (disk.Alias is not { } alias)
            return disk;
        SourcePrivateData data = SourcePrivateData.Of(disk.Source.PrivateData), old = data;
        if (disk.Source is DiskSource.OfNetwork { Protocol: NetworkDiskProtocol.Iscsi or NetworkDiskProtocol.Rbd } && (disk.Source.Auth ?? disk.Auth) is not null)
            data = data.WithSecret(SourceSecretKind.Auth, $"{alias}-secret0");
        if ((disk.Source.Encryption ?? disk.Encryption) is { Format: EncryptionFormat.Luks })
            data = data.WithSecret(SourceSecretKind.Encryption, $"{alias}-luks-secret0");
        if (disk.Source is DiskSource.OfNetwork { Tls: true } && data.TlsAlias is null)
            data = data with { TlsAlias = $"obj{alias}_tls0" };
        return data == old ? disk : disk with { Source = disk.Source with { PrivateData = data.ToFragment() } };
    }

    static Hostdev WithBackend(Hostdev device)
    {
        if (device is not { Alias: { } alias, Source: HostdevSource.OfScsi scsi })
            return device;
        SourcePrivateData old = SourcePrivateData.Of(scsi.PrivateData);
        SourcePrivateData data = old.WithNode(SourceNodeKind.Storage, $"libvirt-{alias}-backend");
        if (scsi.Auth is not null)
            data = data.WithSecret(SourceSecretKind.Auth, $"{alias}-secret0");
        return data == old ? device : device with { Source = scsi with { PrivateData = data.ToFragment() } };
    }
}
