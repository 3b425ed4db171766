using Vireo.Driver;
using Vireo.Model.Checkpoint;
using Vireo.Model.Snapshot;

namespace Vireo;

/// <summary>A snapshot of a domain.</summary>
[Wraps(typeof(SnapshotRef))]
public sealed partial class DomainSnapshot
{
    /// <summary>Its document, read.</summary>
    public async Task<SnapshotDef> GetDefinitionAsync(SnapshotXmlFlags flags = default, CancellationToken cancel = default) =>
        SnapshotDef.Parse(await GetSnapshotXmlAsync(flags, cancel).ConfigureAwait(false), SnapshotParse.Redefine);
}

/// <summary>A checkpoint of a domain.</summary>
[Wraps(typeof(CheckpointRef))]
public sealed partial class DomainCheckpoint
{
    /// <summary>Its document, read.</summary>
    public async Task<CheckpointDef> GetDefinitionAsync(CheckpointXmlFlags flags = default, CancellationToken cancel = default) =>
        CheckpointDef.Parse(await GetCheckpointXmlAsync(flags, cancel).ConfigureAwait(false), redefine: true);
}
