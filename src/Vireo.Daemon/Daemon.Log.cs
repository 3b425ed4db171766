using Microsoft.Extensions.Logging;
using Vireo.Cpu.Map;

namespace Vireo.Daemon;

/// <summary>Log lines of the daemon, ids 10 to 39.</summary>
static partial class DaemonLines
{
    [LoggerMessage(10, LogLevel.Information, "{Name}, libvirt version: 9.0.0, serving {Socket}")]
    internal static partial void Ready(this ILogger log, string name, string socket);

    [LoggerMessage(11, LogLevel.Information, "stopping")]
    internal static partial void Stopping(this ILogger log);

    [LoggerMessage(12, LogLevel.Warning, "{File}: nobody knows the setting '{Key}'")]
    internal static partial void UnknownSetting(this ILogger log, string file, string key);

    [LoggerMessage(13, LogLevel.Warning, "the socket '{Name}' passed by the service manager is not served")]
    internal static partial void ForeignSocket(this ILogger log, string name);

    [LoggerMessage(15, LogLevel.Error, "{Message}")]
    internal static partial void Failed(this ILogger log, string message);

    [LoggerMessage(16, LogLevel.Information, "configuration read again")]
    internal static partial void Reloaded(this ILogger log);

    [LoggerMessage(17, LogLevel.Information, "listening for {Transport} at {Address}")]
    internal static partial void Listening(this ILogger log, string transport, string address);

    [LoggerMessage(20, LogLevel.Warning, "an administrator as user {User} is refused: the daemon runs as another")]
    internal static partial void StrangeAdministrator(this ILogger log, uint? user);

    [LoggerMessage(19, LogLevel.Error, "client {Id}: {Reason}")]
    static partial void LoginFailed(this ILogger log, long id, string reason);

    /// <summary>A login that failed, with a reason that the client is not told.</summary>
    internal static void LoginFailed(this ILogger log, Rpc.Server.RpcPeer peer, string reason) => log.LoginFailed(peer.Id, reason);

    [LoggerMessage(18, LogLevel.Warning, "CPU map, {Complaint}")]
    internal static partial void MapEntryDisabled(this ILogger log, MapComplaint complaint);
}
