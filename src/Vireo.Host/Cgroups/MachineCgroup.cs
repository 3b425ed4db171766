using System.Text;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Host.Cgroups;

/// <summary>What a machine used, as its control groups count it.</summary>
/// <param name="CpuTime">Processor time in nanoseconds; null: not counted.</param>
/// <param name="UserTime">Of it in user mode.</param>
/// <param name="SystemTime">Of it in the kernel.</param>
/// <param name="MemoryBytes">Memory in bytes; null: not counted.</param>
public readonly record struct CgroupUsage(ulong? CpuTime, ulong? UserTime, ulong? SystemTime, ulong? MemoryBytes);

/// <summary>
/// The control groups of one machine: "machine/qemu-ID-NAME.libvirt-qemu" in every hierarchy that lets us, and in those that can treat
/// threads apart one below it for the emulator, each vCPU and each iothread. Where no hierarchy lets us (a user's session), the machine runs
/// without: a start never fails for it.
/// </summary>
public sealed class MachineCgroup
{
    /// <summary>The group of all threads that are neither a vCPU nor an iothread.</summary>
    public const string Emulator = "emulator";

    static readonly TimeSpan LastBreath = TimeSpan.FromMilliseconds(2), Patience = TimeSpan.FromSeconds(5);

    MachineCgroup(ControlGroup whole, MachinePlace place) => (Whole, Place) = (whole, place);

    /// <summary>Where it is.</summary>
    public MachinePlace Place { get; }

    /// <summary>The machine's own group.</summary>
    public ControlGroup Whole { get; }

    /// <summary>Which devices the machine may open; null: the host keeps no such rules for us.</summary>
    public CgroupDevices? Devices => Whole.Has(CgroupControllers.Devices, out string? folder, out bool unified) ? new(folder, unified) : null;

    /// <summary>The folders that the machine's process, and helpers of it, have to join: the emulator's, or the whole machine's where threads are not told apart.</summary>
    public IReadOnlyList<string> Folders =>
        [.. Whole.Places.Select(static one => SplitsThreads(one.Hierarchy) ? Path.Join(one.Folder, Emulator) : one.Folder)];

    /// <summary>
    /// The name of a machine's group: what does not fit a host name is left out.
    /// </summary>
    /// <param name="driver">"qemu".</param>
    /// <param name="rootHash"><see cref="HostPaths.RootHash"/>: daemons with roots share the hierarchy.</param>
    /// <param name="id">The run's id.</param>
    /// <param name="name">The machine's name.</param>
    public static string NameOf(string driver, string rootHash, int id, string name) => $"{MachineName(driver, rootHash, id, name)}.libvirt-{driver}";

    /// <summary>The name by which systemd knows a machine: "qemu-1-a".</summary>
    public static string MachineName(string driver, string rootHash, int id, string name)
    {
        var text = new StringBuilder(driver).Append('-');
        if (rootHash.Length > 0)
            text.Append(rootHash).Append('-');
        text.Append(id).Append('-');
        foreach (char c in name)
            if (text.Length < 64 && (char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
                text.Append(c);
        return text.ToString().TrimEnd('-', '.');
    }

    /// <summary>Makes the machine's groups and the emulator's, wherever that is allowed.</summary>
    /// <param name="hierarchies">The host's hierarchies.</param>
    /// <param name="place">Where. Of partitions only "/machine" is made if it is missing.</param>
    /// <param name="root">Where the kernel's files are.</param>
    /// <param name="leader">The process that systemd has put into the scope.</param>
    /// <exception cref="VireoException">The partition is not there.</exception>
    public static MachineCgroup Create(IReadOnlyList<CgroupHierarchy> hierarchies, MachinePlace place, FileSystemRoot root, int leader = 0)
    {
        var made = new List<(CgroupHierarchy, string)>();
        foreach (var hierarchy in hierarchies.Where(OfMachines))
        {
            string folder = root.Of(Path.Join(hierarchy.MountPoint, place.In(hierarchy))), above = Path.GetDirectoryName(folder)!;
            if (place.Unit is not null ? !MakeInScope(hierarchy, root.Of(hierarchy.MountPoint), folder, leader)
                : (CgroupPartition.IsDefault(place.Partition) ? !MakeInside(hierarchy, above) : Missing(above)) || !MakeInside(hierarchy, folder))
                continue;
            TryPut(hierarchy, folder, "cpuset.memory_migrate", "1");
            if (!SplitsThreads(hierarchy) || MakeThreads(hierarchy, folder, Emulator) is not null)
                made.Add((hierarchy, folder));
        }
        return new(new(made), place);

        bool Missing(string above) => Directory.Exists(above) ? false
            : throw VireoException.System(ErrorDomain.Cgroup, LibC.ENOENT, $"Partition '{place.Partition}' is not there: no folder '{above}'");
    }

    /// <summary>Finds the groups of a machine that runs.</summary>
    public static MachineCgroup Find(IReadOnlyList<CgroupHierarchy> hierarchies, MachinePlace place, FileSystemRoot root)
    {
        var found = new List<(CgroupHierarchy, string)>();
        foreach (var hierarchy in hierarchies.Where(OfMachines))
        {
            string folder = root.Of(Path.Join(hierarchy.MountPoint, place.In(hierarchy)));
            if (Directory.Exists(folder))
                found.Add((hierarchy, folder));
        }
        return new(new(found), place);
    }

    /// <summary>Puts a program that runs beside the machine to the emulator.</summary>
    /// <param name="pid">Its pid; what is gone needs no place.</param>
    public void AddHelper(int pid)
    {
        foreach (string folder in Folders)
            _ = CgroupFiles.TryWrite(Path.Join(folder, "cgroup.procs"), pid.ToString());
    }

    /// <summary>The group of some threads, made if it is missing.</summary>
    /// <param name="name"><see cref="Emulator"/>, "vcpu0" or "iothread1".</param>
    public ControlGroup Threads(string name)
    {
        var made = new List<(CgroupHierarchy, string)>();
        foreach (var (hierarchy, folder) in Whole.Places)
            if (SplitsThreads(hierarchy) && MakeThreads(hierarchy, folder, name) is { } below)
                made.Add((hierarchy, below));
        return new(made);
    }

    /// <summary>The group of some threads; null: it is not there.</summary>
    public ControlGroup? FindThreads(string name)
    {
        var found = Whole.Places.Where(one => SplitsThreads(one.Hierarchy)).Select(one => (one.Hierarchy, Path.Join(one.Folder, name)))
            .Where(static one => Directory.Exists(one.Item2)).ToList();
        return found.Count > 0 ? new(found) : null;
    }

    /// <summary>The group of some threads, which are gone or about to go: removed if it is empty.</summary>
    public void RemoveThreads(string name)
    {
        foreach (var (hierarchy, folder) in Whole.Places)
            if (SplitsThreads(hierarchy))
                _ = LibC.rmdir(Path.Join(folder, name));
    }

    /// <summary>What the machine used.</summary>
    public CgroupUsage Usage()
    {
        ulong? cpu = null, user = null, system = null, memory = null;
        if (Whole.Has(CgroupControllers.CpuAccounting, out string? time, out bool unified))
        {
            cpu = unified ? Field(time, "cpu.stat", "usage_usec") * 1000 : Number(time, "cpuacct.usage");
            user = unified ? Field(time, "cpu.stat", "user_usec") * 1000 : Field(time, "cpuacct.stat", "user") * 10_000_000;       // in ticks of 10 ms
            system = unified ? Field(time, "cpu.stat", "system_usec") * 1000 : Field(time, "cpuacct.stat", "system") * 10_000_000;
        }
        if (Whole.Has(CgroupControllers.Memory, out string? room, out unified))
            memory = Number(room, unified ? "memory.current" : "memory.usage_in_bytes");
        return new CgroupUsage(cpu, user, system, memory);
    }

    /// <summary>The processes that are in the groups, with those below.</summary>
    public IReadOnlySet<int> Members()
    {
        var members = new HashSet<int>();
        foreach (var (_, folder) in Whole.Places)
            foreach (string one in Below(folder).Prepend(folder))
                foreach (string line in CgroupFiles.Read(Path.Join(one, "cgroup.procs")).Split('\n'))
                    if (int.TryParse(line, out int pid))
                        members.Add(pid);
        return members;
    }

    /// <summary>Removes the groups, and those below them. One that still has processes stays.</summary>
    /// <param name="time">The clock of the wait for what has ended or is about to: at most five seconds.</param>
    /// <returns>Whether all are gone.</returns>
    public async ValueTask<bool> RemoveAsync(TimeProvider time)
    {
        // A killed process leaves its groups a little after it can no longer be waited for, and v1 tells nobody when.
        long began = time.GetTimestamp();
        for (TimeSpan breath = LastBreath; !Whole.Remove(); breath = breath < LastBreath * 16 ? breath * 2 : breath)
        {
            if (time.GetElapsedTime(began) >= Patience)
                return false;
            await Task.Delay(breath, time).ConfigureAwait(false);
        }
        return true;
    }

    static bool OfMachines(CgroupHierarchy hierarchy) => (hierarchy.Controllers & CgroupControllers.OfMachines) != 0;

    // In v2 threads can be told apart whatever it controls, and a process is in all or none.
    static bool SplitsThreads(CgroupHierarchy hierarchy) => hierarchy.IsUnified || (hierarchy.Controllers & CgroupControllers.OfThreads) != 0;

    static string[] Below(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    static bool MakeInside(CgroupHierarchy hierarchy, string folder)
    {
        string above = Path.GetDirectoryName(folder)!;
        if (hierarchy.IsUnified)
            HandDown(above, hierarchy.Controllers);
        if (CgroupFiles.Make(folder) != 0)
            return false;
        if ((hierarchy.Controllers & CgroupControllers.CpuSet) == 0 || hierarchy.IsUnified)
            return true;
        foreach (string file in (string[])["cpuset.cpus", "cpuset.mems"])     // empty at first, and then nothing may join
            if (CgroupFiles.Read(Path.Join(folder, file)).Trim().Length == 0)
                _ = CgroupFiles.TryWrite(Path.Join(folder, file), CgroupFiles.Read(Path.Join(above, file)).Trim());
        return true;
    }

    // systemd makes the scope, in v1 only in its own hierarchy. In v2 rules can only be handed down by a group without processes, so the first one moves.
    static bool MakeInScope(CgroupHierarchy hierarchy, string mount, string folder, int leader)
    {
        if (!hierarchy.IsUnified)
        {
            string at = mount;
            foreach (string part in Path.GetRelativePath(mount, folder).Split('/'))
                if (!MakeInside(hierarchy, at = Path.Join(at, part)))
                    return false;
            return true;
        }
        if (CgroupFiles.Make(folder) != 0)
            return false;
        _ = CgroupFiles.TryWrite(Path.Join(folder, "cgroup.procs"), leader.ToString());
        HandDown(Path.GetDirectoryName(folder)!, hierarchy.Controllers);
        return true;
    }

    static string? MakeThreads(CgroupHierarchy hierarchy, string folder, string name)
    {
        string below = Path.Join(folder, name);
        if (hierarchy.IsUnified)
        {
            if (CgroupFiles.Make(below) != 0)
                return null;
            _ = CgroupFiles.TryWrite(Path.Join(below, "cgroup.type"), "threaded");
            HandDown(folder, hierarchy.Controllers & CgroupControllers.OfThreads);     // only after it: the group above may then keep others' rules
            return below;
        }
        if (!MakeInside(hierarchy, below))
            return null;
        TryPut(hierarchy, below, "cpuset.memory_migrate", "1");
        return below;
    }

    static void HandDown(string folder, CgroupControllers controllers)
    {
        string file = Path.Join(folder, "cgroup.subtree_control");
        string[] names = [.. CgroupControllerNames.All.Where(one => (controllers & one.Controller) != 0
            && one.Controller is CgroupControllers.Cpu or CgroupControllers.CpuSet or CgroupControllers.Memory or CgroupControllers.BlockIo)
            .Select(static one => one.Name == "blkio" ? "+io" : "+" + one.Name)];
        if (names.Length == 0 || CgroupFiles.TryWrite(file, string.Join(' ', names)) == 0)
            return;
        foreach (string one in names)       // all or none; what is refused counts nothing for us then
            _ = CgroupFiles.TryWrite(file, one);
    }

    static void TryPut(CgroupHierarchy hierarchy, string folder, string file, string text)
    {
        if (!hierarchy.IsUnified && (hierarchy.Controllers & CgroupControllers.CpuSet) != 0)
            _ = CgroupFiles.TryWrite(Path.Join(folder, file), text);
    }

    static ulong? Number(string folder, string file) => ulong.TryParse(CgroupFiles.Read(Path.Join(folder, file)).Trim(), out ulong value) ? value : null;

    static ulong? Field(string folder, string file, string name)
    {
        foreach (string line in CgroupFiles.Read(Path.Join(folder, file)).Split('\n'))
            if (line.Split(' ') is [var field, var value] && field == name && ulong.TryParse(value, out ulong number))
                return number;
        return null;
    }
}
