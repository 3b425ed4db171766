using System.Text;

namespace Vireo.Conformance.Runner;

/// <summary>Command lines as the corpus prints them.</summary>
static class CommandText
{
    /// <summary>Each on as many lines as the corpus's rule gives it.</summary>
    /// <param name="commands">Programs with their arguments.</param>
    public static string Of(IEnumerable<IReadOnlyList<string>> commands) => string.Concat(commands.Select(Of));

    /// <summary>
    /// An option begins a line. Any other word stays on its line if an option was seen before, and either the word before or any later one is an option.
    /// </summary>
    public static string Of(IReadOnlyList<string> command)
    {
        var text = new StringBuilder(command[0]);
        int lastOption = -1;
        for (int i = 1; i < command.Count; i++)
            if (IsOption(command[i]))
                lastOption = i;
        bool seen = false;
        for (int i = 1; i < command.Count; i++)
        {
            bool stays = !IsOption(command[i]) && seen && (IsOption(command[i - 1]) || i < lastOption);
            seen |= IsOption(command[i]);
            text.Append(stays ? " " : " \\\n").Append(Quoted(command[i]));
        }
        return text.Append('\n').ToString();
    }

    /// <summary>Each on one line.</summary>
    public static string Lines(IEnumerable<IReadOnlyList<string>> commands) =>
        string.Concat(commands.Select(static command => string.Join(' ', command.Select(Quoted)) + "\n"));

    static bool IsOption(string word) => word.StartsWith('-');

    /// <summary>A word as a shell reads it.</summary>
    public static string Quoted(string word) => word.Length == 0 || word.AsSpan().ContainsAny("\r\t\n !\"#$&'()*;<>?[\\]^`{|}~")
        ? $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"
        : word;
}
