using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Host.Cgroups;

/// <summary>What a limit of one block device is about.</summary>
public enum BlockLimit
{
    /// <summary>Share of the device against others.</summary>
    Weight,

    /// <summary>Reads a second.</summary>
    ReadOperations,

    /// <summary>Writes a second.</summary>
    WriteOperations,

    /// <summary>Bytes read a second.</summary>
    ReadBytes,

    /// <summary>Bytes written a second.</summary>
    WriteBytes,
}

/// <summary>Sets limits and shares of a group in the files of v1 or v2. All throw a <see cref="VireoException"/> if the host lacks the controller or the kernel refuses.</summary>
public static class CgroupLimits
{
    /// <summary>Share of processor time: 2 to 262144 in v1, 1 to 10000 in v2, where it is the weight.</summary>
    public static void SetShares(this ControlGroup group, ulong shares)
    {
        string folder = group.Place(CgroupControllers.Cpu, out bool unified);
        if (unified && shares is 0 or > 10000)
            throw new VireoException(ErrorCode.InvalidArg, ErrorDomain.Cgroup, $"shares '{shares}' must be in range [1, 10000]");
        Put(folder, unified ? "cpu.weight" : "cpu.shares", Number(shares));
    }

    /// <summary>How much time in every period. Null: as it is.</summary>
    /// <param name="group">The group.</param>
    /// <param name="period">The period in microseconds.</param>
    /// <param name="quota">Time in a period in microseconds; below zero: no limit.</param>
    public static void SetBandwidth(this ControlGroup group, ulong? period, long? quota)
    {
        if (period is null && quota is null)
            return;
        string folder = group.Place(CgroupControllers.Cpu, out bool unified);
        if (unified)
        {
            string[] now = CgroupFiles.Read(Path.Join(folder, "cpu.max")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            string time = quota is { } wanted ? wanted < 0 ? "max" : Number(wanted) : now is [var kept, ..] ? kept : "max";
            Put(folder, "cpu.max", period is { } span ? $"{time} {Number(span)}" : time);
            return;
        }
        if (period is { } length)
            Put(folder, "cpu.cfs_period_us", Number(length));
        if (quota is { } each)
            Put(folder, "cpu.cfs_quota_us", Number(each < 0 ? -1 : each));
    }

    /// <summary>Which processors and memory nodes of the host. Null: as it is.</summary>
    public static void SetPlaces(this ControlGroup group, string? processors, string? nodes)
    {
        string folder = group.Place(CgroupControllers.CpuSet, out _);
        if (nodes is not null)
            Put(folder, "cpuset.mems", nodes);
        if (processors is not null)
            Put(folder, "cpuset.cpus", processors);
    }

    /// <summary>The most memory, in KiB; <see cref="ulong.MaxValue"/> KiB and what does not fit into bytes: no limit.</summary>
    public static void SetMemory(this ControlGroup group, ulong? hardKiB, ulong? softKiB, ulong? withSwapKiB)
    {
        string folder = group.Place(CgroupControllers.Memory, out bool unified);
        if (hardKiB is { } hard)
            Put(folder, unified ? "memory.max" : "memory.limit_in_bytes", Bytes(hard, unified));
        if (softKiB is { } soft)
            Put(folder, unified ? "memory.high" : "memory.soft_limit_in_bytes", Bytes(soft, unified));
        if (withSwapKiB is { } swap)
            Put(folder, unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes", Bytes(swap, unified));
    }

    /// <summary>Share of all disks.</summary>
    public static void SetBlockWeight(this ControlGroup group, uint weight)
    {
        string folder = group.Place(CgroupControllers.BlockIo, out bool unified);
        string file = WeightFile(folder, unified);
        Put(folder, file, unified && file == "io.weight" ? $"default {Number(weight)}" : Number(weight));
    }

    /// <summary>A limit for one device. 0: none.</summary>
    /// <param name="group">The group.</param>
    /// <param name="device">The path of its node.</param>
    /// <param name="what">Which limit.</param>
    /// <param name="value">Weight, operations or bytes a second.</param>
    public static void SetBlock(this ControlGroup group, string device, BlockLimit what, ulong value)
    {
        string folder = group.Place(CgroupControllers.BlockIo, out bool unified);
        if (FileOwner.FindNode(device) is not { IsBlock: true } node)
            throw File.Exists(device)
                ? VireoException.System(ErrorDomain.Cgroup, LibC.EINVAL, $"Path '{device}' must be a block device")
                : VireoException.System(ErrorDomain.Cgroup, LibC.ENOENT, $"Path '{device}' is not accessible");
        string number = $"{Number(node.Major)}:{Number(node.Minor)}";
        if (what is BlockLimit.Weight && !unified && !File.Exists(Path.Join(folder, "blkio.weight_device")))
            throw new VireoException(ErrorCode.OperationInvalid, ErrorDomain.Cgroup, "blkio device weight is valid only for cfq scheduler");
        if (what is BlockLimit.Weight)
            Put(folder, Known(folder, unified ? ["io.weight"] : ["blkio.weight_device"]), $"{number} {Number(value)}");
        else if (unified)
            Put(folder, "io.max", $"{number} {UnifiedWord(what)}={(value == 0 ? "max" : Number(value))}");
        else
            Put(folder, $"blkio.throttle.{LegacyWord(what)}_device", $"{number} {Number(value)}");
    }

    static string UnifiedWord(BlockLimit what) => what switch
    {
        BlockLimit.ReadOperations => "riops",
        BlockLimit.WriteOperations => "wiops",
        BlockLimit.ReadBytes => "rbps",
        _ => "wbps",
    };

    static string LegacyWord(BlockLimit what) => what switch
    {
        BlockLimit.ReadOperations => "read_iops",
        BlockLimit.WriteOperations => "write_iops",
        BlockLimit.ReadBytes => "read_bps",
        _ => "write_bps",
    };

    // Kernels have weights of one scheduler or another, or none.
    static string WeightFile(string folder, bool unified) =>
        Known(folder, unified ? ["io.bfq.weight", "io.weight"] : ["blkio.weight", "blkio.bfq.weight"]);

    static string Known(string folder, string[] names) => names.FirstOrDefault(one => File.Exists(Path.Join(folder, one)))
        ?? throw new VireoException(ErrorCode.OperationInvalid, ErrorDomain.Cgroup, $"the host's kernel has no weights of this kind for block devices ({string.Join(", ", names)})");

    static string Bytes(ulong kib, bool unified) =>
        kib >= ulong.MaxValue >> 11 ? unified ? "max" : "-1" : Number(kib << 10);

    static string Place(this ControlGroup group, CgroupControllers controller, out bool unified) =>
        group.Has(controller, out string? folder, out unified) ? folder : throw new VireoException(ErrorCode.OperationInvalid, ErrorDomain.Cgroup,
            $"cgroup {CgroupControllerNames.All.First(one => one.Controller == controller).Name} controller is not mounted");

    static void Put(string folder, string file, string value) => CgroupFiles.Write(Path.Join(folder, file), value);

    static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
