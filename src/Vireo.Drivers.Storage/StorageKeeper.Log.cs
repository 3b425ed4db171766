using Microsoft.Extensions.Logging;

namespace Vireo.Drivers.Storage;

/// <summary>What the driver logs; ids 4000 to 4099.</summary>
sealed partial class StorageLog(ILogger logger)
{
    readonly ILogger _logger = logger;

    [LoggerMessage(4000, LogLevel.Warning, "Flow {Flow}: step {Step} failed and the flow went on")]
    internal partial void FlowFault(string flow, string step, Exception fault);

    [LoggerMessage(4001, LogLevel.Error, "File {Path} was not understood and is left alone: {Why}")]
    internal partial void FileNotUnderstood(string path, string why);

    [LoggerMessage(4002, LogLevel.Error, "Storage pool {Name}: the daemon before us started it, and it cannot be taken over")]
    internal partial void RestoreFailed(string name, Exception fault);

    [LoggerMessage(4003, LogLevel.Error, "Storage pool {Name}: it was not autostarted")]
    internal partial void AutostartFailed(string name, Exception fault);

    [LoggerMessage(4004, LogLevel.Warning, "Storage pool {Name}: looking at it after an upload failed")]
    internal partial void LookFailed(string name, Exception fault);

    [LoggerMessage(4005, LogLevel.Error, "An event was not delivered")]
    internal partial void SinkFailed(Exception fault);

    [LoggerMessage(4006, LogLevel.Warning, "Storage pool {Name}: its looking at takes longer than a start of the daemon waits")]
    internal partial void RestoreSlow(string name);
}
