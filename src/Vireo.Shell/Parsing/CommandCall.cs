using System.Globalization;
using Vireo.Shell.Commands;

namespace Vireo.Shell.Parsing;

/// <summary>A command with the options that it was given.</summary>
sealed class CommandCall(CommandDef command)
{
    readonly Dictionary<string, List<string>> given = [];

    public CommandDef Command => command;

    internal bool Has(OptionDef option) => given.ContainsKey(option.Name);

    internal void Add(OptionDef option, string value)
    {
        if (!given.TryGetValue(option.Name, out List<string>? values))
            given[option.Name] = values = [];
        values.Add(value);
    }

    /// <summary>Whether a flag, or any option, was given.</summary>
    public bool Has(string name) => given.ContainsKey(name);

    /// <summary>The text given, or null. An empty one is refused unless the option says otherwise.</summary>
    public string? Text(string name)
    {
        if (!given.TryGetValue(name, out List<string>? values))
            return null;
        if (values[0].Length is 0 && command.Find(name) is { EmptyOk: false })
            throw new CommandFailure($"Failed to get option '{name}': Option argument is empty");
        return values[0];
    }

    /// <summary>The text of an option that the parser made sure of.</summary>
    public string Needed(string name) => Text(name) ?? throw new CommandFailure($"missing --{name} option");

    /// <summary>All words of an option that takes several.</summary>
    public IReadOnlyList<string> Words(string name) => given.TryGetValue(name, out List<string>? values) ? values : [];

    /// <summary>The number given, or null.</summary>
    public int? Number(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Malformed(name, text);
    }

    /// <summary>Seconds, as milliseconds that fit an int; null if not given.</summary>
    public int? Milliseconds(string name) => Number(name) switch
    {
        null => null,
        > 0 and <= int.MaxValue / 1000 and { } seconds => seconds * 1000,
        _ => throw Malformed(name, Text(name)!),
    };

    static CommandFailure Malformed(string name, string text) =>
        new($"Numeric value '{text}' for <{name}> option is malformed or out of range");

    /// <summary>Refuses options that do not go together.</summary>
    public void CheckTogether()
    {
        foreach (var (one, other) in command.Exclusive)
        {
            if (Has(one) && Has(other))
                throw new CommandFailure($"Options --{one} and --{other} are mutually exclusive");
        }
        foreach (var (option, needed) in command.Requires)
        {
            if (Has(option) && !Has(needed))
                throw new CommandFailure($"Option --{needed} is required by option --{option}");
        }
    }

    /// <summary>For the debug log: "NAME: OPTION(TYPE): VALUE".</summary>
    internal IEnumerable<string> Describe() =>
        from option in command.Options
        where given.ContainsKey(option.Name)
        from value in given[option.Name]
        select $"{command.Name}: {option.Name}({(option.TakesValue ? "optdata" : "bool")}): {(option.TakesValue ? value : "(none)")}";
}
