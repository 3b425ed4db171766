using Microsoft.Extensions.Logging;
using Vireo.Hypervisor.Stores;

namespace Vireo.Drivers.NwFilter;

/// <summary>Log lines of network filters, ids 4200 to 4209.</summary>
static partial class NwFilterLines
{
    [LoggerMessage(4200, LogLevel.Warning, "{Path}: {Text}")]
    static partial void FileProblem(this ILogger log, string path, string text);

    internal static void Problem(this ILogger log, LoadProblem problem) => log.FileProblem(problem.Path, problem.Text);

    [LoggerMessage(4201, LogLevel.Error, "the filter of '{Card}' is not in force: {Why}")]
    internal static partial void NotApplied(this ILogger log, string card, string why);

    [LoggerMessage(4202, LogLevel.Warning, "the address behind '{Card}' was not learned: {Why}")]
    internal static partial void NotLearned(this ILogger log, string card, string why);
}
