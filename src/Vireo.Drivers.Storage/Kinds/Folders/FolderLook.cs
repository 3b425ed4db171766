using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Drivers.Storage.Volumes.Probe;
using Vireo.Host.Files;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Folders;

/// <summary>
/// Looks at a pool that is a folder: every file is a volume, and every folder. A file that nobody changed since it was looked at is not opened again,
/// so that looking again costs one system call a file.
/// </summary>
static class FolderLook
{
    static readonly EnumerationOptions everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    public static PoolContent Run(StoragePoolDef pool, VolumeTable known, CancellationToken cancel)
    {
        string path = pool.Target!.Path!;
        using SafeFileHandle folder = HostFile.TryOpenFolder(path, out int errno) ?? throw StorageErrors.SystemAnywhere(errno, $"cannot open directory '{path}'");
        var probe = new VolumeProbe(folder, path);
        List<Volume> volumes = [];
        foreach (string name in new FileSystemEnumerable<string>(path, static (ref FileSystemEntry entry) => entry.FileName.ToString(), everything))
        {
            cancel.ThrowIfCancellationRequested();
            if (!IsVolumeName(name))
                continue;
            if (Look(probe, folder, name, known.Find(name)) is { } volume)
                volumes.Add(volume);
        }
        return new PoolContent(Measured(pool, path, folder), volumes);
    }

    /// <summary>Names with control characters would break what shows them; libvirt passes them over, too.</summary>
    public static bool IsVolumeName(string name)
    {
        foreach (char c in name)
            if (c < ' ' && c is not ('\t' or '\n' or '\r'))
                return false;
        return true;
    }

    static Volume? Look(VolumeProbe probe, SafeFileHandle folder, string name, Volume? known)
    {
        if (known is { IsBuilding: true })
            return known;
        if (FileStatus.Find(folder, name, out _) is not { } status || status.Kind is not (FileKind.Regular or FileKind.Directory or FileKind.Block))
            return null;
        if (known is { Seen: { } seen } && status.IsUnchangedSince(seen) && known.Def.BackingStore is null && status.Kind is FileKind.Regular)
        {
            if (status.Access != seen.Access)
                known.Def = VolumeFacts.Touched(known.Def, status);
            known.Seen = status;
            return known;
        }
        return probe.Find(name, status);
    }

    /// <summary>The pool with its sizes and its folder's permissions.</summary>
    static StoragePoolDef Measured(StoragePoolDef pool, string path, SafeFileHandle folder)
    {
        FileSystemRoom room = HostFile.FindRoom(path, out int errno) ?? throw StorageErrors.System(errno, $"cannot statvfs path '{path}'");
        return pool with
        {
            Capacity = new ByteSize(room.Capacity),
            Available = new ByteSize(room.Free),
            Allocation = new ByteSize(room.Capacity - room.Free),
            Target = pool.Target! with { Permissions = VolumeFacts.PermissionsOf(path, FileStatus.Of(folder)) },
        };
    }
}
