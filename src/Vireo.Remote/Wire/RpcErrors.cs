using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>The protocol layer's own errors, in libvirt's wording.</summary>
static class RpcErrors
{
    internal static VirError Of(string detail) => VirError.Of(ErrorCode.Rpc, ErrorDomain.Rpc, detail);

    internal static VireoException Exception(string detail) => new(Of(detail));

    internal static VirError NotOpen { get; } = VirError.Of(ErrorCode.InternalError, ErrorDomain.Rpc, "hypervisor connection not open");

    internal static VirError AlreadyOpen { get; } = VirError.Of(ErrorCode.InternalError, ErrorDomain.Rpc, "connection already open");

    /// <summary>Whatever went wrong in a call, as the error that the client gets.</summary>
    internal static VirError From(Exception exception) => exception switch
    {
        VireoException known => known.Error,
        XdrException => Of("Unable to decode message payload"),
        OperationCanceledException => VirError.Of(ErrorCode.OperationAborted, ErrorDomain.Rpc, "the connection was closed"),
        _ => VirError.Of(ErrorCode.InternalError, ErrorDomain.Rpc, $"{exception.GetType().Name}: {exception.Message}"),
    };
}
