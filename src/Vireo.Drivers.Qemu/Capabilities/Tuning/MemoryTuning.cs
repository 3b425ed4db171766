using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Host.Cgroups;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>How much of the host's memory a guest may use.</summary>
sealed class MemoryTuning(QemuConnection connection) : IDomainMemoryParameters
{
    const string Hard = "hard_limit", Soft = "soft_limit", Swap = "swap_hard_limit";

    public ValueTask<TypedParameter[]> GetMemoryParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "qemuDomainGetMemoryParameters");
        var machine = connection.Get(domain);
        TuningChecks.RequireSystem(connection.Keeper, TuningChecks.Memory);
        var now = machine.Snapshot;
        DomainDef def = DomainNumbers.Choose(now, flags);
        MemoryTune? tune = def.MemoryTune;
        var (hard, soft, swap) = ReferenceEquals(def, now.Live)
            ? machine.Live.GroupOf(CgroupControllers.Memory, "memory").Memory()
            : (TuningChecks.Limit(tune?.HardLimit), TuningChecks.Limit(tune?.SoftLimit), TuningChecks.Limit(tune?.SwapHardLimit));
        return new([new(Hard, hard ?? TuningChecks.Unlimited), new(Soft, soft ?? TuningChecks.Unlimited), new(Swap, swap ?? TuningChecks.Unlimited)]);
    }

    public async ValueTask SetMemoryParametersAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "qemuDomainSetMemoryParameters");
        ParameterRules.Check(parameters, (Hard, ParameterType.ULong), (Soft, ParameterType.ULong), (Swap, ParameterType.ULong));
        _ = connection.Get(domain);
        TuningChecks.RequireSystem(connection.Keeper, TuningChecks.Memory);
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetMemoryParameters", flags, cancel).ConfigureAwait(false);
        ControlGroup? group = edit.Live is null ? null : edit.Qemu.GroupOf(CgroupControllers.Memory, "memory");
        ulong? hard = parameters.GetULong(Hard), soft = parameters.GetULong(Soft), swap = parameters.GetULong(Swap);
        if ((hard ?? swap) is not null)
            foreach (DomainDef def in edit.Meant)
                if ((hard ?? Written(def.MemoryTune?.HardLimit)) > (swap ?? Written(def.MemoryTune?.SwapHardLimit)))
                    throw VireoException.InvalidArgument(ErrorDomain.Qemu, "memory hard_limit tunable value must be lower than or equal to swap_hard_limit");
        if (group is not null)
            Set(group, hard, soft, swap, Written(edit.Live!.MemoryTune?.SwapHardLimit));
        edit.Change(def => def with { MemoryTune = With(def.MemoryTune ?? new MemoryTune(), hard, soft, swap) });
    }

    static ulong Written(MemorySize? size) => TuningChecks.Limit(size) ?? TuningChecks.Unlimited;

    // The kernel keeps memory within memory and swap at any time: what is raised is raised from outside, what is lowered is lowered from inside.
    static void Set(ControlGroup group, ulong? hard, ulong? soft, ulong? swap, ulong before)
    {
        if (swap > before)
        {
            Put(withSwap: swap);
            swap = null;
        }
        Put(hard: hard);
        Put(soft: soft);
        Put(withSwap: swap);

        void Put(ulong? hard = null, ulong? soft = null, ulong? withSwap = null) => group.SetMemory(Endless(hard), Endless(soft), Endless(withSwap));
    }

    static ulong? Endless(ulong? kib) => kib >= TuningChecks.Unlimited ? ulong.MaxValue : kib;

    static MemoryTune? With(MemoryTune tune, ulong? hard, ulong? soft, ulong? swap)
    {
        tune = tune with
        {
            HardLimit = hard is { } h ? Size(h) : tune.HardLimit,
            SoftLimit = soft is { } s ? Size(s) : tune.SoftLimit,
            SwapHardLimit = swap is { } w ? Size(w) : tune.SwapHardLimit,
        };
        return tune == new MemoryTune() ? null : tune;
    }

    static MemorySize? Size(ulong kib) => kib >= TuningChecks.Unlimited ? null : new MemorySize(kib);
}
