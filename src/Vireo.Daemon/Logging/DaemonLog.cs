using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Host;

namespace Vireo.Daemon.Logging;

/// <summary>
/// Writes log lines as libvirt does, "TIME+0000: THREAD: PRIORITY : SOURCE:ID : TEXT", to the outputs of the configuration.
/// A source is the type that logs, without "Vireo." and "Drivers.".
/// </summary>
sealed class DaemonLog : ILoggerFactory
{
    const int OwnerOnly = 0x180;    // 0600
    static readonly string[] words = ["", "debug", "info", "warning", "error"];
    readonly Lock gate = new();
    readonly TimeProvider clock;
    Dictionary<string, FileStream> files;
    volatile LogSettings settings;

    /// <exception cref="VireoException">One of the files cannot be written.</exception>
    internal DaemonLog(LogSettings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        files = Open(settings);
    }

    /// <summary>What is in force.</summary>
    internal LogSettings Settings => settings;

    /// <summary>New settings, after a reload. What was in force stays so if one of their files cannot be written.</summary>
    /// <exception cref="VireoException">It cannot.</exception>
    internal void Change(LogSettings now)
    {
        Dictionary<string, FileStream> opened = Open(now);
        lock (gate)
        {
            CloseFiles();
            (settings, files) = (now, opened);
        }
    }

    static Dictionary<string, FileStream> Open(LogSettings settings)
    {
        var opened = new Dictionary<string, FileStream>();
        foreach (LogTarget target in settings.Targets.Where(static one => one.Kind is "file"))
        {
            int fd = LibC.open(target.Argument!, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_CLOEXEC, OwnerOnly);
            if (fd < 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                foreach (FileStream file in opened.Values)
                    file.Dispose();
                throw VireoException.System(ErrorDomain.None, errno, $"failed to open {target.Argument}");
            }
            opened[target.Argument!] = new FileStream(new SafeFileHandle(fd, ownsHandle: true), FileAccess.Write, 0);
        }
        return opened;
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
                files.GetValueOrDefault(target.Argument!)?.Write(line);     // none: the log has ended
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
            if (exception is not (null or VireoException))
                log.Write(1, name, id.Id, exception.ToString());
        }
    }
}
