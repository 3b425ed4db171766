using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Model.Snapshot;

/// <summary>What must hold of every snapshot, as written.</summary>
public static class SnapshotRules
{
    /// <summary>Runs every rule.</summary>
    public static Findings Check(SnapshotDef snapshot, SnapshotParse flags)
    {
        var found = new Findings(ErrorDomain.DomainSnapshot);
        if (flags.HasFlag(SnapshotParse.Redefine))
            Redefined(snapshot, found);
        Memory(snapshot, flags, found);
        foreach (SnapshotDisk disk in snapshot.Disks)
            Disk(disk, found);
        return found;
    }

    static void Redefined(SnapshotDef snapshot, Findings found)
    {
        if (snapshot.Name is null)
            found.Wrong(snapshot, "a redefined snapshot must have a name");
        if (snapshot.CreationTime is null)
            found.Add(snapshot, ErrorCode.InternalError, "missing creationTime from existing snapshot");
        if (snapshot.State is null)
            found.Wrong(snapshot, "missing state from existing snapshot");
    }

    static void Memory(SnapshotDef snapshot, SnapshotParse flags, Findings found)
    {
        if (snapshot.Memory is not { } memory)
            return;
        if (memory is { Location: null or SnapshotLocation.External, File: { } path } && !path.StartsWith('/'))
            found.Wrong(memory, $"memory snapshot file path ({path}) must be absolute");
        if (memory.Location == SnapshotLocation.Manual)
            found.Wrong(memory, "'manual' memory snapshot mode not supported");
        else if (memory is { File: { } file, Location: not (null or SnapshotLocation.External) })
            found.Wrong(memory, $"memory filename '{file}' requires external snapshot");
        else if (memory is { File: null, Location: SnapshotLocation.External })
            found.Wrong(memory, "external memory snapshots require a filename");
        if (SnapshotDefaults.IsOffline(snapshot, flags) && (memory.File is not null || memory.Location is not (null or SnapshotLocation.No)))
            found.Wrong(memory, "memory state cannot be saved with offline or disk-only snapshot");
    }

    static void Disk(SnapshotDisk disk, Findings found)
    {
        if (disk.Source is not (null or DiskSource.OfFile or DiskSource.OfBlock or DiskSource.OfNetwork))
            found.Wrong(disk, $"unsupported disk snapshot type '{disk.Source.XmlTag}'");
        if (disk.Format is StorageFormat.None or StorageFormat.Auto)
            found.Unsupported(disk, $"unknown disk snapshot driver '{disk.Format.Value.ToXml()}'");
        if (disk.Source is DiskSource.OfFile or DiskSource.OfBlock && disk.Image is { } path && !path.StartsWith('/'))
            found.Wrong(disk, $"disk snapshot image path '{path}' must be absolute");
        if (disk.Source is { Encryption: { } encryption })
            SecretRules.Check(encryption, found);
    }
}
