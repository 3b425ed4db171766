using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Core.Logging;

namespace Vireo.Host.Logs;

/// <summary>The places that log lines go to, opened: standard error, files, the system's log, the journal. Not safe for two threads at once.</summary>
public sealed unsafe partial class LogOutputs : IDisposable
{
    const int OwnerOnly = 0x180;    // 0600
    static readonly string[] words = ["", "debug", "info", "warning", "error"];
    readonly IReadOnlyList<LogTarget> targets;
    readonly Dictionary<string, int> files = [];
    readonly string identifier;
    readonly List<LogTarget> greeted = [];

    [LibraryImport("libc")] private static partial int gettid();

    readonly string[] introduction;

    LogOutputs(IReadOnlyList<LogTarget> targets, string identifier, string[] introduction) =>
        (this.targets, this.identifier, this.introduction) = (targets, identifier, introduction);

    /// <summary>Opens them.</summary>
    /// <param name="targets">Where to.</param>
    /// <param name="identifier">Who writes, for the journal.</param>
    /// <param name="introduction">What each of them is told before its first line, as lines of the priority "info".</param>
    /// <exception cref="VireoException">One of the files cannot be written.</exception>
    public static LogOutputs Open(IReadOnlyList<LogTarget> targets, string identifier, params string[] introduction)
    {
        var outputs = new LogOutputs(targets, identifier, introduction);
        foreach (LogTarget target in targets.Where(static one => one.Kind is "file"))
        {
            int fd = LibC.open(target.Argument!, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_CLOEXEC, OwnerOnly);
            if (fd < 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                outputs.Dispose();
                throw VireoException.System(ErrorDomain.None, errno, $"failed to open {target.Argument}");
            }
            outputs.files[target.Argument!] = fd;
        }
        return outputs;
    }

    /// <summary>Writes a line to those that want its priority. A full disk stops nobody: there is nowhere to say it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="priority">1 (debug) to 4 (error).</param>
    /// <param name="place">Who says it.</param>
    /// <param name="text">What is said.</param>
    /// <param name="fields">More fields for the journal, each a line.</param>
    public void Write(DateTimeOffset now, int priority, string place, string text, string fields = "")
    {
        byte[]? line = null;
        foreach (LogTarget target in targets)
        {
            if (priority < target.Priority)
                continue;
            if (introduction.Length > 0 && !greeted.Contains(target))
            {
                greeted.Add(target);
                foreach (string greeting in introduction)
                    Write(target, 2, Encoding.UTF8.GetBytes(Start(now, 2) + $"{greeting}\n"), greeting, "");
            }
            Write(target, priority, line ??= Encoding.UTF8.GetBytes(Start(now, priority) + $"{place} : {text}\n"), text, fields);
        }
    }

    static string Start(DateTimeOffset now, int priority) => Start(now, gettid(), priority);

    /// <summary>How every line begins: "TIME+0000: THREAD: PRIORITY : ".</summary>
    public static string Start(DateTimeOffset now, int thread, int priority) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}+0000: {thread}: {words[priority]} : ");

    void Write(LogTarget target, int priority, byte[] line, string text, string fields)
    {
        int severity = priority switch { 1 => 7, 2 => 6, 3 => 4, _ => 3 };
        switch (target.Kind)
        {
            case "stderr":
                WriteAll(2, line);
                break;
            case "file":
                if (files.TryGetValue(target.Argument!, out int fd))    // else the log has ended
                    WriteAll(fd, line);
                break;
            case "syslog":
                LocalDatagram.Send("/dev/log", Encoding.UTF8.GetBytes($"<{24 + severity}>{target.Argument}[{Environment.ProcessId}]: {text.ReplaceLineEndings(" ")}"));
                break;
            case "journald":
                LocalDatagram.Send("/run/systemd/journal/socket", Encoding.UTF8.GetBytes(
                    $"MESSAGE={text.ReplaceLineEndings(" ")}\nPRIORITY={severity}\nSYSLOG_IDENTIFIER={identifier}\n{fields}"));
                break;
        }
    }

    static void WriteAll(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* data = bytes)
            _ = LibC.write(fd, data, (nuint)bytes.Length);
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (int fd in files.Values)
            _ = LibC.close(fd);
        files.Clear();
    }
}
