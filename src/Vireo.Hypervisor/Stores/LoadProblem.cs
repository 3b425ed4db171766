using System.Text;

namespace Vireo.Hypervisor.Stores;

/// <summary>A file that was not understood. It is left where it is.</summary>
/// <param name="Path">The file.</param>
/// <param name="Text">Why.</param>
public sealed record LoadProblem(string Path, string Text);

/// <summary>What was read from a folder.</summary>
/// <param name="Found">What was understood.</param>
/// <param name="Problems">What was not.</param>
public sealed record Loaded<T>(IReadOnlyList<T> Found, IReadOnlyList<LoadProblem> Problems);

static class Folder
{
    /// <summary>Below this many files other processors are not worth their wake-up.</summary>
    const int Many = 32;

    /// <summary>Reads every NAME.xml, many of them on all processors; a file that fails is a problem and stops nothing.</summary>
    /// <param name="folder">The folder; one that is not there holds nothing.</param>
    /// <param name="read">Gets the name and the text; called on several threads at once.</param>
    public static Loaded<T> Load<T>(string folder, Func<string, string, T> read)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml") : [];
        Array.Sort(files, StringComparer.Ordinal);
        var results = new (T? Found, LoadProblem? Problem)[files.Length];
        if (files.Length < Many)
            for (int i = 0; i < files.Length; i++)
                results[i] = ReadOne(files[i], read);
        else
            Parallel.For(0, files.Length, i => results[i] = ReadOne(files[i], read));
        return new Loaded<T>(
            [.. results.Where(static one => one.Problem is null).Select(static one => one.Found!)],
            [.. results.Where(static one => one.Problem is not null).Select(static one => one.Problem!)]);
    }

    static (T?, LoadProblem?) ReadOne<T>(string file, Func<string, string, T> read)
    {
        try
        {
            return (read(Path.GetFileNameWithoutExtension(file), Text(file)), null);
        }
        catch (Exception fault)
        {
            return (default, new LoadProblem(file, fault.Message));
        }
    }

    /// <summary>A file of UTF-8 in one piece: half of what File.ReadAllText takes for a small one.</summary>
    internal static string Text(string file)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
        return Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
    }
}
