namespace Vireo.Shell.Commands;

/// <summary>What an option takes.</summary>
enum OptionKind
{
    /// <summary>Nothing: it is there or not.</summary>
    Flag,
    /// <summary>A text, named or by position.</summary>
    Text,
    /// <summary>A number, named or by position.</summary>
    Number,
    /// <summary>A text that must be there, usually by position.</summary>
    Data,
    /// <summary>All words that are left.</summary>
    Words,
    /// <summary>Another spelling of an option.</summary>
    Alias,
}

/// <summary>One option of a command. Their order is the order in which words without a name fill them.</summary>
sealed record OptionDef(string Name, OptionKind Kind, string Help = "")
{
    /// <summary>Can only be given with its name.</summary>
    public bool NameNeeded { get; init; }

    /// <summary>May be an empty text.</summary>
    public bool EmptyOk { get; init; }

    /// <summary>What an alias stands for; may carry "=value".</summary>
    public string? For { get; init; }

    /// <summary>The command does not run without it.</summary>
    public bool Required => Kind is OptionKind.Data;

    /// <summary>It takes a value.</summary>
    public bool TakesValue => Kind is not OptionKind.Flag;

    public static OptionDef Flag(string name, string help) => new(name, OptionKind.Flag, help);
    public static OptionDef Text(string name, string help) => new(name, OptionKind.Text, help);
    public static OptionDef Named(string name, string help) => new(name, OptionKind.Text, help) { NameNeeded = true };
    public static OptionDef Number(string name, string help) => new(name, OptionKind.Number, help);
    public static OptionDef Data(string name, string help) => new(name, OptionKind.Data, help);
    public static OptionDef Words(string name, string help) => new(name, OptionKind.Words, help);
    public static OptionDef Alias(string name, string stands) => new(name, OptionKind.Alias) { For = stands };

    /// <summary>The domain that most commands work on.</summary>
    public static OptionDef Domain { get; } = Data("domain", "name, id or uuid of the domain");
}
