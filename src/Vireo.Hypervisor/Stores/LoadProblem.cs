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
    /// <summary>Reads every NAME.xml; a file that fails is a problem and stops nothing.</summary>
    public static Loaded<T> Load<T>(string folder, Func<string, string, T> read)
    {
        var found = new List<T>();
        var problems = new List<LoadProblem>();
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml") : [];
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
        {
            try
            {
                found.Add(read(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)));
            }
            catch (Exception fault)
            {
                problems.Add(new LoadProblem(file, fault.Message));
            }
        }
        return new Loaded<T>(found, problems);
    }
}
