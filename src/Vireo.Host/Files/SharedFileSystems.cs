namespace Vireo.Host.Files;

/// <summary>Which files other hosts see too: what can be left in place when a guest moves.</summary>
public static class SharedFileSystems
{
    static readonly string[] Shared = ["nfs", "nfs4", "gfs2", "gfs2meta", "ocfs2", "afs", "smb3", "cifs", "ceph", "gpfs", "fuse.glusterfs", "fuse.quobyte", "fuse.ceph"];

    /// <summary>Whether a file of this host is on a file system of several; also for a file that is not there yet.</summary>
    public static bool IsShared(string path) => IsShared(path, File.ReadLines("/proc/self/mounts"), Real);

    /// <summary>The same over a table of mounts.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="mounts">Lines as in /proc/mounts.</param>
    /// <param name="real">The path without symbolic links, of one that may be one.</param>
    public static bool IsShared(string path, IEnumerable<string> mounts, Func<string, string> real)
    {
        string at = Path.GetDirectoryName(path) is { } folder ? Path.Join(real(folder), Path.GetFileName(path)) : path;
        string longest = "", type = "";
        foreach (string line in mounts)
        {
            string[] words = line.Split(' ');
            if (words.Length < 3)
                continue;
            string point = words[1].Replace("\\040", " ", StringComparison.Ordinal);
            // A later mount hides an earlier one in the same place.
            if (point.Length >= longest.Length && (at == point || point == "/" || at.StartsWith(point + "/", StringComparison.Ordinal)))
                (longest, type) = (point, words[2]);
        }
        return Shared.Contains(type);
    }

    static string Real(string folder)
    {
        for (string at = folder; at.Length > 1; at = Path.GetDirectoryName(at)!)
            if (Directory.Exists(at) && Directory.ResolveLinkTarget(at, returnFinalTarget: true) is { } target)
                return target.FullName + folder[at.Length..];
        return folder;
    }
}
