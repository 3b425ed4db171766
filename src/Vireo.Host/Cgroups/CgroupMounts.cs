using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Host.Cgroups;

/// <summary>A hierarchy of control groups, and where in it this process is.</summary>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Own">The path of our own group: "/" or "/user.slice/...".</param>
/// <param name="Controllers">What it controls.</param>
/// <param name="IsUnified">It is cgroup v2.</param>
public sealed record CgroupHierarchy(string MountPoint, string Own, CgroupControllers Controllers, bool IsUnified);

/// <summary>
/// Finds the hierarchies of a host: v1, v2, or both side by side. What v2 controls is v2's, whatever v1 has beside it: time used always, devices
/// where its programs can be loaded.
/// </summary>
public static class CgroupMounts
{
    const int NoSuchDevice = 6;

    /// <summary>Those of this host, as far as they hold wanted controllers; none where there are none.</summary>
    /// <param name="root">Where the kernel's files are.</param>
    /// <param name="wanted">Names of controllers, as in qemu.conf; null: all.</param>
    /// <param name="devicePrograms">Whether rules for devices can be loaded into groups of v2; null: the kernel is asked.</param>
    /// <param name="process">Whose group counts as the own one: a process id, or "self".</param>
    public static IReadOnlyList<CgroupHierarchy> Detect(
        FileSystemRoot root, IReadOnlyList<string>? wanted = null, bool? devicePrograms = null, string process = "self")
    {
        var all = Find(CgroupFiles.Read(root.Of("/proc/self/mounts")), CgroupFiles.Read(root.Of($"/proc/{process}/cgroup")),
            at => File.Exists(root.Of(at + "/cgroup.controllers")) ? CgroupFiles.Read(root.Of(at + "/cgroup.controllers")) : null, at => devicePrograms ?? DeviceProgram.IsUsable(root.Of(at)));
        if (wanted is null)
            return all;
        var mask = CgroupControllerNames.Of(wanted);
        return [.. all.Select(h => h with { Controllers = h.Controllers & mask }).Where(static h => h.Controllers != 0)];
    }

    /// <summary>The hierarchies that the kernel's texts tell of.</summary>
    /// <param name="mounts">/proc/self/mounts.</param>
    /// <param name="groups">/proc/self/cgroup.</param>
    /// <param name="unified">The cgroup.controllers of v2 at a mount point; null: there is none, as another mount hides it.</param>
    /// <param name="devicePrograms">Whether v2 at a mount point can keep rules for devices.</param>
    /// <exception cref="VireoException">No controller is mounted.</exception>
    public static IReadOnlyList<CgroupHierarchy> Read(string mounts, string groups, Func<string, string?> unified, Func<string, bool> devicePrograms)
    {
        var found = Find(mounts, groups, unified, devicePrograms);
        return found.Any(static h => (h.Controllers & ~CgroupControllers.Systemd) != 0) ? found
            : throw VireoException.System(ErrorDomain.Cgroup, NoSuchDevice, "no controller of control groups is mounted");
    }

    static List<CgroupHierarchy> Find(string mounts, string groups, Func<string, string?> unified, Func<string, bool> devicePrograms)
    {
        var lines = Mounts(mounts).ToList();
        string[] own = groups.Split('\n');
        var found = new List<CgroupHierarchy>();
        var taken = CgroupControllers.None;
        foreach (var (_, root, _) in lines.Where(static m => m.Type == "cgroup2"))
        {
            if (unified(root) is not { } controllers)
                continue;
            taken = CgroupControllerNames.OfUnified(controllers) | CgroupControllers.CpuAccounting
                | (devicePrograms(root) ? CgroupControllers.Devices : CgroupControllers.None);
            found.Add(new(root, OwnOf(own, static (number, names) => number == "0" && names.Length == 0), taken, IsUnified: true));
            break;
        }
        foreach (var (type, at, options) in lines)
        {
            // Of several mounts of the same, the first one counts.
            var here = type == "cgroup" ? CgroupControllerNames.Of(options) & ~taken : CgroupControllers.None;
            if (here == 0)
                continue;
            taken |= here;
            found.Add(new(at, OwnOf(own, (_, names) => (CgroupControllerNames.Of(names.Split(',')) & here) != 0), here, IsUnified: false));
        }
        return found;
    }

    static IEnumerable<(string Type, string At, string[] Options)> Mounts(string text)
    {
        foreach (string line in text.Split('\n'))
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var at, var type, var options, ..])
                yield return (type, Unescape(at), options.Split(','));
    }

    static string OwnOf(string[] groups, Func<string, string, bool> matches)
    {
        foreach (string line in groups)
            if (line.Split(':', 3) is [var number, var names, var path] && matches(number, names))
                return path;
        return "/";
    }

    static string Unescape(string path) => path.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal)
        .Replace("\\012", "\n", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);
}
