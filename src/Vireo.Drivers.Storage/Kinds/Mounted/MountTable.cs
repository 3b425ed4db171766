using System.Text.RegularExpressions;
using Vireo.Host.Files;

namespace Vireo.Drivers.Storage.Kinds.Mounted;

/// <summary>What is mounted.</summary>
static partial class MountTable
{
    /// <summary>Whether a source is mounted at a folder, by whatever names either has.</summary>
    public static bool Has(string source, string folder) => Has(source, folder, File.ReadLines("/proc/self/mounts"), static (one, other) => one == other || FileOwner.SameFile(one, other));

    /// <summary>The same over a table.</summary>
    /// <param name="source">A device, or a server's folder.</param>
    /// <param name="folder">Where.</param>
    /// <param name="lines">As in /proc/mounts.</param>
    /// <param name="same">Both paths lead to the same.</param>
    public static bool Has(string source, string folder, IEnumerable<string> lines, Func<string, string, bool> same)
    {
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            if (words.Length > 1 && Plain(words[1]) == folder && same(Plain(words[0]), source))
                return true;
        }
        return false;
    }

    // Blanks and the like are written in octal.
    static string Plain(string word) => word.Contains('\\', StringComparison.Ordinal)
        ? Octal().Replace(word, static digits => ((char)Convert.ToInt32(digits.Groups[1].Value, 8)).ToString()) : word;

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex Octal();
}
