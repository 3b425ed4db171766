using System.Globalization;

namespace Vireo.Host.Topology;

/// <summary>Reads small files of /proc and /sys, or of a copy of them under another root.</summary>
/// <param name="root">Where /proc and /sys are found; "/" on a real host.</param>
public sealed class HostTree(string root = "/")
{
    /// <summary>The text of a file without the line end; null if it cannot be read.</summary>
    public string? Text(string path)
    {
        try
        {
            return File.Exists(At(path)) ? File.ReadAllText(At(path)).TrimEnd('\n') : null;    // much is asked for that is not there: no exception for that
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file's bytes; null if it cannot be read.</summary>
    public byte[]? Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(At(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The decimal number that a file holds; null if there is none.</summary>
    public long? Number(string path) =>
        long.TryParse(Text(path), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long value)
            ? value
            : null;

    /// <summary>The list of numbers that a file holds, as <c>0-3,8</c>; null if it cannot be read.</summary>
    public IReadOnlyList<int>? List(string path)
    {
        if (Text(path) is not { } text)
            return null;
        List<int> members = [];
        foreach (string range in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] ends = range.Split('-');
            int last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (int i = int.Parse(ends[0], CultureInfo.InvariantCulture); i <= last; i++)
                members.Add(i);
        }
        return members;
    }

    /// <summary>Names in a folder; none if it cannot be read.</summary>
    public IReadOnlyList<string> Names(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(At(path)).Select(e => Path.GetFileName(e)!)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The numbers N of the entries called PREFIXN in a folder, ascending.</summary>
    public IReadOnlyList<int> Numbered(string path, string prefix) =>
    [
        .. Names(path)
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Select(n => int.TryParse(n.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int i) ? i : -1)
            .Where(i => i >= 0)
            .Order(),
    ];

    /// <summary>Is there such a file or folder?</summary>
    public bool Exists(string path) => Path.Exists(At(path));

    /// <summary>Where a path of the host is.</summary>
    public string At(string path) => Path.Join(root, path);
}
