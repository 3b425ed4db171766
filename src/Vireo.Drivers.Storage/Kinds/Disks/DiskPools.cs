using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Host.Files;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Disks;

/// <summary>Pools that are a disk, with its partitions as volumes: parted does it.</summary>
sealed class DiskPools(StorageKeeper keeper) : IPoolBackend, IDeletablePools
{
    const int TableLength = 1 << 20;

    readonly DiskVolumes volumes = new(keeper);

    public IVolumeBackend Volumes => volumes;

    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(File.Exists(DeviceOf(pool)));

    /// <summary>The disk must have the table that the pool says.</summary>
    public async ValueTask StartAsync(StoragePoolDef pool, CancellationToken cancel)
    {
        string device = DeviceOf(pool), format = FormatOf(pool);
        if (!File.Exists(device))
            throw VireoException.InvalidArgument(ErrorDomain.Storage, $"device path '{device}' doesn't exist");
        string there = await DeviceContent.FindAsync(keeper.Programs, device, cancel).ConfigureAwait(false)
            ?? throw DeviceContent.Failed($"Device '{device}' is unrecognized, requires build");
        if (there != format)
            throw StorageErrors.Invalid($"Format of device '{device}' does not match the expected format '{format}'");
    }

    public async ValueTask BuildAsync(StoragePoolDef pool, StoragePoolBuildFlags flags, CancellationToken cancel)
    {
        flags.Only(StoragePoolBuildFlags.Overwrite | StoragePoolBuildFlags.NoOverwrite, "virStorageBackendDiskBuildPool");
        flags.NotTogether(StoragePoolBuildFlags.Overwrite, "VIR_STORAGE_POOL_BUILD_OVERWRITE", StoragePoolBuildFlags.NoOverwrite,
            "VIR_STORAGE_POOL_BUILD_NO_OVERWRITE", "virStorageBackendDiskBuildPool");
        string device = DeviceOf(pool), format = FormatOf(pool);
        if (flags.HasFlag(StoragePoolBuildFlags.Overwrite))
            Clear(device);
        else
            await DeviceContent.RequireEmptyAsync(keeper.Programs, device, format, cancel).ConfigureAwait(false);
        await keeper.Programs.RunAsync("parted", [device, "mklabel", "--script", format == "dos" ? "msdos" : format], cancel).ConfigureAwait(false);
    }

    public async ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel)
    {
        PartitionTable table = await volumes.TableAsync(pool, cancel).ConfigureAwait(false);
        IReadOnlyList<Volume> found = DiskVolumes.Read(pool, table);
        StoragePoolDevice device = pool.Source!.Devices[0];
        return new PoolContent(pool with
        {
            Capacity = new ByteSize(table.Capacity),
            Available = new ByteSize(table.Available),
            Allocation = new ByteSize(found.Aggregate(0ul, static (sum, volume) => sum + (volume.Def.Allocation?.Bytes ?? 0))),
            Source = pool.Source with { Devices = [device with { FreeExtents = [.. table.Free] }] },
        }, found);
    }

    public ValueTask DeleteAsync(StoragePoolDef pool, StoragePoolDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendDiskDeletePool");
        Clear(DeviceOf(pool));
        return default;
    }

    /// <summary>Writes over where tables begin.</summary>
    static void Clear(string device)
    {
        using var file = HostFile.TryOpen(device, FileUse.Write, out int errno) ?? throw StorageErrors.System(errno, $"Failed to open storage volume with path '{device}'");
        try
        {
            ulong length = Math.Min(TableLength, HostFile.FindDeviceSize(file) ?? TableLength);
            RandomAccess.Write(file, new byte[length], 0);
        }
        catch (IOException fault)
        {
            throw StorageErrors.System(fault.HResult, $"Failed to write {TableLength} bytes to storage volume with path '{device}'");
        }
        if (HostFile.Sync(file) is not 0 and var refused)
            throw StorageErrors.System(refused, $"cannot sync data to volume with path '{device}'");
    }

    internal static string DeviceOf(StoragePoolDef pool) => pool.Source!.Devices[0].Path;

    /// <summary>A pool that does not say gets the oldest kind.</summary>
    internal static string FormatOf(StoragePoolDef pool) => pool.Source!.Format is null or "unknown" ? "dos" : pool.Source.Format;
}
