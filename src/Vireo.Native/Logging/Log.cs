using System.Runtime.CompilerServices;
using Vireo.Core.Errors;
using Vireo.Core.Logging;
using Vireo.Host.Logs;

namespace Vireo.Native.Logging;

/// <summary>
/// The library's log, as LIBVIRT_DEBUG, LIBVIRT_LOG_FILTERS and LIBVIRT_LOG_OUTPUTS want it when the library is used first. A program that has not asked for it sees
/// warnings, on standard error. Errors are the program's to tell: they are logged only where outputs were asked for.
/// </summary>
static class Log
{
    const int Debug = 1, Warning = 3, Error = 4;
    const string Outputs = "LIBVIRT_LOG_OUTPUTS";

    static readonly Lock gate = new();
    static readonly LogOutputs outputs;
    static readonly LogSettings settings;
    static readonly VirError? wrong;
    static readonly bool hasOutputs;

    static Log()
    {
        try
        {
            settings = LogSettings.From(Warning, "", "", Environment.GetEnvironmentVariable, "1:stderr");
            outputs = Open();
            hasOutputs = Environment.GetEnvironmentVariable(Outputs)?.AsSpan().Trim().Length > 0;
            IsTracing = settings.Level is Debug || settings.Filters.Any(static one => one.Priority is Debug);
        }
        catch (VireoException e)
        {
            wrong = e.Error;
            settings = LogSettings.From(Warning, "", "", static _ => null, "1:stderr");
            outputs = Open();
        }
    }

    static LogOutputs Open() => LogOutputs.Open(settings.Targets, "libvirt",
        $"libvirt version: 9.0.0, package: Vireo {typeof(Log).Assembly.GetName().Version}", $"hostname: {Environment.MachineName}");

    /// <summary>Somebody may want to know what is called.</summary>
    internal static bool IsTracing { get; }

    /// <summary>Refuses to work with settings that make no sense.</summary>
    /// <exception cref="VireoException">What is wrong with them.</exception>
    internal static void ThrowIfWrong()
    {
        if (wrong is not null)
            throw new VireoException(wrong);
    }

    /// <summary>A function of the library was called.</summary>
    internal static void Enter(string source, [CallerMemberName] string function = "", [CallerLineNumber] int line = 0) => Write(Debug, source, function, line, "called");

    /// <summary>Something that the program should not have done.</summary>
    internal static void Warn(string source, string message, string function, [CallerLineNumber] int line = 0) => Write(Warning, source, function, line, message);

    /// <summary>A function failed.</summary>
    internal static void Failed(string message, string function, int line)
    {
        if (hasOutputs)
            Write(Error, "util.error", function, line, message);
    }

    static void Write(int priority, string source, string function, int line, string message)
    {
        if (priority < settings.For(source))
            return;
        lock (gate)
            outputs.Write(DateTimeOffset.UtcNow, priority, $"{function}:{line}", message);
    }
}
