namespace Vireo.Host.Cgroups;

/// <summary>What control groups count or limit, by libvirt's names; cgroup v2 calls <see cref="BlockIo"/> "io".</summary>
[Flags]
public enum CgroupControllers
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>"cpu": shares and quotas.</summary>
    Cpu = 1,

    /// <summary>"cpuacct": time used; part of every group of v2.</summary>
    CpuAccounting = 1 << 1,

    /// <summary>"cpuset": which processors and memory nodes.</summary>
    CpuSet = 1 << 2,

    /// <summary>"memory".</summary>
    Memory = 1 << 3,

    /// <summary>"devices": which nodes may be opened; in v2 a program of the kernel's.</summary>
    Devices = 1 << 4,

    /// <summary>"freezer".</summary>
    Freezer = 1 << 5,

    /// <summary>"blkio".</summary>
    BlockIo = 1 << 6,

    /// <summary>"net_cls".</summary>
    NetClass = 1 << 7,

    /// <summary>"perf_event".</summary>
    PerfEvents = 1 << 8,

    /// <summary>"name=systemd": no controller, systemd's own book of processes.</summary>
    Systemd = 1 << 9,

    /// <summary>All that a machine is placed in where they are there.</summary>
    OfMachines = Cpu | CpuAccounting | CpuSet | Memory | Devices | Freezer | BlockIo,

    /// <summary>Those that can treat the threads of one process apart.</summary>
    OfThreads = Cpu | CpuAccounting | CpuSet,
}

/// <summary>Names of controllers.</summary>
public static class CgroupControllerNames
{
    /// <summary>Every name, in libvirt's order.</summary>
    public static IReadOnlyList<(string Name, CgroupControllers Controller)> All { get; } =
    [
        ("cpu", CgroupControllers.Cpu), ("cpuacct", CgroupControllers.CpuAccounting), ("cpuset", CgroupControllers.CpuSet),
        ("memory", CgroupControllers.Memory), ("devices", CgroupControllers.Devices), ("freezer", CgroupControllers.Freezer),
        ("blkio", CgroupControllers.BlockIo), ("net_cls", CgroupControllers.NetClass), ("perf_event", CgroupControllers.PerfEvents),
        ("name=systemd", CgroupControllers.Systemd),
    ];

    /// <summary>The controllers that the names mean; others mean nothing.</summary>
    public static CgroupControllers Of(IEnumerable<string> names)
    {
        var all = CgroupControllers.None;
        foreach (string name in names)
            foreach (var (known, controller) in All)
                if (known == name)
                    all |= controller;
        return all;
    }

    /// <summary>The controllers that a list of cgroup v2 ("cpuset cpu io memory") means.</summary>
    internal static CgroupControllers OfUnified(string list) =>
        Of(list.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static n => n == "io" ? "blkio" : n))
            & (CgroupControllers.Cpu | CgroupControllers.CpuSet | CgroupControllers.Memory | CgroupControllers.BlockIo);
}
