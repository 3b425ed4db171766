using Microsoft.Extensions.Logging;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Stores;

namespace Vireo.Drivers.Network;

/// <summary>Log lines of networks, ids 300 to 329.</summary>
static partial class NetworkLines
{
    [LoggerMessage(300, LogLevel.Warning, "{Path}: {Text}")]
    static partial void FileProblem(this ILogger log, string path, string text);

    internal static void Problem(this ILogger log, LoadProblem problem) => log.FileProblem(problem.Path, problem.Text);

    [LoggerMessage(301, LogLevel.Warning, "the packet filter for {Family} is not used: {Reason}")]
    internal static partial void NoFilter(this ILogger log, string family, string reason);

    [LoggerMessage(302, LogLevel.Warning, "dnsmasq of network '{Network}' ended; it is started again")]
    internal static partial void ServerEnded(this ILogger log, string network);

    [LoggerMessage(303, LogLevel.Error, "dnsmasq of network '{Network}' cannot be started")]
    internal static partial void ServerFailed(this ILogger log, string network, Exception fault);

    [LoggerMessage(304, LogLevel.Warning, "network '{Network}' has lost its bridge {Bridge}; it is made again")]
    internal static partial void BridgeLost(this ILogger log, string network, string bridge);

    [LoggerMessage(305, LogLevel.Error, "network '{Network}' cannot be put right")]
    internal static partial void NotMended(this ILogger log, string network, Exception fault);

    [LoggerMessage(306, LogLevel.Error, "network '{Network}' is not started")]
    internal static partial void AutostartFailed(this ILogger log, string network, Exception fault);

    [LoggerMessage(307, LogLevel.Warning, "{Flow}, step {Step}{Undo}")]
    static partial void StepFailed(this ILogger log, string flow, string step, string undo, Exception cause);

    internal static void Fault(this ILogger log, FlowFault fault) => log.StepFailed(fault.Flow, fault.Step, fault.IsUndo ? ", undone" : "", fault.Cause);

    [LoggerMessage(309, LogLevel.Warning, "network '{Network}': a hook that was told of it failed")]
    internal static partial void HookFailed(this ILogger log, string network, Exception fault);

    [LoggerMessage(310, LogLevel.Warning, "network '{Network}' has lost rules of the packet filter; they are put in again")]
    internal static partial void RulesLost(this ILogger log, string network);

    [LoggerMessage(311, LogLevel.Warning, "{What} cannot be watched: what others take from networks is put back when the daemon is told to reload. {Reason}")]
    internal static partial void NotWatched(this ILogger log, string what, string reason);

    [LoggerMessage(308, LogLevel.Warning, "network '{Network}': {Text}")]
    internal static partial void Notice(this ILogger log, string network, string text);
}
