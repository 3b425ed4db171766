using System.Text;
using Vireo.Host.Files;

namespace Vireo.Host.Cgroups;

/// <summary>What a machine used, as its control groups count it.</summary>
/// <param name="CpuTime">Processor time in nanoseconds; null: not counted.</param>
/// <param name="UserTime">Of it in user mode.</param>
/// <param name="SystemTime">Of it in the kernel.</param>
/// <param name="MemoryBytes">Memory in bytes; null: not counted.</param>
public readonly record struct CgroupUsage(ulong? CpuTime, ulong? UserTime, ulong? SystemTime, ulong? MemoryBytes);

/// <summary>
/// The control groups of one machine, "machine/qemu-ID-NAME.libvirt-qemu" in every hierarchy that lets us. Where it does not (a user's
/// session), the machine runs without: a start never fails for it.
/// </summary>
public sealed class MachineCgroup
{
    // What libvirt places machines in, as far as it counts or limits something; device rules come with the devices' own work.
    static readonly string[] Used = ["cpu", "cpuacct", "cpuset", "memory", "blkio", "io", "freezer"];

    readonly List<(CgroupHierarchy Hierarchy, string Folder)> joined = [];

    MachineCgroup() { }

    /// <summary>The folders that the machine's process has to join.</summary>
    public IReadOnlyList<string> Folders => joined.ConvertAll(static one => one.Folder);

    /// <summary>
    /// The name of a machine's group: what does not fit a host name is left out.
    /// </summary>
    /// <param name="driver">"qemu".</param>
    /// <param name="rootHash"><see cref="HostPaths.RootHash"/>: daemons with roots share the hierarchy.</param>
    /// <param name="id">The run's id.</param>
    /// <param name="name">The machine's name.</param>
    public static string NameOf(string driver, string rootHash, int id, string name)
    {
        var text = new StringBuilder(driver).Append('-');
        if (rootHash.Length > 0)
            text.Append(rootHash).Append('-');
        text.Append(id).Append('-');
        foreach (char c in name)
            if (text.Length < 64 && (char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
                text.Append(c);
        return $"{text.ToString().TrimEnd('-', '.')}.libvirt-{driver}";
    }

    /// <summary>Makes the groups, wherever that is allowed.</summary>
    /// <param name="hierarchies">The host's hierarchies.</param>
    /// <param name="name">From <see cref="NameOf"/>.</param>
    /// <param name="partition">Above it: "machine", or as the machine's definition says.</param>
    /// <param name="root">Where the kernel's files are.</param>
    public static MachineCgroup Create(IReadOnlyList<CgroupHierarchy> hierarchies, string name, string partition, FileSystemRoot root)
    {
        var group = new MachineCgroup();
        foreach (CgroupHierarchy hierarchy in hierarchies)
        {
            if (!hierarchy.IsUnified && !hierarchy.Controllers.Intersect(Used).Any())
                continue;
            try
            {
                string above = root.Of(Path.Join(hierarchy.MountPoint, partition.TrimStart('/')));
                MakeInside(hierarchy, above);
                string folder = Path.Join(above, name);
                MakeInside(hierarchy, folder);
                group.joined.Add((hierarchy, folder));
            }
            catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
            {
                // without this one
            }
        }
        return group;
    }

    /// <summary>Finds the groups of a machine that runs.</summary>
    public static MachineCgroup Find(IReadOnlyList<CgroupHierarchy> hierarchies, string name, string partition, FileSystemRoot root)
    {
        var group = new MachineCgroup();
        foreach (CgroupHierarchy hierarchy in hierarchies)
        {
            string folder = root.Of(Path.Join(hierarchy.MountPoint, partition.TrimStart('/'), name));
            if (Directory.Exists(folder))
                group.joined.Add((hierarchy, folder));
        }
        return group;
    }

    /// <summary>What the machine used.</summary>
    public CgroupUsage Usage()
    {
        ulong? cpu = null, user = null, system = null, memory = null;
        foreach (var (hierarchy, folder) in joined)
        {
            if (hierarchy.IsUnified)
            {
                cpu ??= Field(folder, "cpu.stat", "usage_usec") * 1000;
                user ??= Field(folder, "cpu.stat", "user_usec") * 1000;
                system ??= Field(folder, "cpu.stat", "system_usec") * 1000;
                memory ??= Number(folder, "memory.current");
            }
            else
            {
                cpu = Number(folder, "cpuacct.usage") ?? cpu;
                user = Field(folder, "cpuacct.stat", "user") * 10_000_000 ?? user;       // in ticks of 10 ms
                system = Field(folder, "cpuacct.stat", "system") * 10_000_000 ?? system;
                memory = Number(folder, "memory.usage_in_bytes") ?? memory;
            }
        }
        return new CgroupUsage(cpu, user, system, memory);
    }

    /// <summary>The processes that are in the groups.</summary>
    public IReadOnlySet<int> Members()
    {
        var members = new HashSet<int>();
        foreach (var (_, folder) in joined)
            foreach (string line in Lines(Path.Join(folder, "cgroup.procs")))
                if (int.TryParse(line, out int pid))
                    members.Add(pid);
        return members;
    }

    /// <summary>Removes the groups, and those below them. One that still has processes stays.</summary>
    /// <returns>Whether all are gone.</returns>
    public bool Remove()
    {
        joined.RemoveAll(static one => RemoveTree(one.Folder));
        return joined.Count == 0;
    }

    static bool RemoveTree(string folder)
    {
        if (!Directory.Exists(folder))
            return true;
        foreach (string inner in Directory.GetDirectories(folder))
            RemoveTree(inner);
        return LibC.rmdir(folder) == 0 || LibC.Errno == LibC.ENOENT;
    }

    static void MakeInside(CgroupHierarchy hierarchy, string folder)
    {
        string above = Path.GetDirectoryName(folder)!;
        if (hierarchy.IsUnified)
            foreach (string controller in hierarchy.Controllers.Intersect(Used))
                TryPut(Path.Join(above, "cgroup.subtree_control"), "+" + controller);
        Directory.CreateDirectory(folder);
        if (!hierarchy.Controllers.Contains("cpuset") || hierarchy.IsUnified)
            return;
        foreach (string file in (string[])["cpuset.cpus", "cpuset.mems"])     // empty at first, and then nothing may join
        {
            string from = Path.Join(above, file), to = Path.Join(folder, file);
            if (File.Exists(from) && (!File.Exists(to) || File.ReadAllText(to).Trim().Length == 0))
                File.WriteAllText(to, File.ReadAllText(from).Trim());
        }
    }

    static void TryPut(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            // the controller counts nothing for us then
        }
    }

    static ulong? Number(string folder, string file) =>
        Lines(Path.Join(folder, file)) is [var line, ..] && ulong.TryParse(line, out ulong value) ? value : null;

    static ulong? Field(string folder, string file, string name)
    {
        foreach (string line in Lines(Path.Join(folder, file)))
            if (line.Split(' ') is [var field, var value] && field == name && ulong.TryParse(value, out ulong number))
                return number;
        return null;
    }

    static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
