using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Vireo.Daemon.Logging;

/// <summary>
/// Writes log lines as libvirt does, "TIME+0000: THREAD: PRIORITY : SOURCE:ID : TEXT", to the outputs of the configuration.
/// A source is the type that logs, without "Vireo." and "Drivers.".
/// </summary>
sealed class DaemonLog(LogSettings settings, TimeProvider clock) : ILoggerFactory
{
    static readonly string[] words = ["", "debug", "info", "warning", "error"];
    readonly Lock gate = new();
    readonly Dictionary<string, FileStream> files = [];
    volatile LogSettings settings = settings;

    /// <summary>What is in force.</summary>
    internal LogSettings Settings => settings;

    /// <summary>New settings, after a reload.</summary>
    internal void Change(LogSettings now)
    {
        lock (gate)
        {
            settings = now;
            CloseFiles();
        }
    }

    public ILogger CreateLogger(string categoryName) => new Source(this, categoryName
        .Replace("Vireo.", "", StringComparison.Ordinal).Replace("Drivers.", "", StringComparison.Ordinal));

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("outputs come from the configuration");

    public void Dispose()
    {
        lock (gate)
            CloseFiles();
    }

    void CloseFiles()
    {
        foreach (FileStream file in files.Values)
            file.Dispose();
        files.Clear();
    }

    internal static string Line(DateTimeOffset now, int thread, int priority, string source, int id, string text) =>
        $"{now.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}+0000: {thread}: {words[priority]} : {source}:{id} : {text}\n";

    void Write(int priority, string source, int id, string text, IReadOnlyList<KeyValuePair<string, object?>>? fields = null)
    {
        lock (gate)
        {
            byte[]? line = null;
            foreach (LogTarget target in settings.Targets)
            {
                if (priority < target.Priority)
                    continue;
                line ??= Encoding.UTF8.GetBytes(Line(clock.GetUtcNow(), Native.gettid(), priority, source, id, text));
                try
                {
                    Write(target, priority, line, text, fields);
                }
                catch (IOException)
                {
                    // A full disk must not stop the daemon; there is nowhere to say it.
                }
            }
        }
    }

    void Write(LogTarget target, int priority, byte[] line, string text, IReadOnlyList<KeyValuePair<string, object?>>? fields)
    {
        int severity = priority switch { 1 => 7, 2 => 6, 3 => 4, _ => 3 };
        switch (target.Kind)
        {
            case "stderr":
                WriteError(line);
                break;
            case "file":
                if (!files.TryGetValue(target.Argument!, out FileStream? file))
                    file = files[target.Argument!] = new FileStream(
                        target.Argument!, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
                file.Write(line);
                break;
            case "syslog":
                Native.SendDatagram("/dev/log", Encoding.UTF8.GetBytes(
                    $"<{24 + severity}>{target.Argument}[{Environment.ProcessId}]: {text.ReplaceLineEndings(" ")}"));
                break;
            case "journald":
                Native.SendDatagram("/run/systemd/journal/socket", Encoding.UTF8.GetBytes(
                    $"MESSAGE={text.ReplaceLineEndings(" ")}\nPRIORITY={severity}\nSYSLOG_IDENTIFIER=vireod\n{Fields(fields)}"));
                break;
        }
    }

    /// <summary>What stands in braces in a message is a field of its own in the journal: {Caller} is VIREO_CALLER.</summary>
    internal static string Fields(IReadOnlyList<KeyValuePair<string, object?>>? fields) => fields is null ? "" : string.Concat(fields
        .Where(static field => field.Key.All(char.IsAsciiLetterOrDigit))
        .Select(static field => string.Create(CultureInfo.InvariantCulture, $"VIREO_{field.Key.ToUpperInvariant()}={field.Value}").ReplaceLineEndings(" ") + "\n"));

    static unsafe void WriteError(byte[] line)
    {
        fixed (byte* data = line)
            _ = Native.write(2, data, line.Length);
    }

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
            if (exception is not (null or Core.Errors.VireoException))
                log.Write(1, name, id.Id, exception.ToString());
        }
    }
}
