using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds.Devices;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Drivers.Storage.Volumes.Content;
using Vireo.Drivers.Storage.Volumes.Make;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Model.Storage;
using StorageVolumeType = Vireo.Model.Storage.StorageVolumeType;

namespace Vireo.Drivers.Storage.Kinds.Disks;

/// <summary>Partitions.</summary>
sealed class DiskVolumes(StorageKeeper keeper) : IVolumeBackend
{
    const ulong Sector = 512, Mebibyte = 1 << 20;
    const ulong ExtendedLength = 1024;          // what the kernel lets be seen of a partition that holds others
    static readonly TimeSpan nodePatience = TimeSpan.FromSeconds(10), nodePause = TimeSpan.FromMilliseconds(20);

    public bool MovesPool => true;

    public async ValueTask<PartitionTable> TableAsync(StoragePoolDef pool, CancellationToken cancel)
    {
        FinishedProgram told = await keeper.Programs.RunAsync("parted", PartitionTable.Arguments(DiskPools.DeviceOf(pool)), cancel).ConfigureAwait(false);
        await SettleAsync(cancel).ConfigureAwait(false);
        return PartitionTable.Read(told.Output);
    }

    /// <summary>The partitions that have a device.</summary>
    public static IReadOnlyList<Volume> Read(StoragePoolDef pool, PartitionTable table) =>
        [.. table.Partitions.Select(part => Read(pool, part)).Where(static volume => volume is not null).Select(static volume => volume!)];

    static Volume? Read(StoragePoolDef pool, Partition part)
    {
        string path = PathOf(pool, part.Number);
        if (FileStatus.Find(path, out _) is null)
            return null;
        StorageVolumeDef seen = DeviceLook.Run(new StorageVolumeDef
        {
            Name = Path.GetFileName(path),
            Key = path,
            Type = StorageVolumeType.Block,
            Devices = [new StorageVolumeDevice { Path = DiskPools.DeviceOf(pool), Extents = [new StorageExtent { Start = part.Start, End = part.End }] }],
            Target = new StorageVolumeTarget { Path = path, Format = "none" },
        });
        bool isExtended = seen.Physical?.Bytes == ExtendedLength && part.Length > ExtendedLength;
        return new Volume(isExtended ? seen with { Capacity = new ByteSize(part.Length), Allocation = new ByteSize(0) } : seen);
    }

    /// <summary>The device of a partition: a name that ends in a digit gets a p between the numbers.</summary>
    static string PathOf(StoragePoolDef pool, int number)
    {
        string device = DiskPools.DeviceOf(pool), real = Real(device);
        bool separated = pool.Source!.Devices[0].PartitionSeparator ?? char.IsAsciiDigit(real[^1]);
        return $"{real}{(separated ? "p" : "")}{number}";
    }

    static string Real(string device) => File.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device;

    /// <summary>Partitions are numbered: the name that a new one will have is the only one that it can have.</summary>
    public StorageVolumeDef Place(StoragePoolDef pool, StorageVolumeDef wanted)
    {
        if (wanted.Target?.Encryption is not null)
            throw VireoException.NoSupport("storage pool does not support encrypted volumes", ErrorDomain.Storage);
        string real = Real(DiskPools.DeviceOf(pool));
        string path = Path.Join(Path.GetDirectoryName(real), wanted.Name);
        return wanted with { Type = StorageVolumeType.Block, Key = path, Target = (wanted.Target ?? new StorageVolumeTarget()) with { Path = path } };
    }

    public async ValueTask MakeAsync(VolumeWork work, CancellationToken cancel)
    {
        if (work.Preallocate && work.Content is not null)
            throw StorageErrors.Unsupported("metadata preallocation is not supported for block volumes");
        StorageVolumeDef volume = work.Volume;
        string device = DiskPools.DeviceOf(work.Pool);
        PartitionTable table = await TableAsync(work.Pool, cancel).ConfigureAwait(false);
        bool isDos = DiskPools.FormatOf(work.Pool) == "dos";
        ulong length = (volume.Capacity!.Value.Bytes + Sector - 1) / Sector * Sector;
        Partition place = table.FindRoom(length, isDos ? Mebibyte : Sector) ?? throw StorageErrors.Internal("no large enough free extent");
        int number = Enumerable.Range(1, int.MaxValue).First(one => table.Partitions.All(part => part.Number != one));
        if (PathOf(work.Pool, number) is var expected && volume.Target!.Path != expected)
            throw VireoException.InvalidArgument(ErrorDomain.Storage, $"invalid partition name '{volume.Name}', expected '{Path.GetFileName(expected)}'");
        await keeper.Programs.RunAsync("parted", [device, "mkpart", "--script", .. TypeOf(volume, isDos), $"{place.Start}B", $"{place.End - 1}B"], cancel).ConfigureAwait(false);
        try
        {
            await NodeAsync(expected, cancel).ConfigureAwait(false);
            if (volume.Target.Permissions is not null)
                VolumeOwner.Apply(volume);
            if (work.Content is { } content)
                await Task.Run(() => RawFile.Pour(content, expected, length, cancel), cancel).ConfigureAwait(false);
        }
        catch
        {
            await keeper.Programs.TryAsync("parted", [device, "rm", "--script", $"{number}"], CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>parted's words for a partition of a format.</summary>
    static string[] TypeOf(StorageVolumeDef volume, bool isDos) => !isDos ? ["primary"] : volume.Target?.Format switch
    {
        "extended" => ["extended"],
        "linux" or "linux-lvm" or "linux-raid" => ["primary", "ext2"],
        "fat16" or "fat32" or "linux-swap" => ["primary", volume.Target.Format],
        _ => ["primary"],
    };

    /// <summary>The device of a new partition comes a moment later.</summary>
    async ValueTask NodeAsync(string path, CancellationToken cancel)
    {
        await SettleAsync(cancel).ConfigureAwait(false);
        long began = keeper.Options.Time.GetTimestamp();
        while (!File.Exists(path))
        {
            if (keeper.Options.Time.GetElapsedTime(began) > nodePatience)
                throw StorageErrors.NoVolumeAt(path);
            await Task.Delay(nodePause, keeper.Options.Time, cancel).ConfigureAwait(false);
        }
    }

    async ValueTask SettleAsync(CancellationToken cancel)
    {
        if (keeper.Programs.Find("udevadm") is not null)
            await keeper.Programs.TryAsync("udevadm", ["settle"], cancel).ConfigureAwait(false);
    }

    public async ValueTask<StorageVolumeDef> LookAsync(StoragePoolDef pool, StorageVolumeDef volume, CancellationToken cancel)
    {
        if (!volume.Devices.IsEmpty)
            return volume;
        string path = volume.Target!.Path!;
        long began = keeper.Options.Time.GetTimestamp();
        PartitionTable table = await TableAsync(pool, cancel).ConfigureAwait(false);
        while (true)
        {
            // Whenever parted has closed the disk, udev lets the kernel read the table again: all partitions go and come.
            await NodeAsync(path, cancel).ConfigureAwait(false);
            if (Read(pool, table).FirstOrDefault(one => one.Path == path) is { } found)
                return found.Def;
            if (keeper.Options.Time.GetElapsedTime(began) > nodePatience)
                throw StorageErrors.NoVolumeAt(path);
        }
    }

    public async ValueTask DeleteAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendDiskDeleteVol");
        string number = volume.Name[(volume.Name.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1)..];
        await keeper.Programs.RunAsync("parted", [DiskPools.DeviceOf(pool), "rm", "--script", number], cancel).ConfigureAwait(false);
    }

    public ValueTask ResizeAsync(StoragePoolDef pool, StorageVolumeDef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel) =>
        throw VireoException.NoSupport("storage pool does not support changing of volume capacity", ErrorDomain.Storage);

    public ValueTask WipeAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel) =>
        VolumeWipe.RunAsync(keeper.Programs, volume, algorithm, cancel);
}
