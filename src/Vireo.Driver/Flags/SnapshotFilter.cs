using Vireo.Model.Snapshot;

namespace Vireo.Driver;

/// <summary>Which snapshots a listing is about. A group of flags that is not mentioned lets everything through.</summary>
public static class SnapshotFilter
{
    /// <summary>All flags of listings.</summary>
    public const SnapshotListFlags Known = SnapshotListFlags.Roots | SnapshotListFlags.Leaves | SnapshotListFlags.NoLeaves | SnapshotListFlags.Metadata
        | SnapshotListFlags.NoMetadata | SnapshotListFlags.Inactive | SnapshotListFlags.Active | SnapshotListFlags.DiskOnly | SnapshotListFlags.Internal
        | SnapshotListFlags.External | SnapshotListFlags.Topological;

    /// <summary>Whether a listing shows a snapshot.</summary>
    public static bool Fits(Moments<SnapshotDef> all, SnapshotDef snapshot, SnapshotListFlags flags)
    {
        bool external = snapshot.Memory?.Location is SnapshotLocation.External || snapshot.Disks.Any(disk => disk.Location is SnapshotLocation.External);
        return flags.Group((SnapshotListFlags.Leaves, !all.HasChildren(snapshot)), (SnapshotListFlags.NoLeaves, all.HasChildren(snapshot)))
            && flags.Group((SnapshotListFlags.Metadata, true), (SnapshotListFlags.NoMetadata, false))
            && flags.Group((SnapshotListFlags.Inactive, snapshot.State is SnapshotState.Shutoff), (SnapshotListFlags.DiskOnly, snapshot.State is SnapshotState.DiskSnapshot),
                (SnapshotListFlags.Active, snapshot.State is not (SnapshotState.Shutoff or SnapshotState.DiskSnapshot)))
            && flags.Group((SnapshotListFlags.Internal, !external), (SnapshotListFlags.External, external));
    }
}
