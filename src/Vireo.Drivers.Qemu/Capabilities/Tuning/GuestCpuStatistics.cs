using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Host.Cgroups;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Processor time that a guest used, in all and of each of the host's processors.</summary>
sealed class GuestCpuStatistics(QemuConnection connection) : IDomainCpuStatistics
{
    const uint Texts = 4;
    const int PerProcessor = 2;

    public ValueTask<CpuStatistics> GetCpuStatisticsAsync(DomainRef domain, uint parameters, int startCpu, uint cpus, uint flags, CancellationToken cancel)
    {
        if ((flags & ~Texts) != 0)
            throw Machine.QemuErrors.UnknownFlags("qemuDomainGetCPUStats", flags);
        var machine = connection.Get(domain);
        if (machine.Live is not { } live)
            throw MachineErrors.NotRunning();
        ControlGroup whole = live.GroupOf(CgroupControllers.CpuAccounting, "CPUACCT");
        if (startCpu == -1)
        {
            CgroupUsage used = live.Cgroup!.Usage();
            TypedParameter[] total = [new("cpu_time", used.CpuTime ?? 0), new("user_time", used.UserTime ?? 0), new("system_time", used.SystemTime ?? 0)];
            return new(new CpuStatistics([.. total.Take((int)Math.Min(parameters, (uint)total.Length))], parameters == 0 ? total.Length : (int)Math.Min(parameters, (uint)total.Length)));
        }
        if (startCpu < 0)
            throw VireoException.InvalidArgument(ErrorDomain.Domain, "start_cpu in virDomainGetCPUStats must be zero or greater");
        if (parameters == 0 && cpus != 0)
            return new(new CpuStatistics([], PerProcessor));
        int all = new HostCpus(new HostTree()).Present.Max() + 1;
        if (cpus == 0)
            return new(new CpuStatistics([], all));
        if (startCpu >= all)
            throw VireoException.InvalidArgument(ErrorDomain.None, $"start_cpu {startCpu} larger than maximum of {all - 1}");
        IReadOnlyList<ulong> times = whole.ProcessorTimes()
            ?? throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Cgroup, "operation 'getCpuacctPercpuUsage' not supported for backend 'cgroup V2'");
        ulong[] ofVcpus = new ulong[all];
        foreach (var vcpu in live.Vcpus)
            if (live.Cgroup!.FindThreads($"vcpu{vcpu.Id}")?.ProcessorTimes() is { } used)
                for (int cpu = 0; cpu < Math.Min(all, used.Count); cpu++)
                    ofVcpus[cpu] += used[cpu];
        List<TypedParameter> each = [];
        int told = (int)Math.Min(parameters, PerProcessor);
        for (int cpu = startCpu; cpu < Math.Min((long)startCpu + cpus, all); cpu++)
            each.AddRange(((TypedParameter[])[new("cpu_time", cpu < times.Count ? times[cpu] : 0), new("vcpu_time", ofVcpus[cpu])]).Take(told));
        return new(new CpuStatistics([.. each], told));
    }
}
