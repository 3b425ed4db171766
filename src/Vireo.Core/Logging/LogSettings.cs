using System.IO.Enumeration;
using Vireo.Core.Errors;

namespace Vireo.Core.Logging;

/// <summary>Where a line may go.</summary>
/// <param name="Priority">From which priority, 1 (debug) to 4 (error).</param>
/// <param name="Kind">stderr, journald, file or syslog.</param>
/// <param name="Argument">The file's path, or the name for the system's log.</param>
public sealed record LogTarget(int Priority, string Kind, string? Argument);

/// <summary>From which priority the lines of a source count.</summary>
/// <param name="Priority">1 (debug) to 4 (error).</param>
/// <param name="Match">Part of the source's name; <c>*</c> and <c>?</c> stand for anything.</param>
public sealed record LogFilter(int Priority, string Match);

/// <summary>libvirt's log settings: level, filters "N:name", outputs "N:stderr", "N:file:PATH", "N:syslog:NAME", "N:journald". The same words are for daemons and for programs.</summary>
/// <param name="Level">The priority from which lines of sources without a filter count.</param>
/// <param name="Filters">The first that fits a source holds for it.</param>
/// <param name="Targets">Where lines go.</param>
public sealed record LogSettings(int Level, IReadOnlyList<LogFilter> Filters, IReadOnlyList<LogTarget> Targets)
{
    /// <summary>Reads settings, over which LIBVIRT_DEBUG, LIBVIRT_LOG_FILTERS and LIBVIRT_LOG_OUTPUTS go.</summary>
    /// <param name="level">The level unless the environment has one.</param>
    /// <param name="filters">Filters, separated by blanks.</param>
    /// <param name="outputs">Outputs, separated by blanks.</param>
    /// <param name="variable">The environment.</param>
    /// <param name="defaultOutput">Where to, if no output is named; null: standard error, by the level.</param>
    /// <exception cref="VireoException">A word makes no sense.</exception>
    public static LogSettings From(int level, string filters, string outputs, Func<string, string?> variable, string? defaultOutput)
    {
        if (variable("LIBVIRT_DEBUG") is { Length: > 0 } asked)
            level = Named(asked) ?? throw Wrong($"Failed to set logging priority, argument '{asked}' is invalid");
        if (variable("LIBVIRT_LOG_FILTERS") is { Length: > 0 } f)
            filters = f;
        LogFilter[] read = [.. Words(filters).Select(ToFilter)];
        List<LogTarget> targets = ToTargets(variable("LIBVIRT_LOG_OUTPUTS") is { Length: > 0 } o ? o : outputs);
        return new LogSettings(level, read, targets.Count == 0 ? [ToTarget(defaultOutput ?? $"{level}:stderr")] : targets);
    }

    static string[] Words(string text) => text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same with other outputs; null or empty: the default one.</summary>
    /// <exception cref="VireoException">One of them makes no sense.</exception>
    public LogSettings WithOutputs(string? outputs, string defaultOutput)
    {
        List<LogTarget> targets = ToTargets(outputs ?? "");
        return this with { Targets = targets.Count == 0 ? [ToTarget(defaultOutput)] : targets };
    }

    /// <summary>The same with other filters; null or empty: none.</summary>
    /// <exception cref="VireoException">One of them makes no sense.</exception>
    public LogSettings WithFilters(string? filters) => this with { Filters = [.. Words(filters ?? "").Select(ToFilter)] };

    /// <summary>The outputs as a configuration says them.</summary>
    public string OutputsText => string.Join(' ', Targets.Select(static one =>
        one.Argument is null ? $"{one.Priority}:{one.Kind}" : $"{one.Priority}:{one.Kind}:{one.Argument}"));

    /// <summary>The filters as libvirt says them: each as a pattern, and a blank behind it.</summary>
    public string FiltersText => string.Concat(Filters.Select(static one => $"{one.Priority}:*{one.Match}* "));

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
    static int? Named(string text) => text switch { "debug" => 1, "info" => 2, "warning" => 3, "error" => 4, _ => Priority(text) };

    static VireoException Wrong(string what) => VireoException.InvalidArgument(ErrorDomain.None, what);

    /// <summary>From which priority a source counts: the first filter that fits, else the level.</summary>
    public int For(string source) => Filters.FirstOrDefault(filter => Fits(filter.Match, source))?.Priority ?? Level;

    static bool Fits(string match, string source) => FileSystemName.MatchesSimpleExpression($"*{match}*", source);
}
