namespace Vireo.EndToEnd.Compare;

/// <summary>The files that scripts name, in a folder that is gone afterwards.</summary>
public sealed class Documents : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("documents").FullName;
    readonly Dictionary<string, string> values = [];

    /// <summary>A file with this text; scripts call it ${NAME}.</summary>
    public Documents With(string name, string text)
    {
        string path = Path.Join(folder, name.ToLowerInvariant() + ".xml");
        File.WriteAllText(path, text);
        return Set(name, path);
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
