using Microsoft.Extensions.Logging;

namespace Vireo.Rpc.Server;

/// <summary>Log lines of the server, ids 100 to 119.</summary>
static partial class RpcServerLog
{
    [LoggerMessage(100, LogLevel.Debug, "client {Id} closed: {Reason}")]
    internal static partial void ClientClosed(this ILogger log, long id, string reason);

    [LoggerMessage(101, LogLevel.Warning, "client {Id} does not read its events and is disconnected")]
    internal static partial void EventsUnread(this ILogger log, long id);

    [LoggerMessage(102, LogLevel.Error, "cannot accept a client: {Reason}; trying again in a second")]
    internal static partial void AcceptFailed(this ILogger log, string reason);

    [LoggerMessage(103, LogLevel.Error, "a call failed after it was answered")]
    internal static partial void ThrewAfterReply(this ILogger log, Exception error);

    [LoggerMessage(104, LogLevel.Error, "closing a connection failed")]
    internal static partial void ClosingFailed(this ILogger log, Exception error);

    [LoggerMessage(105, LogLevel.Warning, "{Complaint}")]
    internal static partial void CertificateDoubtful(this ILogger log, string complaint);

    [LoggerMessage(106, LogLevel.Error, "client {Id} is refused: {Reason}")]
    internal static partial void TlsRefused(this ILogger log, long id, string reason);

    [LoggerMessage(107, LogLevel.Warning, "client {Id} did not log in and is disconnected")]
    internal static partial void LoginTooLate(this ILogger log, long id);
}
