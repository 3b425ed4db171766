using System.Globalization;
using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Core.Logging;
using Vireo.Host.Logs;

namespace Vireo.Daemon.Logging;

/// <summary>
/// Writes log lines as libvirt does, "TIME+0000: THREAD: PRIORITY : SOURCE:ID : TEXT", to the outputs of the configuration.
/// A source is the type that logs, without "Vireo." and "Drivers.".
/// </summary>
sealed class DaemonLog : ILoggerFactory
{
    readonly Lock gate = new();
    readonly TimeProvider clock;
    LogOutputs outputs;
    volatile LogSettings settings;

    /// <exception cref="VireoException">One of the files cannot be written.</exception>
    internal DaemonLog(LogSettings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        outputs = Open(settings);
    }

    /// <summary>What a daemon's file says, over which the environment goes.</summary>
    /// <exception cref="VireoException">A word of either makes no sense.</exception>
    internal static LogSettings SettingsOf(LibvirtdConfig config, Func<string, string?> variable, bool verbose, string? defaultOutput)
    {
        int level = config.LogLevel is >= 1 and <= 4 ? config.LogLevel : 3;
        return LogSettings.From(verbose ? Math.Min(level, 2) : level, config.LogFilters, config.LogOutputs, variable, defaultOutput);
    }

    /// <summary>What is in force.</summary>
    internal LogSettings Settings => settings;

    /// <summary>New settings, after a reload. What was in force stays so if one of their files cannot be written.</summary>
    /// <exception cref="VireoException">It cannot.</exception>
    internal void Change(LogSettings now)
    {
        LogOutputs opened = Open(now);
        lock (gate)
        {
            outputs.Dispose();
            (settings, outputs) = (now, opened);
        }
    }

    static LogOutputs Open(LogSettings settings) => LogOutputs.Open(settings.Targets, "vireod");

    public ILogger CreateLogger(string categoryName) => new Source(this, categoryName
        .Replace("Vireo.", "", StringComparison.Ordinal).Replace("Drivers.", "", StringComparison.Ordinal));

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("outputs come from the configuration");

    public void Dispose()
    {
        lock (gate)
            outputs.Dispose();
    }

    void Write(int priority, string source, int id, string text, IReadOnlyList<KeyValuePair<string, object?>>? fields = null)
    {
        bool inJournal = settings.Targets.Any(static one => one.Kind is "journald");
        lock (gate)
            outputs.Write(clock.GetUtcNow(), priority, $"{source}:{id}", text, inJournal ? Fields(fields) : "");
    }

    /// <summary>What stands in braces in a message is a field of its own in the journal: {Caller} is VIREO_CALLER.</summary>
    internal static string Fields(IReadOnlyList<KeyValuePair<string, object?>>? fields) => fields is null ? "" : string.Concat(fields
        .Where(static field => field.Key.All(char.IsAsciiLetterOrDigit))
        .Select(static field => string.Create(CultureInfo.InvariantCulture, $"VIREO_{field.Key.ToUpperInvariant()}={field.Value}").ReplaceLineEndings(" ") + "\n"));

    sealed class Source(DaemonLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        static int PriorityOf(LogLevel level) => level switch
        {
            LogLevel.Trace or LogLevel.Debug => 1,
            LogLevel.Information => 2,
            LogLevel.Warning => 3,
            _ => 4,
        };

        public bool IsEnabled(LogLevel level) => level is not LogLevel.None && PriorityOf(level) >= log.settings.For(name);

        public void Log<TState>(
            LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(level))
                return;
            string text = formatter(state, exception);
            log.Write(PriorityOf(level), name, id.Id, exception is null ? text : $"{text}: {exception.Message}",
                state as IReadOnlyList<KeyValuePair<string, object?>>);
            if (exception is not (null or VireoException))
                log.Write(1, name, id.Id, exception.ToString());
        }
    }
}
