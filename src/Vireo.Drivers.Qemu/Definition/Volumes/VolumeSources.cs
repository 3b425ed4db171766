using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver.Contracts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Qemu.Definition.Volumes;

/// <summary>Disks that name a volume of a pool get, for one run, the source that it stands for.</summary>
public static class VolumeSources
{
    /// <summary>Whether a disk waits for it.</summary>
    public static bool AreIn(DomainDef machine) => machine.Devices.Disks.Any(static d => d.Source is DiskSource.OfVolume { Volume: not null });

    /// <summary>Replaces all volumes by what they are.</summary>
    /// <exception cref="VireoException">VIR_ERR_NO_STORAGE_POOL, VIR_ERR_NO_STORAGE_VOL; VIR_ERR_CONFIG_UNSUPPORTED for a pool that is not active or
    /// cannot be a disk's.</exception>
    public static async ValueTask<DomainDef> ResolveAsync(DomainDef machine, IStorageSources storage, CancellationToken cancel)
    {
        Disk[] disks = [.. machine.Devices.Disks];
        for (int i = 0; i < disks.Length; i++)
            disks[i] = await ResolveAsync(disks[i], storage, cancel).ConfigureAwait(false);
        return machine with { Devices = machine.Devices with { Disks = disks.ToValueList() } };
    }

    /// <summary>Replaces the volume of one disk by what it is; another disk stays as it is.</summary>
    /// <exception cref="VireoException">As for all disks of a machine.</exception>
    public static ValueTask<Disk> ResolveAsync(Disk disk, IStorageSources storage, CancellationToken cancel) =>
        disk.Source is DiskSource.OfVolume { Pool: { } pool, Volume: { } volume } source
            ? ResolveAsync(disk, source, pool, volume, storage, cancel) : ValueTask.FromResult(disk);

    static async ValueTask<Disk> ResolveAsync(Disk disk, DiskSource.OfVolume source, string poolName, string volumeName, IStorageSources storage, CancellationToken cancel)
    {
        PoolFacts pool = await storage.FindPoolAsync(poolName, cancel).ConfigureAwait(false)
            ?? throw new VireoException(ErrorCode.NoStoragePool, ErrorDomain.Storage, $"no storage pool with matching name '{poolName}'");
        if (!pool.IsActive)
            throw Unsupported($"storage pool '{poolName}' containing volume '{volumeName}' is not active");
        VolumeFacts volume = await storage.FindVolumeAsync(poolName, volumeName, cancel).ConfigureAwait(false)
            ?? throw new VireoException(ErrorCode.NoStorageVol, ErrorDomain.Storage, $"no storage vol with matching name '{volumeName}'");
        DiskSource found = Actual(source, pool.Definition, volume, volumeName) with
        {
            StartupPolicy = source.StartupPolicy,
            Index = source.Index,
            Slices = source.Slices,
            SecurityLabels = source.SecurityLabels,
            Encryption = source.Encryption,
            Reservations = source.Reservations,
            PrivateData = source.PrivateData,
        };
        if (found.StartupPolicy is not null && found is not DiskSource.OfFile)
            throw Unsupported("'startupPolicy' is only valid for 'file' type volume");
        return disk with { Source = found with { Auth = found.Auth ?? source.Auth } };
    }

    static DiskSource Actual(DiskSource.OfVolume source, StoragePoolDef pool, VolumeFacts volume, string name)
    {
        switch (pool.Type)
        {
            case StoragePoolType.Dir or StoragePoolType.Fs or StoragePoolType.NetFs or StoragePoolType.Logical or StoragePoolType.Disk
                or StoragePoolType.Scsi or StoragePoolType.Zfs or StoragePoolType.VStorage:
                if (source.Mode is not null)
                    throw Unsupported("disk source mode is only valid when storage pool is of iscsi type");
                return volume.Kind switch
                {
                    VolumeKind.File => new DiskSource.OfFile { Path = volume.Path },
                    VolumeKind.Directory => new DiskSource.OfDirectory { Path = volume.Path },
                    VolumeKind.Block => new DiskSource.OfBlock { Path = volume.Path },
                    _ => throw new VireoException(ErrorCode.InternalError, ErrorDomain.Storage,
                        $"unexpected storage volume type '{volume.Kind.ToString().ToLowerInvariant()}' for storage pool type '{pool.Type.ToXml()}'"),
                };
            case StoragePoolType.Iscsi when source.Mode is not VolumeMode.Direct:
                return new DiskSource.OfBlock { Path = volume.Path };
            case StoragePoolType.Iscsi or StoragePoolType.IscsiDirect:
                return Direct(pool, name);
            default:
                throw Unsupported($"using '{pool.Type.ToXml()}' pools for backing 'volume' disks isn't yet supported");
        }
    }

    // A LUN asked of its server by QEMU itself: volumes are named unit:bus:target:lun.
    static DiskSource.OfNetwork Direct(StoragePoolDef pool, string volume)
    {
        if (pool.Source is not { Hosts: [{ } host, ..], Devices: [{ } target, ..] } from)
            throw Unsupported("iscsi pool has no host or target");
        return new DiskSource.OfNetwork
        {
            Protocol = NetworkDiskProtocol.Iscsi,
            Name = $"{target.Path}/{volume[(volume.LastIndexOf(':') + 1)..]}",
            Hosts = [new DiskHost { Name = host.Name, Port = (host.Port is > 0 and var port ? port : 3260).ToString() }],
            InitiatorIqn = from.Initiator,
            Auth = from.Auth,
        };
    }

    static VireoException Unsupported(string text) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Storage, text);
}
