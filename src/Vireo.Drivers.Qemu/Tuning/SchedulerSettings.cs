using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Tuning;

/// <summary>Whose processor time a period or a quota limits.</summary>
enum TimeOf
{
    /// <summary>Each vCPU.</summary>
    Vcpus,

    /// <summary>What is neither a vCPU nor an iothread.</summary>
    Emulator,

    /// <summary>The whole guest.</summary>
    Whole,

    /// <summary>Each iothread.</summary>
    IoThreads,
}

/// <summary>Periods and quotas of processor time as parameters of calls: VIR_DOMAIN_SCHEDULER_*.</summary>
static class SchedulerSettings
{
    internal const string Shares = "cpu_shares";

    const ulong LeastPeriod = 1000, MostPeriod = 1_000_000;
    const long LeastQuota = 1000, MostQuota = 17_592_186_044_415;       // the kernel counts in 44 bits

    /// <summary>All, in the order in which they are told.</summary>
    internal static IReadOnlyList<(TimeOf Whose, string Name)> All { get; } =
        [(TimeOf.Vcpus, "vcpu"), (TimeOf.Emulator, "emulator"), (TimeOf.Whole, "global"), (TimeOf.IoThreads, "iothread")];

    internal static (string, ParameterType)[] Known { get; } =
        [(Shares, ParameterType.ULong), .. All.SelectMany(static one => ((string, ParameterType)[])[($"{one.Name}_period", ParameterType.ULong), ($"{one.Name}_quota", ParameterType.Long)])];

    /// <summary>What a definition has; 0: nothing.</summary>
    internal static (ulong Period, long Quota) Of(CpuTune? tune, TimeOf whose)
    {
        var (period, quota) = whose switch
        {
            TimeOf.Vcpus => (tune?.Period, tune?.Quota),
            TimeOf.Emulator => (tune?.EmulatorPeriod, tune?.EmulatorQuota),
            TimeOf.Whole => (tune?.GlobalPeriod, tune?.GlobalQuota),
            _ => (tune?.IoThreadPeriod, tune?.IoThreadQuota),
        };
        return (period ?? 0, quota ?? 0);
    }

    /// <summary>A definition with others; null: as it was, 0: nothing.</summary>
    internal static CpuTune With(CpuTune tune, TimeOf whose, ulong? period, long? quota)
    {
        static T? Some<T>(T? given, T? now) where T : struct, IEquatable<T> => given is { } value ? value.Equals(default) ? null : value : now;
        return whose switch
        {
            TimeOf.Vcpus => tune with { Period = Some(period, tune.Period), Quota = Some(quota, tune.Quota) },
            TimeOf.Emulator => tune with { EmulatorPeriod = Some(period, tune.EmulatorPeriod), EmulatorQuota = Some(quota, tune.EmulatorQuota) },
            TimeOf.Whole => tune with { GlobalPeriod = Some(period, tune.GlobalPeriod), GlobalQuota = Some(quota, tune.GlobalQuota) },
            _ => tune with { IoThreadPeriod = Some(period, tune.IoThreadPeriod), IoThreadQuota = Some(quota, tune.IoThreadQuota) },
        };
    }

    /// <summary>Refuses what the kernel would not take.</summary>
    internal static void CheckRanges(TypedParameter[] parameters)
    {
        foreach (TypedParameter one in parameters)
        {
            if (one.Type is ParameterType.ULong && one.Name != Shares && one.AsULong is (> 0 and < LeastPeriod) or > MostPeriod)
                throw OutOfRange(one.Name, LeastPeriod, MostPeriod);
            if (one.Type is ParameterType.Long && one.AsLong is (> 0 and < LeastQuota) or > MostQuota)
                throw OutOfRange(one.Name, LeastQuota, MostQuota);
        }
    }

    static VireoException OutOfRange<T>(string name, T least, T most) =>
        VireoException.InvalidArgument(ErrorDomain.Qemu, $"value of '{name}' is out of range [{least}, {most}]");
}
