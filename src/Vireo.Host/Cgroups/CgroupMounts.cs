using Vireo.Host.Files;

namespace Vireo.Host.Cgroups;

/// <summary>A hierarchy of control groups, and where in it this process is.</summary>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Own">The path of our own group, as seen under the mount point: "/" or "/user.slice/...".</param>
/// <param name="Controllers">What it controls ("cpu"); for v2 all that are available.</param>
/// <param name="IsUnified">It is cgroup v2.</param>
public sealed record CgroupHierarchy(string MountPoint, string Own, IReadOnlyList<string> Controllers, bool IsUnified);

/// <summary>Finds the hierarchies of a host: v1, v2, or both side by side.</summary>
public static class CgroupMounts
{
    /// <summary>The hierarchies that hold some of the controllers that are wanted; null: all.</summary>
    public static IReadOnlyList<CgroupHierarchy> Detect(FileSystemRoot root, IReadOnlyList<string>? wanted)
    {
        IReadOnlyList<CgroupHierarchy> all = Detect(root);
        if (wanted is null)
            return all;
        // cgroup v2 has other names for two of them.
        HashSet<string> names = [.. wanted, .. wanted.Select(static w => w switch { "blkio" => "io", "cpuacct" => "cpu", _ => w })];
        return [.. all.Select(h => h with { Controllers = [.. h.Controllers.Where(names.Contains)] })
            .Where(h => h.Controllers.Count > 0 || (h.IsUnified && wanted.Count > 0))];
    }

    /// <summary>Reads /proc/self/mountinfo and /proc/self/cgroup.</summary>
    public static IReadOnlyList<CgroupHierarchy> Detect(FileSystemRoot root)
    {
        string[] mounts = Lines(root.Of("/proc/self/mountinfo")), groups = Lines(root.Of("/proc/self/cgroup"));
        var found = new List<CgroupHierarchy>();
        foreach (string line in mounts)
        {
            string[] words = line.Split(' ');
            int dash = Array.IndexOf(words, "-");
            if (dash < 6 || words.Length < dash + 4)
                continue;
            string type = words[dash + 1], seenRoot = Unescape(words[3]), at = Unescape(words[4]);
            bool unified = type == "cgroup2";
            if (!unified && type != "cgroup" || found.Exists(h => h.MountPoint == at))
                continue;
            string[] options = words[dash + 3].Split(',');
            if (Own(groups, options, unified) is not { } own)
                continue;
            string below = seenRoot != "/" && own.StartsWith(seenRoot, StringComparison.Ordinal) ? own[seenRoot.Length..] : own;
            string[] controllers = unified
                ? Words(root.Of(at + "/cgroup.controllers"))
                : own.Length == 0 ? [] : Controllers(groups, options);
            if (unified || controllers.Length > 0)
                found.Add(new CgroupHierarchy(at, below.Length == 0 ? "/" : below, controllers, unified));
        }
        return found;
    }

    // "4:memory,cpu:/path": the v2 line has number 0 and names nothing.
    static string? Own(string[] groups, string[] options, bool unified)
    {
        foreach (string group in groups)
        {
            string[] parts = group.Split(':', 3);
            if (parts.Length == 3 && (unified ? parts[0] == "0" && parts[1].Length == 0 : parts[1].Split(',').Any(c => options.Contains(c) && c.Length > 0)))
                return parts[2];
        }
        return null;
    }

    static string[] Controllers(string[] groups, string[] options) =>
        [.. groups.Select(static g => g.Split(':', 3)).Where(static g => g.Length == 3).SelectMany(static g => g[1].Split(','))
            .Where(c => c.Length > 0 && !c.StartsWith("name=", StringComparison.Ordinal) && options.Contains(c)).Distinct()];

    static string[] Lines(string file) => File.Exists(file) ? File.ReadAllLines(file) : [];

    static string[] Words(string file) =>
        File.Exists(file) ? File.ReadAllText(file).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [];

    static string Unescape(string path) => path.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal)
        .Replace("\\012", "\n", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);
}
