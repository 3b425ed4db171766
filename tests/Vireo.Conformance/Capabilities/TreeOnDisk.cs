using System.Text.Json;

namespace Vireo.Conformance.Capabilities;

/// <summary>A tree of the corpus (<c>*.tree.json</c>) as folders.</summary>
static class TreeOnDisk
{
    /// <summary>Makes the folders, files and links of a tree under a folder.</summary>
    public static void LayOut(string tree, string under)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(tree));
        if (document.RootElement.TryGetProperty("dirs", out JsonElement folders))
            foreach (JsonElement one in folders.EnumerateArray())
                Directory.CreateDirectory(Path.Combine(under, one.GetString()!));
        foreach (JsonProperty file in document.RootElement.GetProperty("files").EnumerateObject())
            File.WriteAllText(Place(under, file.Name), file.Value.GetString());
        if (document.RootElement.TryGetProperty("links", out JsonElement links))
            foreach (JsonProperty link in links.EnumerateObject())
                File.CreateSymbolicLink(Place(under, link.Name), link.Value.GetString()!);
    }

    static string Place(string under, string name)
    {
        string path = Path.Combine(under, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
