using System.Text.RegularExpressions;
using Xunit;

namespace Vireo.Tests.Config;

/// <summary>Which tests say that they look at a key of a configuration file, by their sources: end-to-end tests are another program.</summary>
static partial class KeyTests
{
    [GeneratedRegex("""Trait\("([a-z-]+\.conf)", "([a-z0-9_]+)"\)""")]
    private static partial Regex KeyTrait { get; }

    [GeneratedRegex("""(?:class|void|Task) (\w+)(?:\(|\s|$)""", RegexOptions.Multiline)]
    private static partial Regex Name { get; }

    /// <summary>The classes of tests by key.</summary>
    internal static Dictionary<string, SortedSet<string>> Of(string configuration)
    {
        var found = new Dictionary<string, SortedSet<string>>();
        foreach (string file in Directory.EnumerateFiles(Path.Join(Top(), "tests"), "*Tests.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            foreach (Match trait in KeyTrait.Matches(text))
            {
                if (trait.Groups[1].Value != configuration)
                    continue;
                Assert.Matches(Name, text[trait.Index..]);
                found.TryAdd(trait.Groups[2].Value, new SortedSet<string>(StringComparer.Ordinal));
                found[trait.Groups[2].Value].Add(Path.GetFileNameWithoutExtension(file));
            }
        }
        return found;
    }

    /// <summary>The top of the repository.</summary>
    internal static string Top()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Vireo.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not within the repository");
        return folder;
    }
}
