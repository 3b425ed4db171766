using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;
using Vireo.Cpu.Map;

namespace Vireo.Daemon.Options;

/// <summary>The CPU map that the command line asks for.</summary>
static class ChosenMap
{
    // The built-in one has 40 kB.
    const long MaxFileLength = 1 << 20;

    /// <summary>
    /// A release's map, or that of a file. The file is read now, so that a wrong name is known at once; what its entries are worth shows when
    /// a CPU is first looked at, and no bad entry keeps a guest from starting.
    /// </summary>
    internal static CpuMap Find(string? chosen, ILogger log)
    {
        if (chosen is null)
            return CpuMap.Default;
        if (MapRelease.TryParse(chosen, out MapRelease release))
            return CpuMap.Of(release);
        if (!File.Exists(chosen))
            throw VireoException.InvalidArgument(ErrorDomain.None, $"CPU map '{chosen}' is neither a release like 9.0.0 nor a file");
        if (new FileInfo(chosen).Length > MaxFileLength)
            throw VireoException.InvalidArgument(ErrorDomain.None, $"CPU map '{chosen}' is longer than {MaxFileLength} bytes");
        return CpuMap.FromText(File.ReadAllText(chosen), log.MapEntryDisabled);
    }
}
