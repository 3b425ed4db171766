using Microsoft.Extensions.Logging;

namespace Vireo.Rpc.Server;

/// <summary>Log lines of the server, ids 100 to 119.</summary>
static partial class RpcServerLog
{
    [LoggerMessage(100, LogLevel.Debug, "client {Descriptor} closed: {Reason}")]
    internal static partial void ClientClosed(this ILogger log, int descriptor, string reason);

    [LoggerMessage(101, LogLevel.Warning, "client {Descriptor} does not read its events and is disconnected")]
    internal static partial void EventsUnread(this ILogger log, int descriptor);

    [LoggerMessage(102, LogLevel.Error, "cannot accept a client: {Reason}; trying again in a second")]
    internal static partial void AcceptFailed(this ILogger log, string reason);

    [LoggerMessage(103, LogLevel.Error, "a call failed after it was answered")]
    internal static partial void ThrewAfterReply(this ILogger log, Exception error);

    [LoggerMessage(104, LogLevel.Error, "closing a connection failed")]
    internal static partial void ClosingFailed(this ILogger log, Exception error);
}
