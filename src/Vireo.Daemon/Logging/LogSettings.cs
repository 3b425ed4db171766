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
            level = Named(asked) ?? throw Wrong($"Failed to set logging priority, argument '{asked}' is invalid");
        string filters = variable("LIBVIRT_LOG_FILTERS") is { Length: > 0 } f ? f : config.LogFilters;
        string outputs = variable("LIBVIRT_LOG_OUTPUTS") is { Length: > 0 } o ? o : config.LogOutputs;
        IReadOnlyList<LogTarget> targets = ToTargets(outputs);
        if (targets.Count == 0)
            targets = [ToTarget(defaultOutput ?? $"{level}:stderr")];
        return new LogSettings(level, [.. Words(filters).Select(ToFilter)], targets);
    }

    static string[] Words(string text) => text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same with other outputs; null or empty: the default one.</summary>
    /// <exception cref="VireoException">One of them makes no sense.</exception>
    internal LogSettings WithOutputs(string? outputs, string defaultOutput)
    {
        List<LogTarget> targets = ToTargets(outputs ?? "");
        return this with { Targets = targets.Count == 0 ? [ToTarget(defaultOutput)] : targets };
    }

    /// <summary>The same with other filters; null or empty: none.</summary>
    /// <exception cref="VireoException">One of them makes no sense.</exception>
    internal LogSettings WithFilters(string? filters) => this with { Filters = [.. Words(filters ?? "").Select(ToFilter)] };

    /// <summary>The outputs as a configuration says them.</summary>
    internal string OutputsText => string.Join(' ', Targets.Select(static one =>
        one.Argument is null ? $"{one.Priority}:{one.Kind}" : $"{one.Priority}:{one.Kind}:{one.Argument}"));

    /// <summary>The filters as libvirt says them: each as a pattern, and a blank behind it.</summary>
    internal string FiltersText => string.Concat(Filters.Select(static one => $"{one.Priority}:*{one.Match}* "));

    static LogFilter ToFilter(string word)
    {
        string[] parts = word.Split(':');
        if (parts.Length < 2)
            throw Wrong($"Malformed format for filter '{word}'");
        int priority = Priority(parts[0]) ?? throw Wrong($"Invalid priority '{parts[0]}' for filter '{word}'");
        string match = parts[1].TrimStart('+');
        return match.Length > 0 ? new LogFilter(priority, match) : throw Wrong($"Invalid match string '{parts[1]}'");
    }

    /// <summary>Of two for the same place the later counts.</summary>
    static List<LogTarget> ToTargets(string outputs)
    {
        var targets = new List<LogTarget>();
        foreach (LogTarget one in Words(outputs).Select(ToTarget))
        {
            targets.RemoveAll(before => (before.Kind, before.Argument) == (one.Kind, one.Argument));
            targets.Add(one);
        }
        return targets;
    }

    static LogTarget ToTarget(string word)
    {
        string[] parts = word.Split(':', 3);
        if (parts.Length < 2)
            throw Wrong($"Malformed format for log output '{word}'");
        int priority = Priority(parts[0]) ?? throw Wrong($"Invalid log priority '{parts[0]}' for log output '{word}'");
        string? argument = parts.Length > 2 ? parts[2] : null;
        return parts[1] switch
        {
            "stderr" or "journald" when argument is null => new LogTarget(priority, parts[1], null),
            "file" when argument is not null => new LogTarget(priority, "file", Path.GetFullPath(argument, Environment.CurrentDirectory)),
            "syslog" when !string.IsNullOrEmpty(argument) => new LogTarget(priority, "syslog", argument),
            "stderr" or "journald" or "file" or "syslog" =>
                throw Wrong($"Log output '{word}' does not meet the format requirements for destination type '{parts[1]}'"),
            _ => throw Wrong($"Invalid log destination '{parts[1]}' for log output '{word}'"),
        };
    }

    static int? Priority(string text) => text switch { "1" => 1, "2" => 2, "3" => 3, "4" => 4, _ => null };

    /// <summary>LIBVIRT_DEBUG may be a word.</summary>
    static int? Named(string text) => text switch { "debug" => 1, "info" => 2, "warn" or "warning" => 3, "error" => 4, _ => Priority(text) };

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
