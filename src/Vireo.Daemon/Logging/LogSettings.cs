using Vireo.Core.Config;
using Vireo.Core.Errors;

namespace Vireo.Daemon.Logging;

/// <summary>Where a line may go, and from which priority (1 debug to 4 error).</summary>
sealed record LogTarget(int Priority, string Kind, string? Argument);

/// <summary>A source (part of its name) and the priority from which its lines count.</summary>
sealed record LogFilter(int Priority, string Match);

/// <summary>libvirt's log settings: level, filters "N:name", outputs "N:stderr", "N:file:PATH", "N:syslog:NAME", "N:journald".</summary>
sealed record LogSettings(int Level, IReadOnlyList<LogFilter> Filters, IReadOnlyList<LogTarget> Targets)
{
    internal static LogSettings From(
        LibvirtdConfig config, Func<string, string?> variable, bool verbose, string? defaultOutput)
    {
        int level = config.LogLevel is >= 1 and <= 4 ? config.LogLevel : 3;
        if (verbose)
            level = Math.Min(level, 2);
        if (variable("LIBVIRT_DEBUG") is { Length: > 0 } asked)
            level = Priority(asked, "LIBVIRT_DEBUG");
        string filters = variable("LIBVIRT_LOG_FILTERS") is { Length: > 0 } f ? f : config.LogFilters;
        string outputs = variable("LIBVIRT_LOG_OUTPUTS") is { Length: > 0 } o ? o : config.LogOutputs;
        IReadOnlyList<LogTarget> targets = [.. Words(outputs).Select(ToTarget)];
        if (targets.Count == 0)
            targets = [ToTarget(defaultOutput ?? "1:stderr")];
        return new LogSettings(level, [.. Words(filters).Select(ToFilter)], targets);
    }

    static string[] Words(string text) => text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    static LogFilter ToFilter(string word)
    {
        string[] parts = word.Split(':', 2);
        if (parts.Length < 2 || parts[1].Length == 0)
            throw Wrong($"log filter '{word}' is not 'priority:name'");
        return new LogFilter(Priority(parts[0], word), parts[1].TrimStart('+'));
    }

    static LogTarget ToTarget(string word)
    {
        string[] parts = word.Split(':', 3);
        if (parts.Length < 2)
            throw Wrong($"log output '{word}' is not 'priority:kind'");
        string? argument = parts.Length > 2 ? parts[2] : null;
        return parts[1] switch
        {
            "stderr" or "journald" when argument is null => new LogTarget(Priority(parts[0], word), parts[1], null),
            "file" when argument is not null && Path.IsPathRooted(argument) => new LogTarget(Priority(parts[0], word), "file", argument),
            "syslog" when argument is not null => new LogTarget(Priority(parts[0], word), "syslog", argument),
            _ => throw Wrong($"log output '{word}' is none of stderr, journald, syslog:NAME and file:/PATH"),
        };
    }

    static int Priority(string text, string where) => text switch
    {
        "1" or "debug" => 1,
        "2" or "info" => 2,
        "3" or "warn" or "warning" => 3,
        "4" or "error" => 4,
        _ => throw Wrong($"log priority '{text}' in '{where}' is not 1 (debug) to 4 (error)"),
    };

    static VireoException Wrong(string what) => VireoException.InvalidArgument(ErrorDomain.Conf, what);

    /// <summary>From which priority a source counts: the last filter that fits, else the level.</summary>
    internal int For(string source)
    {
        int priority = Level;
        foreach (LogFilter filter in Filters)
            if (source.Contains(filter.Match.Trim('*'), StringComparison.OrdinalIgnoreCase))
                priority = filter.Priority;
        return priority;
    }
}
