using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Long work on a domain's disks.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBlockJobs
{
    /// <summary>Ends a disk's job, by giving it up or by going over to the copy.</summary>
    [Procedure(237, Write = true), CExport("virDomainBlockJobAbort")]
    [Acl(DomainRight.Write)]
    ValueTask AbortBlockJobAsync(DomainRef domain, string path, DomainBlockJobAbortFlags flags, CancellationToken cancel);

    /// <summary>How far a disk's job is.</summary>
    [Procedure(238), CExport("virDomainGetBlockJobInfo")]
    [Acl(DomainRight.Read)]
    ValueTask<BlockJobInfo> GetBlockJobInfoAsync(DomainRef domain, string path, DomainBlockJobInfoFlags flags, CancellationToken cancel);

    /// <summary>Limits a job's speed, in MiB or bytes a second; 0: no limit.</summary>
    [Procedure(239, Write = true), CExport("virDomainBlockJobSetSpeed")]
    [Acl(DomainRight.Write)]
    ValueTask SetBlockJobSpeedAsync(
        DomainRef domain, string path, ulong bandwidth, DomainBlockJobSpeedFlags flags, CancellationToken cancel);

    /// <summary>Copies everything from the backing images into the image.</summary>
    [Procedure(240, Write = true), CExport("virDomainBlockPull")]
    [Acl(DomainRight.BlockWrite)]
    ValueTask PullBlocksAsync(DomainRef domain, string path, ulong bandwidth, DomainBlockPullFlags flags, CancellationToken cancel);

    /// <summary>Copies what is above a base into the image, or the disk into a new file.</summary>
    [Procedure(266, Write = true), CExport("virDomainBlockRebase")]
    [Acl(DomainRight.BlockWrite)]
    ValueTask RebaseBlocksAsync(
        DomainRef domain, string path, string? @base, ulong bandwidth, DomainBlockRebaseFlags flags, CancellationToken cancel);

    /// <summary>Merges images into one below them.</summary>
    [Procedure(290, Write = true), CExport("virDomainBlockCommit")]
    [Acl(DomainRight.BlockWrite)]
    ValueTask CommitBlocksAsync(
        DomainRef domain, string disk, string? @base, string? top, ulong bandwidth, DomainBlockCommitFlags flags, CancellationToken cancel);

    /// <summary>Copies a disk to where a document says, and mirrors it from then on.</summary>
    [Procedure(345, Write = true), CExport("virDomainBlockCopy")]
    [Acl(DomainRight.BlockWrite)]
    ValueTask CopyBlocksAsync(
        DomainRef domain, string path, string targetXml, [Bound(16)] TypedParameter[] parameters, DomainBlockCopyFlags flags, CancellationToken cancel);
}

/// <summary>Size of a running domain's disk.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBlockResize
{
    /// <summary>Gives a disk another size, in KiB or bytes.</summary>
    [Procedure(251, Write = true), CExport("virDomainBlockResize")]
    [Acl(DomainRight.BlockWrite)]
    ValueTask ResizeBlockAsync(DomainRef domain, string disk, ulong size, DomainBlockResizeFlags flags, CancellationToken cancel);
}

/// <summary>Warning before a disk is full.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBlockThreshold
{
    /// <summary>Raises an event when a disk grew beyond so many bytes; 0: no longer.</summary>
    [Procedure(386, Write = true), CExport("virDomainSetBlockThreshold")]
    [Acl(DomainRight.Write)]
    ValueTask SetBlockThresholdAsync(DomainRef domain, string device, ulong threshold, uint flags, CancellationToken cancel);
}

/// <summary>Backups of a running domain's disks.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBackup
{
    /// <summary>Begins a backup, and a checkpoint at the same instant.</summary>
    [Procedure(421, Write = true), CExport("virDomainBackupBegin")]
    [Acl(DomainRight.Checkpoint)]
    [Acl(DomainRight.BlockWrite)]
    ValueTask BeginBackupAsync(
        DomainRef domain, string backupXml, string? checkpointXml, DomainBackupBeginFlags flags, CancellationToken cancel);

    /// <summary>The running backup's document.</summary>
    [Procedure(422, Priority.High), CExport("virDomainBackupGetXMLDesc")]
    [Acl(DomainRight.Read)]
    ValueTask<string> GetBackupXmlAsync(DomainRef domain, uint flags, CancellationToken cancel);
}
