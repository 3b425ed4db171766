using System.Net.Sockets;
using Vireo.Core.Errors;

namespace Vireo.Rpc.Client;

/// <summary>How connections end, in libvirt's words.</summary>
public static class ChannelErrors
{
    const int EIO = 5;

    /// <summary>The server hung up.</summary>
    public static VirError EndOfFile() => VireoException.System(ErrorDomain.Rpc, EIO, "End of file while reading data").Error;

    /// <summary>A system call failed.</summary>
    public static VirError Failed(int errno, string text) => VireoException.System(ErrorDomain.Rpc, errno, text).Error;

    /// <summary>What the system's part of a failed stream says, if it has one.</summary>
    /// <param name="failure">The stream's failure.</param>
    /// <param name="text">What failed, without a reason.</param>
    public static VirError Of(Exception failure, string text) => (failure as SocketException ?? failure.InnerException as SocketException) is { } system
        ? Failed(system.NativeErrorCode, text) : Garbage($"{text}: {failure.Message}");

    /// <summary>We closed it ourselves.</summary>
    public static VirError Closed() => VirError.Of(ErrorCode.InternalError, ErrorDomain.Rpc, "client socket is closed");

    /// <summary>Pings went unanswered.</summary>
    public static VirError KeepaliveTimeout() =>
        VirError.Of(ErrorCode.InternalError, ErrorDomain.Rpc, "connection closed due to keepalive timeout");

    /// <summary>The server sent what no server sends.</summary>
    public static VirError Garbage(string what) => VirError.Of(ErrorCode.Rpc, ErrorDomain.Rpc, what);
}
