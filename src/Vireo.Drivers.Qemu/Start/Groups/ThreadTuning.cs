using Vireo.Core;
using Vireo.Host.Processes;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start.Groups;

/// <summary>What a definition writes for one thread of a guest, or for its emulator.</summary>
/// <param name="Processors">Where it may run; null: anywhere.</param>
/// <param name="Nodes">Where its memory may be; null: anywhere.</param>
/// <param name="Period">Of its limit, in microseconds.</param>
/// <param name="Quota">Time in each period, in microseconds; below zero: no limit.</param>
/// <param name="Policy">How it is scheduled; null: as everybody.</param>
/// <param name="Priority">Of the policies that have one.</param>
readonly record struct ThreadTuning(CpuSet? Processors, CpuSet? Nodes, ulong? Period, long? Quota, SchedulingPolicy? Policy, int Priority)
{
    internal static ThreadTuning OfEmulator(DomainDef machine)
    {
        CpuTune? tune = machine.CpuTune;
        return Of(machine, tune?.EmulatorPin, tune?.EmulatorPeriod, tune?.EmulatorQuota, tune?.EmulatorScheduler?.Kind, tune?.EmulatorScheduler?.Priority);
    }

    internal static ThreadTuning OfVcpu(DomainDef machine, int number)
    {
        CpuTune? tune = machine.CpuTune;
        VcpuScheduler? scheduler = tune?.VcpuSchedulers.FirstOrDefault(s => s.Vcpus.Contains(number));
        return Of(machine, tune?.VcpuPins.FirstOrDefault(p => p.Vcpu == number)?.CpuSet, tune?.Period, tune?.Quota, scheduler?.Kind, scheduler?.Priority);
    }

    internal static ThreadTuning OfIoThread(DomainDef machine, int number)
    {
        CpuTune? tune = machine.CpuTune;
        IoThreadScheduler? scheduler = tune?.IoThreadSchedulers.FirstOrDefault(s => s.IoThreads.Contains(number));
        return Of(machine, tune?.IoThreadPins.FirstOrDefault(p => p.IoThread == number)?.CpuSet, tune?.IoThreadPeriod, tune?.IoThreadQuota, scheduler?.Kind, scheduler?.Priority);
    }

    /// <summary>A limit as it is set: 0 is as good as nothing written.</summary>
    internal static (ulong? Period, long? Quota) Bandwidth(ulong? period, long? quota) => (period is 0 ? null : period, quota is 0 ? null : quota);

    static ThreadTuning Of(DomainDef machine, CpuSet? pin, ulong? period, long? quota, SchedulerKind? kind, int? priority)
    {
        var (every, time) = Bandwidth(period, quota);
        var memory = machine.NumaTune?.Memory;
        return new(pin ?? machine.Vcpu?.CpuSet, memory?.Mode is null or NumaMode.Strict or NumaMode.Restrictive ? memory?.NodeSet : null, every, time, kind switch
        {
            null => null,
            SchedulerKind.Batch => SchedulingPolicy.Batch,
            SchedulerKind.Idle => SchedulingPolicy.Idle,
            SchedulerKind.Fifo => SchedulingPolicy.Fifo,
            _ => SchedulingPolicy.RoundRobin,
        }, priority ?? 0);
    }
}
