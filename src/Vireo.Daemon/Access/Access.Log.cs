using Microsoft.Extensions.Logging;

namespace Vireo.Daemon.Access;

/// <summary>Log lines about rights, ids 60 to 69.</summary>
static partial class AccessLines
{
    [LoggerMessage(60, LogLevel.Warning, "{Action}: {Caller} is no process of this host whose start is known, so polkit cannot be asked")]
    internal static partial void NoProcess(this ILogger log, string action, string caller);

    [LoggerMessage(61, LogLevel.Error, "polkit cannot be asked: {Why}")]
    internal static partial void NoPolkit(this ILogger log, string why);

    [LoggerMessage(62, LogLevel.Error, "the rules in force stay: {Why}")]
    internal static partial void RulesStay(this ILogger log, string why);

    [LoggerMessage(63, LogLevel.Information, "{File}: {Rules} rules")]
    internal static partial void RulesRead(this ILogger log, string file, int rules);
}
