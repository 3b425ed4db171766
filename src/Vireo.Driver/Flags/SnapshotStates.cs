using Vireo.Model.Snapshot;

namespace Vireo.Driver;

/// <summary>States of domains as snapshots call them.</summary>
public static class SnapshotStates
{
    /// <summary>What a snapshot says of a domain that is in a state when it is made.</summary>
    /// <param name="state">The domain's state; those that snapshots have no word for are shutoff.</param>
    public static SnapshotState Of(DomainState state) => state switch
    {
        DomainState.Running => SnapshotState.Running,
        DomainState.Blocked => SnapshotState.Blocked,
        DomainState.Paused => SnapshotState.Paused,
        DomainState.Shutdown => SnapshotState.Shutdown,
        DomainState.Crashed => SnapshotState.Crashed,
        DomainState.PmSuspended => SnapshotState.PmSuspended,
        _ => SnapshotState.Shutoff,
    };

    /// <summary>Whether the guest was there: a snapshot that says so has its memory.</summary>
    /// <param name="state">The snapshot's state; null: none is said.</param>
    public static bool HasMemory(SnapshotState? state) => state is SnapshotState.Running or SnapshotState.Paused;
}
