using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands;

/// <summary>Runs a command. False: it failed and said why; anything else that goes wrong is thrown.</summary>
delegate ValueTask<bool> CommandAction(ShellSession shell, CommandCall call);

/// <summary>A command as data: names, options, what excludes what, and the action.</summary>
sealed record CommandDef(string Name, string Purpose, CommandAction Run, params OptionDef[] Options)
{
    /// <summary>More than the purpose, for help.</summary>
    public string? Description { get; init; }

    /// <summary>Pairs of options of which one at most may be given.</summary>
    public (string One, string Other)[] Exclusive { get; init; } = [];

    /// <summary>Pairs: the first makes sense only with the second.</summary>
    public (string Option, string Needed)[] Requires { get; init; } = [];

    /// <summary>Connects before it runs.</summary>
    public bool NeedsConnection { get; init; } = true;

    /// <summary>The option of this name, or null.</summary>
    public OptionDef? Find(string name) => Array.Find(Options, option => option.Name == name);
}

/// <summary>A chapter of the help.</summary>
/// <param name="Keyword">What one asks help for.</param>
/// <param name="Title">Its headline.</param>
/// <param name="Names">virsh's commands of this chapter, in virsh's order; not all of them are here yet.</param>
sealed record CommandGroup(string Keyword, string Title, string[] Names);
