using Vireo.Drivers.Test.Domains;
using Vireo.Model.Checkpoint;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.Checkpoints;

/// <summary>Checkpoints of a domain.</summary>
static class CheckpointMoments
{
    /// <summary>A domain without checkpoints.</summary>
    public static Moments<CheckpointDef> None { get; } = new(checkpoint => checkpoint.Name!, checkpoint => checkpoint.Parent, (checkpoint, parent) => checkpoint with { Parent = parent });
}
