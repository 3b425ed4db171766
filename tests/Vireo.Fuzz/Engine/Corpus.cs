namespace Vireo.Fuzz.Engine;

/// <summary>The kept inputs: small, committed, and one more for every finding.</summary>
static class Corpus
{
    internal static IEnumerable<(string Name, byte[] Bytes)> Load(FuzzTarget target)
    {
        string folder = Path.Join(AppContext.BaseDirectory, "corpus", target.Name);
        return !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*" + target.Extension)
            .Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), Read(file)));
    }

    static byte[] Read(string file) => Path.GetExtension(file) != ".hex" ? File.ReadAllBytes(file)
        : Convert.FromHexString(string.Concat(File.ReadLines(file).Select(line => line.Split('#')[0]))
            .Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The source tree, else the folder of the program.</summary>
    static string Top()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Join(folder, "Vireo.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? AppContext.BaseDirectory;
    }

    /// <summary>Writes an input down where a person finds it.</summary>
    internal static string Keep(FuzzTarget target, long number, byte[] input)
    {
        string folder = Path.Join(Top(), "artifacts", "fuzz", target.Name);
        Directory.CreateDirectory(folder);
        string file = Path.Join(folder, $"found-{number}{target.Extension}");
        if (target.Extension == ".hex")
            File.WriteAllText(file, Convert.ToHexStringLower(input) + "\n");
        else
            File.WriteAllBytes(file, input);
        return file;
    }
}
