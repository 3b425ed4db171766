using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Host.Files;
using Vireo.Host.Images;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Domain.Images;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes.Probe;

/// <summary>Finds out what a file of a folder is: by its first bytes, whatever it is called.</summary>
/// <param name="folder">The folder, open.</param>
/// <param name="path">Its path.</param>
sealed class VolumeProbe(SafeFileHandle folder, string path)
{
    readonly byte[] head = new byte[ImageKind.HeadLength];

    /// <summary>The volume that a name is; null: it cannot be one, or is gone.</summary>
    public Volume? Find(string name, in FileStatus status)
    {
        string at = Path.Join(path, name);
        using SafeFileHandle? file = HostFile.TryOpen(folder, name, FileUse.Read | FileUse.NoWait, out _);
        if (file is null)
            return null;
        return new Volume(status.Kind is FileKind.Directory ? Folder(name, at, status) : Image(name, at, status, file)) { Seen = status };
    }

    static StorageVolumeDef Folder(string name, string at, in FileStatus status)
    {
        bool isPloop = File.Exists(Path.Join(at, "root.hds")) && File.Exists(Path.Join(at, "DiskDescriptor.xml"));
        // Of a container its image counts, which is a file.
        FileStatus shown = isPloop && FileStatus.Find(Path.Join(at, "root.hds"), out _) is { } image ? image : status;
        return Volume(name, at, shown, isPloop ? "ploop" : "dir") with
        {
            Type = isPloop ? StorageVolumeType.File : StorageVolumeType.Dir,
            Capacity = new ByteSize(0),
            Allocation = new ByteSize(0),
        };
    }

    StorageVolumeDef Image(string name, string at, in FileStatus status, SafeFileHandle file)
    {
        (ulong capacity, ulong allocation, ulong physical) = VolumeSizes.Of(status, file);
        ReadOnlySpan<byte> bytes = VolumeSizes.Head(file, head);
        ImageKind kind = ImageKind.Of(bytes);
        StorageVolumeDef volume = Volume(name, at, status, kind.Format) with
        {
            Type = kind.Format == "ploop" ? StorageVolumeType.Ploop : StorageVolumeType.File,
            Capacity = new ByteSize(kind.CapacityOf(physical) ?? capacity),
            Allocation = new ByteSize(allocation),
            Physical = VolumeFacts.Physical(physical),
        };
        return kind.Header is { } header ? WithHeader(volume, header) : volume;
    }

    StorageVolumeDef WithHeader(StorageVolumeDef volume, ImageHeader header) => volume with
    {
        Target = VolumeFacts.WithHeader(volume.Target!, header),
        BackingStore = header.BackingFile is { } name ? Below(name, header.BackingFormat) : null,
    };

    StorageBackingStore Below(string name, string? format)
    {
        string? at = name.StartsWith("json:", StringComparison.Ordinal) ? PathInJson(name) : BackingString.IsPath(name) ? name : null;
        string below = at is null ? name : Path.IsPathRooted(at) ? at : Path.Join(path, at);
        return BackingLook.Run(new StorageBackingStore { Path = below, Format = VolumeFacts.FormatOf(format) });
    }

    static string? PathInJson(string name)
    {
        try
        {
            return BackingString.Parse(name).Source is DiskSource.OfFile file ? file.Path : null;
        }
        catch (Core.Errors.VireoException)
        {
            return null;            // whoever wrote the image may write what he likes
        }
    }

    static StorageVolumeDef Volume(string name, string at, in FileStatus status, string format) => new()
    {
        Name = name,
        Key = at,
        Target = new StorageVolumeTarget
        {
            Path = at,
            Format = format,
            Permissions = VolumeFacts.PermissionsOf(at, status),
            Timestamps = VolumeFacts.TimesOf(status),
        },
    };
}

/// <summary>Looks at the image below a volume, where it is a file of this host.</summary>
static class BackingLook
{
    /// <summary>With what the host tells of it; one that is not there, or is on a server, stays as it is written.</summary>
    public static StorageBackingStore Run(StorageBackingStore store)
    {
        if (store.Path is not { } path || !path.StartsWith('/') || FileStatus.Find(path, out _) is not { } status)
            return store with { Format = store.Format ?? "raw" };
        return store with
        {
            Format = store.Format ?? Guess(path, status),
            Permissions = VolumeFacts.PermissionsOf(path, status),
            Timestamps = VolumeFacts.TimesOf(status),
        };
    }

    static string Guess(string path, in FileStatus status)
    {
        if (status.Kind is FileKind.Directory)
            return "dir";
        using SafeFileHandle? file = HostFile.TryOpen(path, FileUse.Read | FileUse.NoWait, out _);
        return file is null ? "raw" : ImageKind.Of(VolumeSizes.Head(file, new byte[ImageKind.HeadLength])).Format;
    }
}

/// <summary>How large a volume's file or device is.</summary>
static class VolumeSizes
{
    /// <summary>As its owner sees it, as much as it takes, and as far as it goes, in bytes.</summary>
    public static (ulong Capacity, ulong Allocation, ulong Physical) Of(in FileStatus status, SafeFileHandle file)
    {
        if (status.Kind is FileKind.Regular)
            return (status.Size, status.Allocated, status.Size);
        ulong size = status.Kind is FileKind.Block ? HostFile.FindDeviceSize(file) ?? 0 : 0;
        return (size, size, size);
    }

    /// <summary>Its first bytes.</summary>
    public static ReadOnlySpan<byte> Head(SafeFileHandle file, byte[] room)
    {
        try
        {
            return room.AsSpan(0, RandomAccess.Read(file, room, 0));
        }
        catch (IOException)
        {
            return [];              // a device without a medium, a disk that is going: what cannot be read is raw
        }
    }
}
