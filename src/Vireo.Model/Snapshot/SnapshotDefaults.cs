using System.Globalization;
using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Snapshot;

/// <summary>Fills in what a snapshot's document implies.</summary>
public static class SnapshotDefaults
{
    /// <summary>The snapshot as libvirt keeps it.</summary>
    /// <param name="snapshot">As written.</param>
    /// <param name="flags">How it was read.</param>
    /// <param name="now">In seconds since 1970: the time of a new one, and its name if it has none. Null: neither is filled in.</param>
    public static SnapshotDef Apply(SnapshotDef snapshot, SnapshotParse flags, long? now)
    {
        bool again = flags.HasFlag(SnapshotParse.Redefine);
        return snapshot with
        {
            Name = snapshot.Name ?? now?.ToString(CultureInfo.InvariantCulture),
            CreationTime = again ? snapshot.CreationTime : now,
            Memory = Memory(snapshot, flags),
            Disks = snapshot.Disks.Map(Disk),
            Active = flags.HasFlag(SnapshotParse.Internal) ? snapshot.Active : null,
        };
    }

    internal static bool IsOffline(SnapshotDef snapshot, SnapshotParse flags) =>
        flags.HasFlag(SnapshotParse.Offline) || snapshot.State is SnapshotState.Shutoff or SnapshotState.DiskSnapshot;

    static SnapshotMemory? Memory(SnapshotDef snapshot, SnapshotParse flags)
    {
        if (snapshot.Memory is { Location: not null } said)
            return said;
        if (snapshot.Memory is { File: not null } file)
            return file with { Location = SnapshotLocation.External };
        if (!flags.HasFlag(SnapshotParse.Redefine))
            return null;
        return new SnapshotMemory { Location = IsOffline(snapshot, flags) ? SnapshotLocation.No : SnapshotLocation.Internal };
    }

    // Only a disk with an image or a format of its own says of what type the image is.
    static SnapshotDisk Disk(SnapshotDisk disk)
    {
        bool has = disk.Image is not null || disk.Format is not null;
        return disk with
        {
            Location = disk.Location ?? (has ? SnapshotLocation.External : null),
            Source = has ? disk.Source ?? new DiskSource.OfFile() : null,
            MetadataCache = has ? disk.MetadataCache : null,
        };
    }
}
