using System.Text.Json;
using Vireo.Host.Topology;
using Xunit;

namespace Vireo.Tests.Topology;

/// <summary>A host as the corpus describes it, laid out as /sys in a temporary folder.</summary>
sealed class TreeFolder : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("vireo-tree-").FullName;

    /// <summary>The host.</summary>
    public HostTree Tree => new(folder);

    /// <summary>The corpus's suite; skips the test without a corpus.</summary>
    public static string Suite(string name)
    {
        string? corpus = Environment.GetEnvironmentVariable("VIREO_CORPUS");
        Assert.SkipWhen(string.IsNullOrEmpty(corpus), "VIREO_CORPUS names no corpus");
        return Path.Combine(corpus!, name);
    }

    /// <summary>The names of a suite's cases, for theories.</summary>
    public static TheoryData<string> Names(string suite, Func<JsonElement, bool>? which = null)
    {
        string? corpus = Environment.GetEnvironmentVariable("VIREO_CORPUS");
        if (string.IsNullOrEmpty(corpus))
            return ["-"];
        return [.. Cases(Path.Combine(corpus, suite)).Where(c => which?.Invoke(c) ?? true).Select(c => c.GetProperty("name").GetString()!)];
    }

    /// <summary>A case by name.</summary>
    public static JsonElement Case(string suite, string name) => Cases(suite).First(c => c.GetProperty("name").GetString() == name);

    /// <summary>A tree of which every path is below /sys/devices/system.</summary>
    public static TreeFolder OfSystem(string file)
    {
        var made = new TreeFolder();
        made.Lay(file, "sys/devices/system");
        return made;
    }

    /// <summary>A tree with folders system and resctrl; a link to a neighbouring tree brings that tree along.</summary>
    public static TreeFolder OfHost(string file)
    {
        var made = new TreeFolder();
        foreach (string one in Directory.GetFiles(Path.GetDirectoryName(file)!, "*.tree.json"))
            made.Lay(one, "trees/" + Path.GetFileName(one).Replace(".tree.json", "", StringComparison.Ordinal));
        string tree = Path.Combine(made.folder, "trees", Path.GetFileName(file).Replace(".tree.json", "", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(made.folder, "sys/devices"));
        Directory.CreateDirectory(Path.Combine(made.folder, "sys/fs"));
        File.CreateSymbolicLink(Path.Combine(made.folder, "sys/devices/system"), Path.Combine(tree, "system"));
        File.CreateSymbolicLink(Path.Combine(made.folder, "sys/fs/resctrl"), Path.Combine(tree, "resctrl"));
        return made;
    }

    /// <summary>Adds a file.</summary>
    public void Add(string path, string text)
    {
        string full = Path.Combine(folder, path.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    void Lay(string file, string under)
    {
        JsonElement tree = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        if (tree.TryGetProperty("dirs", out JsonElement dirs))
            foreach (JsonElement dir in dirs.EnumerateArray())
                Directory.CreateDirectory(Path.Combine(folder, under, dir.GetString()!));
        foreach (JsonProperty one in tree.GetProperty("files").EnumerateObject())
            Add(Path.Combine(under, one.Name), one.Value.GetString()!);
        if (tree.TryGetProperty("links", out JsonElement links))
            foreach (JsonProperty one in links.EnumerateObject())
            {
                string full = Path.Combine(folder, under, one.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.CreateSymbolicLink(full, one.Value.GetString()!);
            }
    }

    static IEnumerable<JsonElement> Cases(string suite) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(suite, "cases.json"))).RootElement.EnumerateArray();
}
