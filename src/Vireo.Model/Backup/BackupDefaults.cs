using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Backup;

/// <summary>A disk of the machine that is backed up.</summary>
/// <param name="Target">What the guest knows it by.</param>
/// <param name="Path">Its image; null: none is in it.</param>
/// <param name="IsFile">The image is a file, beside which a backup can be put.</param>
public readonly record struct BackedDisk(string Target, string? Path, bool IsFile);

/// <summary>Fills in what a backup's document implies for a machine.</summary>
public static class BackupDefaults
{
    /// <summary>
    /// Every disk of the machine with its part: listed ones unless they say no, the others not at all, and if none is listed all that hold an image.
    /// Where nothing is said the backup goes beside the image, under its name and <paramref name="suffix"/>.
    /// </summary>
    public static BackupDef Align(BackupDef backup, IReadOnlyList<BackedDisk> disks, string suffix)
    {
        var parts = new BackupDisk?[disks.Count];
        foreach (BackupDisk disk in backup.Disks?.All ?? default)
        {
            int index = Find(disks, disk.Name);
            if (index < 0)
                throw Unsupported($"no disk named '{disk.Name}'");
            if (parts[index] is not null)
                throw Unsupported($"disk '{disk.Name}' specified twice");
            parts[index] = disk with { Takes = disk.Takes ?? true };
        }
        bool all = backup.Disks is null;
        BackupMode mode = backup.Mode ?? BackupMode.Push;
        return backup with
        {
            Mode = mode,
            Disks = new BackupDisks
            {
                All = [.. parts.Select((part, i) => Part(part ?? new BackupDisk { Name = disks[i].Target, Takes = all && disks[i].Path is not null }, disks[i], backup, mode, suffix))],
            },
        };
    }

    static BackupDisk Part(BackupDisk part, BackedDisk disk, BackupDef backup, BackupMode mode, string suffix)
    {
        if (part.Takes is not true)
            return new BackupDisk { Name = part.Name, Takes = false };
        string? since = part.Extent == BackupExtent.Full ? null : part.Incremental ?? backup.Incremental;
        if (part.Extent == BackupExtent.Incremental && since is null)
            throw Unsupported($"'incremental' backup mode of disk '{part.Name}' requires setting 'incremental' field for disk or backup");
        return part with
        {
            Type = part.Type ?? BackupStoreType.File,
            Extent = since is null ? BackupExtent.Full : BackupExtent.Incremental,
            Incremental = since,
            Store = part.Store ?? Beside(disk, mode, suffix),
        };
    }

    static BackupStore Beside(BackedDisk disk, BackupMode mode, string suffix)
    {
        if (disk.Path is null)
            throw Unsupported($"disk '{disk.Target}' has no media");
        if (!disk.IsFile)
            throw Unsupported($"refusing to generate file name for disk '{disk.Target}'");
        return new BackupStore(mode == BackupMode.Pull, new DiskSource.OfFile { Path = $"{disk.Path}.{suffix}" });
    }

    static int Find(IReadOnlyList<BackedDisk> disks, string name)
    {
        for (int i = 0; i < disks.Count; i++)
            if (disks[i].Target == name)
                return i;
        return -1;
    }

    static VireoException Unsupported(string text) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, text);
}
