namespace Vireo.Shell.Session;

/// <summary>What the program was told before the first command.</summary>
sealed record ShellSettings
{
    /// <summary>What it was called: "virsh" makes it say nothing that virsh would not.</summary>
    public required string ProgramName { get; init; }

    /// <summary>Where to connect; null: the default.</summary>
    public string? Uri { get; init; }

    public bool ReadOnly { get; init; }

    public bool Quiet { get; init; }

    public bool Timing { get; init; }

    /// <summary>0 tells most, 4 is silence.</summary>
    public int Debug { get; init; } = 4;

    /// <summary>Leaves a console.</summary>
    public EscapeKey Escape { get; init; } = EscapeKey.Default;

    /// <summary>Seconds between pings; 0: none.</summary>
    public int KeepaliveInterval { get; init; } = 5;

    /// <summary>Pings without an answer that end the connection.</summary>
    public int KeepaliveCount { get; init; } = 6;

    public string? LogFile { get; init; }

    /// <summary>What is left: one text with commands, or the words of one command.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public bool IsVirsh => ProgramName is "virsh";
}

/// <summary>The key that leaves a console: a letter or sign, or one with Control ("^]").</summary>
readonly record struct EscapeKey(string Spelling, byte Byte)
{
    public static EscapeKey Default { get; } = new("^]", 0x1d);

    /// <summary>Null: that is no key.</summary>
    public static EscapeKey? Parse(string spelling) => spelling switch
    {
        [not '^' and var c] => new(spelling, (byte)c),
        ['^', var c] when char.ToUpperInvariant(c) is >= '@' and <= '_' => new(spelling, (byte)(char.ToUpperInvariant(c) & 0x1f)),
        _ => null,
    };
}
