using Vireo.Core.Errors;

namespace Vireo.Host.Cgroups;

/// <summary>Reads back what <see cref="CgroupLimits"/> sets, and what processors a group used. Null: the host does not say.</summary>
public static class CgroupReadings
{
    // What the kernel of v1 shows where no limit is set: the largest whole number of pages.
    static readonly ulong endless = (ulong)(long.MaxValue / Environment.SystemPageSize * Environment.SystemPageSize);

    /// <summary>Share of processor time; of v2 the weight.</summary>
    public static ulong? Shares(this ControlGroup group) =>
        group.Has(CgroupControllers.Cpu, out string? folder, out bool unified) ? Number(folder, unified ? "cpu.weight" : "cpu.shares") : null;

    /// <summary>Period and time in each period in microseconds; a quota of -1: no limit.</summary>
    public static (ulong Period, long Quota)? Bandwidth(this ControlGroup group)
    {
        if (!group.Has(CgroupControllers.Cpu, out string? folder, out bool unified))
            return null;
        if (unified)
            return CgroupFiles.Read(Path.Join(folder, "cpu.max")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is [var time, var span]
                && ulong.TryParse(span, out ulong every) ? (every, long.TryParse(time, out long limit) ? limit : -1) : null;
        return Number(folder, "cpu.cfs_period_us") is { } period && long.TryParse(CgroupFiles.Read(Path.Join(folder, "cpu.cfs_quota_us")).Trim(), out long quota)
            ? (period, quota) : null;
    }

    /// <summary>The most memory in KiB: hard, soft, with swap; null: no limit.</summary>
    /// <exception cref="VireoException">There is no controller for it.</exception>
    public static (ulong? Hard, ulong? Soft, ulong? WithSwap) Memory(this ControlGroup group)
    {
        if (!group.Has(CgroupControllers.Memory, out string? folder, out bool unified))
            throw new VireoException(ErrorCode.OperationInvalid, ErrorDomain.Cgroup, "cgroup memory controller is not mounted");
        ulong? KiB(string file) => Number(folder, file) is { } bytes && bytes < endless ? bytes >> 10 : null;
        return unified ? (KiB("memory.max"), KiB("memory.high"), KiB("memory.swap.max"))
            : (KiB("memory.limit_in_bytes"), KiB("memory.soft_limit_in_bytes"), KiB("memory.memsw.limit_in_bytes"));
    }

    /// <summary>Share of all disks.</summary>
    public static uint? BlockWeight(this ControlGroup group)
    {
        if (!group.Has(CgroupControllers.BlockIo, out string? folder, out bool unified))
            return null;
        foreach (string file in (string[])(unified ? ["io.bfq.weight", "io.weight"] : ["blkio.weight", "blkio.bfq.weight"]))
            if (CgroupFiles.Read(Path.Join(folder, file)).Split('\n')[0].Split(' ')[^1] is { Length: > 0 } text && uint.TryParse(text, out uint weight))
                return weight;
        return null;
    }

    /// <summary>Nanoseconds that the group used of each processor of the host; null: the kernel does not count them apart (v2 does not).</summary>
    public static IReadOnlyList<ulong>? ProcessorTimes(this ControlGroup group)
    {
        if (!group.Has(CgroupControllers.CpuAccounting, out string? folder, out bool unified) || unified)
            return null;
        string[] words = CgroupFiles.Read(Path.Join(folder, "cpuacct.usage_percpu")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Select(static word => ulong.TryParse(word, out ulong time) ? time : 0)];
    }

    static ulong? Number(string folder, string file) => ulong.TryParse(CgroupFiles.Read(Path.Join(folder, file)).Trim(), out ulong value) ? value : null;
}
