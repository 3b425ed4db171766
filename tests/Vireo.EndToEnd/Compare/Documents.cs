namespace Vireo.EndToEnd.Compare;

/// <summary>The files that scripts name, in a folder that is gone afterwards.</summary>
public sealed class Documents : IDisposable
{
    readonly string folder = Open(Directory.CreateTempSubdirectory("documents").FullName);
    readonly Dictionary<string, string> values = [];

    /// <summary>A file with this text; scripts call it ${NAME}.</summary>
    public Documents With(string name, string text)
    {
        string path = Path.Join(folder, name.ToLowerInvariant() + ".xml");
        File.WriteAllText(path, text);
        return Set(name, path);
    }

    /// <summary>Another file, of this many bytes; scripts call it ${NAME}.</summary>
    public Documents WithImage(string name, int size)
    {
        string path = Path.Join(folder, name.ToLowerInvariant() + ".img");
        File.WriteAllBytes(path, new byte[size]);
        return Set(name, path);
    }

    /// <summary>An image in a folder that only its owner may enter.</summary>
    public string Private(string name)
    {
        string inner = Path.Join(folder, name);
        Directory.CreateDirectory(inner, (UnixFileMode)0x1c0);
        File.WriteAllBytes(Path.Join(inner, "disk.img"), new byte[1 << 20]);
        return Path.Join(inner, "disk.img");
    }

    /// <summary>A file whose text names others of these.</summary>
    public Documents WithFilled(string name, string text) => With(name, Fill(text));

    // Guests run as a user of their own, who has to get at their images.
    static string Open(string folder)
    {
        File.SetUnixFileMode(folder, (UnixFileMode)0x1ed);
        return folder;
    }

    /// <summary>Something else that scripts call ${NAME}.</summary>
    public Documents Set(string name, string value)
    {
        values[name] = value;
        return this;
    }

    /// <summary>A line with every name replaced.</summary>
    public string Fill(string line)
    {
        foreach (var (name, value) in values)
            line = line.Replace("${" + name + "}", value, StringComparison.Ordinal);
        return line;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);
}
