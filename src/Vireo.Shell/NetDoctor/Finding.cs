namespace Vireo.Shell.NetDoctor;

/// <summary>How a step of the way is.</summary>
enum Health
{
    /// <summary>Packets pass.</summary>
    Fine,
    /// <summary>They may not, or nobody could look.</summary>
    Doubtful,
    /// <summary>They do not.</summary>
    Broken,
}

/// <summary>What was found at a step of the way.</summary>
/// <param name="Health">How it is.</param>
/// <param name="Step">bridge, card, forwarding, ...</param>
/// <param name="Text">What was seen.</param>
/// <param name="Remedy">What helps; null: nothing needs to.</param>
sealed record Finding(Health Health, string Step, string Text, string? Remedy = null)
{
    public static Finding Fine(string step, string text) => new(Health.Fine, step, text);

    public static Finding Doubt(string step, string text, string remedy) => new(Health.Doubtful, step, text, remedy);

    public static Finding Bad(string step, string text, string remedy) => new(Health.Broken, step, text, remedy);
}
