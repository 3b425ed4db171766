using Vireo.Shell.Parsing;

namespace Vireo.Shell.Commands;

/// <summary>The commands there are, and the names of virsh's that are still to come.</summary>
sealed class CommandTable(params CommandDef[][] families)
{
    readonly Dictionary<string, CommandDef> commands = families.SelectMany(family => family).ToDictionary(command => command.Name);

    public CommandDef? Find(string name) => commands.GetValueOrDefault(name);

    /// <summary>The command of this name; otherwise says whether it is unknown or only not there yet.</summary>
    public CommandDef Get(string name) => Find(name) ?? throw new ParseFailure(
        IsVirshs(name) ? $"command '{name}' is not there yet in Vireo" : $"unknown command: '{name}'");

    /// <summary>The commands of a chapter, in order.</summary>
    public IEnumerable<CommandDef> Of(CommandGroup group) => group.Names.Select(Find).OfType<CommandDef>();

    /// <summary>The chapter of this keyword or title, or null.</summary>
    public static CommandGroup? FindGroup(string name) => Array.Find(CommandGroups.All, group => group.Keyword == name || group.Title == name);

    /// <summary>All of them, in help's order.</summary>
    public IEnumerable<CommandDef> All => CommandGroups.All.SelectMany(Of);

    static bool IsVirshs(string name) => Array.Exists(CommandGroups.All, group => group.Names.Contains(name));
}
