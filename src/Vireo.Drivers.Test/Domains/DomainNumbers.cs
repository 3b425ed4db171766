using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Numbers that are made up, always in the same way.</summary>
sealed class DomainNumbers(TestHost host) : DomainWork(host), IDomainMemoryStatistics, IDomainDiskErrors, IDomainMemoryPeek, IDomainCpuStatistics
{
    /// <summary>When the balloon is said to have reported last, in seconds since 1970.</summary>
    const ulong LastReport = 627319920;

    public ValueTask<MemoryStatistic[]> GetMemoryStatisticsAsync(DomainRef domain, uint maxStats, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainMemoryStats");
        DomainView found = SeeRunning(domain);
        if (found.Def.Devices.MemoryBalloon is null)
            return new([]);
        ulong memory = found.Memory;
        MemoryStatistic[] all =
        [
            new(DomainMemoryStatTag.ActualBalloon, memory), new(DomainMemoryStatTag.SwapIn, 0), new(DomainMemoryStatTag.SwapOut, 0),
            new(DomainMemoryStatTag.MajorFault, 0), new(DomainMemoryStatTag.MinorFault, 0), new(DomainMemoryStatTag.Unused, memory / 2),
            new(DomainMemoryStatTag.Available, memory), new(DomainMemoryStatTag.Usable, memory / 2),
            new(DomainMemoryStatTag.LastUpdate, LastReport), new(DomainMemoryStatTag.DiskCaches, memory / 8),
            new(DomainMemoryStatTag.HugetlbPgalloc, 0), new(DomainMemoryStatTag.HugetlbPgfail, 0), new(DomainMemoryStatTag.Rss, memory / 2),
        ];
        return new([.. all.Take((int)Math.Min(maxStats, (uint)all.Length))]);
    }

    /// <summary>Every second disk is full, the others have failed in another way.</summary>
    public ValueTask<DomainDiskError[]> GetDiskErrorsAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetDiskErrors");
        return new([.. SeeRunning(domain).Def.Devices.Disks.Take(MostErrors).Select((disk, at) =>
            new DomainDiskError(disk.Target.Device, at % 2 is 0 ? DomainDiskErrorCode.Unspec : DomainDiskErrorCode.NoSpace))]);
    }

    const int MostErrors = 256;     // REMOTE_DOMAIN_DISK_ERRORS_MAX

    /// <summary>Memory is full of its own addresses, as far as a byte holds them.</summary>
    public ValueTask<byte[]> PeekMemoryAsync(DomainRef domain, ulong offset, uint size, DomainMemoryPeekFlags flags, CancellationToken cancel)
    {
        TestErrors.NotTogether(flags, DomainMemoryPeekFlags.Virtual, "VIR_MEMORY_VIRTUAL", DomainMemoryPeekFlags.Physical, "VIR_MEMORY_PHYSICAL", "virDomainMemoryPeek");
        flags.Only(DomainMemoryPeekFlags.Virtual | DomainMemoryPeekFlags.Physical, "testDomainMemoryPeek");
        if (flags is not (DomainMemoryPeekFlags.Virtual or DomainMemoryPeekFlags.Physical))
            throw VireoException.InvalidArgument(ErrorDomain.Test, "flags parameter must be VIR_MEMORY_VIRTUAL or VIR_MEMORY_PHYSICAL");
        SeeRunning(domain);
        if (size > MostPeeked)
            throw VireoException.Internal(ErrorDomain.Rpc, "size > maximum buffer size");
        byte[] memory = new byte[size];
        for (int at = 0; at < memory.Length; at++)
            memory[at] = (byte)(offset + (ulong)at);
        return new(memory);
    }

    /// <summary>The caller takes parameters that are text.</summary>
    const uint Texts = 4;

    const uint MostPeeked = 4194304;    // REMOTE_DOMAIN_MEMORY_PEEK_BUFFER_MAX

    /// <summary>A guest used two of the host's processors' time since it began.</summary>
    const ulong CpuTime = 48772617035, UserTime = 5540000000, SystemTime = 6460000000, OverheadTime = 1234567890;

    /// <summary>As many processors as a socket of the host has cores share the time.</summary>
    public ValueTask<CpuStatistics> GetCpuStatisticsAsync(DomainRef domain, uint parameters, int startCpu, uint cpus, uint flags, CancellationToken cancel)
    {
        (flags & ~Texts).None("testDomainGetCPUStats");
        SeeRunning(domain);
        TypedParameter[] total = [new("cpu_time", CpuTime), new("user_time", UserTime), new("system_time", SystemTime)];
        if (startCpu is -1)
            return new(parameters is 0 ? new CpuStatistics([], total.Length) : new CpuStatistics([.. total.Take((int)Math.Min(parameters, 3))], (int)Math.Min(parameters, 3)));
        if (startCpu < 0)
            throw VireoException.InvalidArgument(ErrorDomain.Domain, "start_cpu in virDomainGetCPUStats must be zero or greater");
        int all = Host.Node.Cores;
        if (cpus is 0)
            return new(new CpuStatistics([], all));
        if (startCpu >= all)
            throw VireoException.InvalidArgument(ErrorDomain.Test, $"Start CPU {startCpu} is out of range (min: 0, max: {all - 1})");
        if (parameters is 0)
            return new(new CpuStatistics([], 2));
        List<TypedParameter> each = [];
        for (int cpu = startCpu; cpu < Math.Min((long)startCpu + cpus, all); cpu++)
        {
            ulong time = CpuTime / (ulong)all + (ulong)cpu;
            each.AddRange(((TypedParameter[])[new("cpu_time", time), new("vcpu_time", time - OverheadTime)]).Take((int)Math.Min(parameters, 2)));
        }
        return new(new CpuStatistics([.. each], (int)Math.Min(parameters, 2)));
    }
}
