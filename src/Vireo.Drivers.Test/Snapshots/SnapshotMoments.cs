using Vireo.Drivers.Test.Domains;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.Snapshots;

/// <summary>Snapshots of a domain.</summary>
static class SnapshotMoments
{
    /// <summary>A domain without snapshots.</summary>
    public static Moments<SnapshotDef> None { get; } = new(snapshot => snapshot.Name!, snapshot => snapshot.Parent, (snapshot, parent) => snapshot with { Parent = parent });
}
