using System.Text;

namespace Vireo.Drivers.Interface.Changes;

/// <summary>What files of ifupdown say (interfaces(5)).</summary>
static class IfupdownText
{
    static readonly string[] begins = ["iface", "mapping", "auto", "source", "source-directory", "rename", "template"];

    /// <summary>What is said of each interface, in all files together.</summary>
    public static Dictionary<string, string> Stanzas(IEnumerable<KeyValuePair<string, NetworkFile>> files)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((_, NetworkFile file) in OfIfupdown(files))
        {
            string? name = null;
            foreach (string[] words in Lines(file))
            {
                if (IsBegin(words[0]))
                    name = words is ["iface", var of, ..] ? of : null;
                if (name is not null)
                    found[name] = found.GetValueOrDefault(name) + string.Join(' ', words) + "\n";
            }
        }
        return found;
    }

    /// <summary>Interfaces that are brought up when the host starts, or when their card appears.</summary>
    public static HashSet<string> Started(IEnumerable<KeyValuePair<string, NetworkFile>> files) =>
        [.. OfIfupdown(files).SelectMany(static file => Lines(file.Value)).Where(static words => words[0] is "auto" or "allow-auto" or "allow-hotplug").SelectMany(static words => words[1..])];

    static IEnumerable<KeyValuePair<string, NetworkFile>> OfIfupdown(IEnumerable<KeyValuePair<string, NetworkFile>> files) =>
        files.Where(static file => file.Key.StartsWith(NetworkFiles.Ifupdown + "/", StringComparison.Ordinal));

    static bool IsBegin(string word) => begins.Contains(word) || word.StartsWith("allow-", StringComparison.Ordinal) || word.StartsWith("no-", StringComparison.Ordinal);

    /// <summary>Lines in words, without comments; a backslash at the end of one goes on in the next.</summary>
    static IEnumerable<string[]> Lines(NetworkFile file)
    {
        string text = Encoding.UTF8.GetString(file.Content).Replace("\\\n", " ", StringComparison.Ordinal);
        return text.Split('\n').Where(static line => !line.TrimStart().StartsWith('#'))
            .Select(static line => line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).Where(static words => words.Length > 0);
    }
}
