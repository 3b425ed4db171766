using System.Globalization;
using System.Text;
using Vireo.Native.Interop;

namespace Vireo.Native.Logging;

/// <summary>How much a line of the log matters (virLogPriority).</summary>
enum LogPriority
{
    Debug = 1,
    Info = 2,
    Warning = 3,
    Error = 4,
}

/// <summary>The library's log. An application that has not asked for it sees warnings, on standard error.</summary>
static unsafe class Log
{
    static readonly Lock gate = new();
    static bool introduced;

    /// <summary>Writes a line.</summary>
    internal static void Write(LogPriority priority, string function, string message)
    {
        if (priority < LogPriority.Warning)
            return;
        lock (gate)
        {
            if (!introduced)
            {
                introduced = true;
                Print(LogPriority.Info, $"libvirt version: 9.0.0, package: Vireo {typeof(Log).Assembly.GetName().Version}");
            }
            Print(priority, $"{function} : {message}");
        }
    }

    static void Print(LogPriority priority, string text)
    {
        string time = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        byte[] line = Encoding.UTF8.GetBytes($"{time}+0000: {Libc.gettid()}: {priority.ToString().ToLowerInvariant()} : {text}\n");
        fixed (byte* at = line)
            _ = Libc.write(2, at, (nuint)line.Length);
    }
}
