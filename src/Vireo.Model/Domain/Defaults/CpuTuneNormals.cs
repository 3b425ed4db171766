using Vireo.Core;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Pins and schedulers one by one, in the order of the vcpus and threads that they are for.</summary>
static class CpuTuneNormals
{
    public static DomainDef Apply(DomainDef machine, GeneralContext context)
    {
        if (machine.CpuTune is not { } tune)
            return machine;
        uint vcpus = machine.Vcpu?.Maximum ?? 1;
        return machine with
        {
            CpuTune = tune with
            {
                Period = Limit(tune.Period), GlobalPeriod = Limit(tune.GlobalPeriod), EmulatorPeriod = Limit(tune.EmulatorPeriod), IoThreadPeriod = Limit(tune.IoThreadPeriod),
                Quota = Limit(tune.Quota), GlobalQuota = Limit(tune.GlobalQuota), EmulatorQuota = Limit(tune.EmulatorQuota), IoThreadQuota = Limit(tune.IoThreadQuota),
                VcpuPins = tune.VcpuPins.DistinctBy(static p => p.Vcpu).Where(p => p.Vcpu < vcpus).OrderBy(static p => p.Vcpu).ToValueList(),
                IoThreadPins = tune.IoThreadPins.OrderBy(static p => p.IoThread).ToValueList(),
                VcpuSchedulers = tune.VcpuSchedulers
                    .SelectMany(static s => s.Vcpus.Members.Select(one => s with { Vcpus = CpuSet.Of([one]), Priority = Priority(s.Kind, s.Priority) }))
                    .OrderBy(static s => s.Vcpus.Last).ToValueList(),
                IoThreadSchedulers = tune.IoThreadSchedulers
                    .SelectMany(static s => s.IoThreads.Members.Select(one => s with { IoThreads = CpuSet.Of([one]), Priority = Priority(s.Kind, s.Priority) }))
                    .OrderBy(static s => s.IoThreads.Last).ToValueList(),
            },
        };
    }

    // 0 says as much as nothing.
    static T? Limit<T>(T? written) where T : struct, System.Numerics.INumber<T> => written is { } value && value != T.Zero ? value : null;

    /// <summary>Only real-time policies have one.</summary>
    static int? Priority(SchedulerKind kind, int? written) => kind is SchedulerKind.Fifo or SchedulerKind.Rr ? written ?? 0 : null;
}
