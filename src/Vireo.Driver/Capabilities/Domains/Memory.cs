using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>A domain's memory in a file.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainCoreDump
{
    /// <summary>Writes memory into a file.</summary>
    [Procedure(53, Write = true), CExport("virDomainCoreDump")]
    [Acl(DomainRight.CoreDump)]
    ValueTask DumpCoreAsync(DomainRef domain, string to, DomainCoreDumpFlags flags, CancellationToken cancel);
}

/// <summary>A domain's memory in a file of a chosen format.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainCoreDumpFormats
{
    /// <summary>Writes memory into a file.</summary>
    [Procedure(334, Write = true), CExport("virDomainCoreDumpWithFormat")]
    [Acl(DomainRight.CoreDump)]
    ValueTask DumpCoreAsync(
        DomainRef domain, string to, [Wire(WireType.UInt)] DomainCoreDumpFormat format, DomainCoreDumpFlags flags, CancellationToken cancel);
}

/// <summary>Looking into a domain's disk.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBlockPeek
{
    /// <summary>Reads bytes of a disk, by target or path.</summary>
    [Procedure(103, Write = true), CExport("virDomainBlockPeek")]
    [Acl(DomainRight.BlockRead)]
    [return: Bound(4194304)]
    ValueTask<byte[]> PeekBlockAsync(DomainRef domain, string path, ulong offset, uint size, uint flags, CancellationToken cancel);
}

/// <summary>Looking into a domain's memory.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMemoryPeek
{
    /// <summary>Reads bytes of memory.</summary>
    [Procedure(104, Write = true), CExport("virDomainMemoryPeek")]
    [Acl(DomainRight.MemRead)]
    [return: Bound(4194304)]
    ValueTask<byte[]> PeekMemoryAsync(DomainRef domain, ulong offset, uint size, DomainMemoryPeekFlags flags, CancellationToken cancel);
}

/// <summary>How fast a domain writes its memory.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainDirtyRate
{
    /// <summary>Begins to measure for so many seconds (1 to 60); statistics tell the result.</summary>
    [Procedure(427, Write = true), CExport("virDomainStartDirtyRateCalc")]
    [Acl(DomainRight.Write)]
    ValueTask MeasureDirtyRateAsync(DomainRef domain, int seconds, DomainDirtyRateFlags flags, CancellationToken cancel);
}
