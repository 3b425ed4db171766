using Vireo.Driver;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.Snapshots;

/// <summary>States of domains as snapshots call them.</summary>
static class SnapshotStates
{
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

    /// <summary>Whether the guest was there.</summary>
    public static bool HasMemory(SnapshotState? state) => state is SnapshotState.Running or SnapshotState.Paused;
}
