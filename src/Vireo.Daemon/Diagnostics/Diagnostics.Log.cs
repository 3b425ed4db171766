using Microsoft.Extensions.Logging;

namespace Vireo.Daemon.Diagnostics;

/// <summary>Log lines about calls and what is told of them, ids 70 to 79.</summary>
static partial class DiagnosticLines
{
    [LoggerMessage(70, LogLevel.Warning, "telemetry cannot be sent to {Endpoint}: {Why} ({Dropped} spans dropped so far); said once until it works again")]
    internal static partial void NotSent(this ILogger log, string endpoint, string why, long dropped);

    [LoggerMessage(71, LogLevel.Information, "{Operation} by {Caller}: {Outcome} after {Milliseconds} ms")]
    internal static partial void Called(this ILogger log, string operation, string caller, string outcome, double milliseconds);

    [LoggerMessage(72, LogLevel.Warning, "slow call: {Operation} by {Caller}: {Outcome} after {Milliseconds} ms")]
    internal static partial void SlowCall(this ILogger log, string operation, string caller, string outcome, double milliseconds);

    [LoggerMessage(73, LogLevel.Information, "metrics at http://127.0.0.1:{Port}/metrics")]
    internal static partial void MetricsAt(this ILogger log, int port);
}
