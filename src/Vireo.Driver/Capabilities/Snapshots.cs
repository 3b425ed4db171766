using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Snapshots of a domain.</summary>
[Capability(ErrorDomain.DomainSnapshot)]
public interface ISnapshots
{
    /// <summary>How many there are.</summary>
    [Procedure(187, Priority.High, Inline = true), CExport("virDomainSnapshotNum")]
    [Acl(DomainRight.Read)]
    ValueTask<int> CountSnapshotsAsync(DomainRef domain, SnapshotListFlags flags, CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(188, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virDomainSnapshotListNames")]
    [Acl(DomainRight.Read)]
    [return: Bound(16384)]
    ValueTask<string[]> ListSnapshotNamesAsync(DomainRef domain, SnapshotListFlags flags, CancellationToken cancel);

    /// <summary>All of them.</summary>
    [Procedure(274, Priority.High, Inline = true, Shape = Shape.List), CExport("virDomainListAllSnapshots")]
    [Acl(DomainRight.Read)]
    [return: Bound(16384)]
    ValueTask<SnapshotRef[]> ListSnapshotsAsync(DomainRef domain, SnapshotListFlags flags, CancellationToken cancel);

    /// <summary>How many children a snapshot has.</summary>
    [Procedure(246, Priority.High, Inline = true), CExport("virDomainSnapshotNumChildren")]
    [Acl(DomainRight.Read)]
    ValueTask<int> CountChildrenAsync(SnapshotRef snapshot, SnapshotListFlags flags, CancellationToken cancel);

    /// <summary>The names of its children.</summary>
    [Procedure(247, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virDomainSnapshotListChildrenNames")]
    [Acl(DomainRight.Read)]
    [return: Bound(16384)]
    ValueTask<string[]> ListChildrenNamesAsync(SnapshotRef snapshot, SnapshotListFlags flags, CancellationToken cancel);

    /// <summary>Its children.</summary>
    [Procedure(275, Priority.High, Inline = true, Shape = Shape.List), CExport("virDomainSnapshotListAllChildren")]
    [Acl(DomainRight.Read)]
    [return: Bound(16384)]
    ValueTask<SnapshotRef[]> ListChildrenAsync(SnapshotRef snapshot, SnapshotListFlags flags, CancellationToken cancel);

    /// <summary>The snapshot with this name.</summary>
    [Procedure(189, Priority.High, Inline = true), CExport("virDomainSnapshotLookupByName")]
    [Acl(DomainRight.Read)]
    ValueTask<SnapshotRef> LookupSnapshotAsync(DomainRef domain, string name, uint flags, CancellationToken cancel);

    /// <summary>Whether there is a current one.</summary>
    [Procedure(190, Inline = true), CExport("virDomainHasCurrentSnapshot")]
    [Acl(DomainRight.Read)]
    ValueTask<bool> HasCurrentSnapshotAsync(DomainRef domain, uint flags, CancellationToken cancel);

    /// <summary>The current one.</summary>
    [Procedure(191, Inline = true), CExport("virDomainSnapshotCurrent")]
    [Acl(DomainRight.Read)]
    ValueTask<SnapshotRef> GetCurrentSnapshotAsync(DomainRef domain, uint flags, CancellationToken cancel);

    /// <summary>The snapshot it is built on.</summary>
    [Procedure(244, Priority.High, Inline = true), CExport("virDomainSnapshotGetParent")]
    [Acl(DomainRight.Read)]
    ValueTask<SnapshotRef> GetParentAsync(SnapshotRef snapshot, uint flags, CancellationToken cancel);

    /// <summary>Whether it is the current one.</summary>
    [Procedure(271, Inline = true), CExport("virDomainSnapshotIsCurrent")]
    [Acl(DomainRight.Read)]
    ValueTask<bool> IsCurrentAsync(SnapshotRef snapshot, uint flags, CancellationToken cancel);

    /// <summary>Whether our own metadata describe it.</summary>
    [Procedure(272, Inline = true), CExport("virDomainSnapshotHasMetadata")]
    [Acl(DomainRight.Read)]
    ValueTask<bool> HasMetadataAsync(SnapshotRef snapshot, uint flags, CancellationToken cancel);

    /// <summary>The snapshot's document.</summary>
    [Procedure(186, Priority.High, Inline = true), CExport("virDomainSnapshotGetXMLDesc")]
    [Acl(DomainRight.Read)]
    [Acl(DomainRight.ReadSecure, If = SnapshotXmlFlags.Secure)]
    ValueTask<string> GetSnapshotXmlAsync(SnapshotRef snapshot, SnapshotXmlFlags flags, CancellationToken cancel);

    /// <summary>Makes a snapshot.</summary>
    [Procedure(185, Write = true), CExport("virDomainSnapshotCreateXML")]
    [Acl(DomainRight.Snapshot)]
    [Acl(DomainRight.FsFreeze, If = SnapshotCreateFlags.Quiesce)]
    ValueTask<SnapshotRef> CreateSnapshotAsync(DomainRef domain, string xml, SnapshotCreateFlags flags, CancellationToken cancel);

    /// <summary>Goes back to a snapshot.</summary>
    [Procedure(192, Write = true), CExport("virDomainRevertToSnapshot")]
    [Acl(DomainRight.Snapshot)]
    ValueTask RevertAsync(SnapshotRef snapshot, SnapshotRevertFlags flags, CancellationToken cancel);

    /// <summary>Deletes a snapshot.</summary>
    [Procedure(193, Write = true), CExport("virDomainSnapshotDelete")]
    [Acl(DomainRight.Snapshot)]
    ValueTask DeleteSnapshotAsync(SnapshotRef snapshot, SnapshotDeleteFlags flags, CancellationToken cancel);
}

/// <summary>Checkpoints of a domain.</summary>
[Capability(ErrorDomain.DomainCheckpoint)]
public interface ICheckpoints
{
    /// <summary>All of them.</summary>
    [Procedure(413, Priority.High, Inline = true, Shape = Shape.List), CExport("virDomainListAllCheckpoints")]
    [Acl(DomainRight.Read)]
    [return: Bound(16384)]
    ValueTask<CheckpointRef[]> ListCheckpointsAsync(DomainRef domain, CheckpointListFlags flags, CancellationToken cancel);

    /// <summary>Its children.</summary>
    [Procedure(414, Priority.High, Inline = true, Shape = Shape.List), CExport("virDomainCheckpointListAllChildren")]
    [Acl(DomainRight.Read)]
    [return: Bound(16384)]
    ValueTask<CheckpointRef[]> ListCheckpointChildrenAsync(
        CheckpointRef checkpoint, CheckpointListFlags flags, CancellationToken cancel);

    /// <summary>The checkpoint with this name.</summary>
    [Procedure(415, Priority.High, Inline = true), CExport("virDomainCheckpointLookupByName")]
    [Acl(DomainRight.Read)]
    ValueTask<CheckpointRef> LookupCheckpointAsync(DomainRef domain, string name, uint flags, CancellationToken cancel);

    /// <summary>The checkpoint before it.</summary>
    [Procedure(416, Priority.High, Inline = true), CExport("virDomainCheckpointGetParent")]
    [Acl(DomainRight.Read)]
    ValueTask<CheckpointRef> GetCheckpointParentAsync(CheckpointRef checkpoint, uint flags, CancellationToken cancel);

    /// <summary>The checkpoint's document.</summary>
    [Procedure(412, Inline = true), CExport("virDomainCheckpointGetXMLDesc")]
    [Acl(DomainRight.Read)]
    [Acl(DomainRight.ReadSecure, If = CheckpointXmlFlags.Secure)]
    ValueTask<string> GetCheckpointXmlAsync(CheckpointRef checkpoint, CheckpointXmlFlags flags, CancellationToken cancel);

    /// <summary>Makes a checkpoint.</summary>
    [Procedure(411, Write = true), CExport("virDomainCheckpointCreateXML")]
    [Acl(DomainRight.Checkpoint)]
    [Acl(DomainRight.FsFreeze, If = CheckpointCreateFlags.Quiesce)]
    ValueTask<CheckpointRef> CreateCheckpointAsync(
        DomainRef domain, string xml, CheckpointCreateFlags flags, CancellationToken cancel);

    /// <summary>Deletes a checkpoint.</summary>
    [Procedure(417, Write = true), CExport("virDomainCheckpointDelete")]
    [Acl(DomainRight.Checkpoint)]
    ValueTask DeleteCheckpointAsync(CheckpointRef checkpoint, CheckpointDeleteFlags flags, CancellationToken cancel);
}
