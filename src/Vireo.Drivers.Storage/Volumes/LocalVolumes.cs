using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Drivers.Storage.Volumes.Content;
using Vireo.Drivers.Storage.Volumes.Make;
using Vireo.Drivers.Storage.Volumes.Probe;
using Vireo.Host.Files;
using Vireo.Model.Storage;
using StorageVolumeType = Vireo.Model.Storage.StorageVolumeType;

namespace Vireo.Drivers.Storage.Volumes;

/// <summary>Volumes that are files of a folder.</summary>
sealed class LocalVolumes(StorageKeeper keeper) : IVolumeBackend
{
    readonly ImageMaker images = new(keeper);

    public StorageVolumeDef Place(StoragePoolDef pool, StorageVolumeDef wanted)
    {
        if (wanted.Name.Contains('/', StringComparison.Ordinal))
            throw StorageErrors.Invalid($"volume name '{wanted.Name}' cannot contain '/'");
        string path = $"{pool.Target!.Path}/{wanted.Name}";
        if (FileStatus.Find(path, out _) is not null)
            throw StorageErrors.Invalid($"volume target path '{path}' already exists");
        return wanted with
        {
            Type = wanted.Target?.Format switch { "dir" => StorageVolumeType.Dir, "ploop" => StorageVolumeType.Ploop, _ => StorageVolumeType.File },
            Key = path,
            Target = (wanted.Target ?? new StorageVolumeTarget()) with { Path = path },
        };
    }

    public ValueTask MakeAsync(VolumeWork work, CancellationToken cancel)
    {
        StorageVolumeDef volume = work.Volume;
        if (volume.Type is StorageVolumeType.Ploop)
            throw StorageErrors.Internal("unable to find ploop, please install ploop tools");
        if (work.Content is null && volume.Type is StorageVolumeType.Dir)
            return FolderVolume.MakeAsync(work);
        bool isRaw = IsRaw(volume) && (work.Content is null || IsRaw(work.Content));
        return isRaw ? new ValueTask(Task.Run(() => RawFile.Make(work, cancel), cancel)) : images.MakeAsync(work, cancel);
    }

    static bool IsRaw(StorageVolumeDef volume) => volume.Target is { Encryption: null } target
        && (target.Format is null or "raw" || volume.Type is StorageVolumeType.Dir or StorageVolumeType.Block);

    public ValueTask<StorageVolumeDef> LookAsync(StoragePoolDef pool, StorageVolumeDef volume, CancellationToken cancel) => new(Look(volume));

    /// <summary>The volume as its file is now. What its format is was known before.</summary>
    public static StorageVolumeDef Look(StorageVolumeDef volume)
    {
        string path = volume.Target!.Path!;
        if (FileStatus.Find(path, out int errno) is not { } status)
            throw Gone(path, errno);
        bool isFolder = status.Kind is FileKind.Directory;
        ulong capacity = 0, allocation = 0, physical = 0;
        if (!isFolder)
        {
            using SafeFileHandle file = HostFile.TryOpen(path, FileUse.Read | FileUse.NoWait, out errno) ?? throw Gone(path, errno);
            (capacity, allocation, physical) = VolumeSizes.Of(status, file);
            // Of an image its header tells; of one that its owner has encrypted, where the content begins.
            if (volume.Target is { Format: not (null or "raw" or "iso" or "none") } or { Encryption: not null })
            {
                ImageKind kind = ImageKind.Of(VolumeSizes.Head(file, new byte[ImageKind.HeadLength]));
                if (kind.Format == (volume.Target.Format ?? "raw"))
                    capacity = kind.CapacityOf(physical) ?? capacity;
            }
        }
        return volume with
        {
            Capacity = new ByteSize(capacity),
            Allocation = new ByteSize(allocation),
            Physical = VolumeFacts.Physical(physical),
            Target = volume.Target with { Permissions = VolumeFacts.PermissionsOf(path, status), Timestamps = VolumeFacts.TimesOf(status) },
            BackingStore = volume.BackingStore is { } below ? BackingLook.Run(below) : null,
        };
    }

    static VireoException Gone(string path, int errno) => errno == 2 ? StorageErrors.NoVolumeAt(path) : StorageErrors.System(errno, $"cannot open volume '{path}'");

    public ValueTask DeleteAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendVolDeleteLocal");
        string path = volume.Target!.Path!;
        switch (volume.Type)
        {
            case StorageVolumeType.Dir when HostFile.RemoveFolder(path) is not 0 and var errno:
                throw StorageErrors.System(errno, $"cannot remove directory '{path}'");
            case StorageVolumeType.Ploop when Directory.Exists(path):
                Directory.Delete(path, recursive: true);
                break;
            case StorageVolumeType.Block or StorageVolumeType.Network or StorageVolumeType.NetDir:
                throw VireoException.NoSupport($"removing block or network volumes is not supported: {path}", ErrorDomain.Storage);
            case not StorageVolumeType.Dir when HostFile.Remove(path) is not (0 or 2) and var errno:
                throw StorageErrors.System(errno, $"cannot unlink file '{path}'");
        }
        return default;
    }

    public ValueTask ResizeAsync(StoragePoolDef pool, StorageVolumeDef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel)
    {
        flags.Only(StorageVolumeResizeFlags.Allocate | StorageVolumeResizeFlags.Shrink, "virStorageBackendVolResizeLocal");
        bool allocate = flags.HasFlag(StorageVolumeResizeFlags.Allocate);
        if (volume.Target is { Encryption: not null } && allocate)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Storage, "preallocate is only supported for an unencrypted raw volume");
        if (volume.Target is { Encryption: null, Format: null or "raw" } && volume.Type is StorageVolumeType.File)
        {
            RawFile.Resize(volume.Target.Path!, capacity, allocate);
            return default;
        }
        return allocate ? throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Storage, "preallocate is only supported for raw type volume")
            : images.ResizeAsync(volume, capacity, flags.HasFlag(StorageVolumeResizeFlags.Shrink), cancel);
    }

    public ValueTask WipeAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel) =>
        VolumeWipe.RunAsync(keeper.Programs, volume, algorithm, cancel);
}
