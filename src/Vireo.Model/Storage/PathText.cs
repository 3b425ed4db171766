using System.Text;

namespace Vireo.Model.Storage;

/// <summary>Paths as libvirt keeps them.</summary>
public static class PathText
{
    /// <summary>
    /// Runs of slashes become one and the last is dropped. Two slashes at the very beginning stay two, since POSIX lets them mean something of their own;
    /// three are as good as one.
    /// </summary>
    public static string Clean(string path)
    {
        if (path.Contains("://", StringComparison.Ordinal))
            return path;                                 // a URL's slashes are its server's
        int leading = 0;
        while (leading < path.Length && path[leading] == '/')
            leading++;
        var clean = new StringBuilder(path.Length);
        clean.Append('/', leading == 2 ? 2 : Math.Min(leading, 1));
        for (int i = leading; i < path.Length; i++)
            if (path[i] != '/' || path[i - 1] != '/')
                clean.Append(path[i]);
        if (clean.Length > 1 && clean[^1] == '/' && path.Length > leading)
            clean.Length--;
        return clean.ToString();
    }
}
