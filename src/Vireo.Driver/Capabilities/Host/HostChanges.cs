using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Sleep of the host.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeSleep
{
    /// <summary>Puts the host to sleep for so many seconds.</summary>
    [Procedure(250, Write = true), CExport("virNodeSuspendForDuration")]
    [Acl(ConnectRight.PmControl)]
    ValueTask SuspendForDurationAsync([Wire(WireType.UInt)] NodeSuspendTarget target, ulong duration, uint flags, CancellationToken cancel);
}

/// <summary>How the host merges equal pages of memory.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeMemoryParameters
{
    /// <summary>Changes what is named.</summary>
    [Procedure(288, Write = true), CExport("virNodeSetMemoryParameters")]
    [Acl(ConnectRight.Write)]
    ValueTask SetMemoryParametersAsync([Bound(64)] TypedParameter[] parameters, uint flags, CancellationToken cancel);

    /// <summary>Settings and counters, by name.</summary>
    [Procedure(289, Shape = Shape.TwoStep), CExport("virNodeGetMemoryParameters")]
    [Acl(ConnectRight.Read)]
    [return: Bound(64)]
    ValueTask<TypedParameter[]> GetMemoryParametersAsync(uint flags, CancellationToken cancel);
}

/// <summary>Free pages of the host.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodePages
{
    /// <summary>Free pages of each size (KiB) in each of so many cells from a first one on (-1: the whole host).</summary>
    [Procedure(340, Priority.High), CExport("virNodeGetFreePages")]
    [Acl(ConnectRight.Read)]
    [return: Bound(1024)]
    ValueTask<ulong[]> GetFreePagesAsync([Bound(1024)] uint[] sizes, int startCell, uint cellCount, uint flags, CancellationToken cancel);
}

/// <summary>Reserving huge pages.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodePageAllocation
{
    /// <summary>Adds or sets the number of pages of each size (KiB); says in how many cells it did.</summary>
    [Procedure(347, Write = true), CExport("virNodeAllocPages")]
    [Acl(ConnectRight.Write)]
    ValueTask<int> AllocatePagesAsync(
        [Bound(1024)] uint[] sizes, [Bound(1024)] ulong[] counts, int startCell, uint cellCount, NodeAllocatePagesFlags flags, CancellationToken cancel);
}

/// <summary>Memory encryption of the host.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeSev
{
    /// <summary>Keys and limits of AMD's memory encryption, by name.</summary>
    [Procedure(395, Write = true, Shape = Shape.Told, Texts = TextFlag.Taken), CExport("virNodeGetSEVInfo")]
    [Acl(ConnectRight.Read)]
    [return: Bound(64)]
    ValueTask<TypedParameter[]> GetSevInformationAsync(uint flags, CancellationToken cancel);
}
