using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.Snapshots;

/// <summary>Which snapshots a listing is about. A group of flags that is not mentioned lets everything through.</summary>
static class SnapshotFilter
{
    const SnapshotListFlags Known = SnapshotListFlags.Roots | SnapshotListFlags.Leaves | SnapshotListFlags.NoLeaves | SnapshotListFlags.Metadata
        | SnapshotListFlags.NoMetadata | SnapshotListFlags.Inactive | SnapshotListFlags.Active | SnapshotListFlags.DiskOnly | SnapshotListFlags.Internal
        | SnapshotListFlags.External | SnapshotListFlags.Topological;

    /// <summary>Refuses flags that are unknown. Names are counted before they are listed, and so the counting function complains of both.</summary>
    public static void Check(SnapshotListFlags flags, string function) => flags.Only(Known, function);

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
