using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Cgroups;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start.Groups;

/// <summary>The control groups of a run, with the shares and limits that its definition writes for the whole guest and its emulator.</summary>
static class GuestGroups
{
    /// <summary>Makes them, before anything of the guest runs.</summary>
    internal static void Make(StartRun run)
    {
        run.Cgroup = run.Keeper.MakeCgroup(run.Id, run.Definition.Name, run.Live.Resource?.Partition);
        if (run.Cgroup.Whole.Folders.Count == 0)
            return;
        if (run.Live.Resource?.Partition is null)
        {
            run.Live = run.Live with { Resource = (run.Live.Resource ?? new ResourceDef()) with { Partition = CgroupPartition.Default } };
            run.Machine.Commit(s => s with { Live = run.Live });
        }
        run.Cgroup.Devices?.AllowOnly(GuestNodes.Of(run.Live, run.Keeper.Config, run.Line.Host));
        var whole = run.Cgroup.Whole;
        SetBlocks(whole, run.Live.BlockIoTune);
        SetMemory(whole, run.Live.MemoryTune);
        SetShares(whole, run.Live.CpuTune);
        GuestThreads.Limit(run.Cgroup, MachineCgroup.Emulator, ThreadTuning.OfEmulator(run.Live));
    }

    static void SetBlocks(ControlGroup whole, BlockIoTune? tune)
    {
        if (tune is null or { Weight: null or 0, Devices.IsEmpty: true })
            return;
        if ((whole.Controllers & CgroupControllers.BlockIo) == 0)
            throw QemuErrors.Unsupported("Block I/O tuning is not available on this host");
        if (tune.Weight is > 0 and var weight)
            whole.SetBlockWeight(weight);
        foreach (BlockIoDevice device in tune.Devices)
        {
            Set(BlockLimit.Weight, device.Weight);
            Set(BlockLimit.ReadOperations, device.ReadIops);
            Set(BlockLimit.WriteOperations, device.WriteIops);
            Set(BlockLimit.ReadBytes, device.ReadBytes);
            Set(BlockLimit.WriteBytes, device.WriteBytes);

            void Set(BlockLimit what, ulong? value)
            {
                if (value is > 0 and var number)
                    whole.SetBlock(device.Path, what, number);
            }
        }
    }

    static void SetMemory(ControlGroup whole, MemoryTune? tune)
    {
        if (tune is null)
            return;
        var (hard, soft, swap) = (TuningChecks.Limit(tune.HardLimit), TuningChecks.Limit(tune.SoftLimit), TuningChecks.Limit(tune.SwapHardLimit));
        if ((hard ?? soft ?? swap) is null)
            return;
        if ((whole.Controllers & CgroupControllers.Memory) == 0)
            throw QemuErrors.Unsupported("Memory cgroup is not available on this host");
        whole.SetMemory(hard, soft, swap);
    }

    static void SetShares(ControlGroup whole, CpuTune? tune)
    {
        if (tune is null)
            return;
        bool can = (whole.Controllers & CgroupControllers.Cpu) != 0;
        if (tune.Shares is { } shares)
        {
            if (!can)
                throw QemuErrors.Unsupported("CPU tuning is not available on this host");
            whole.SetShares(shares);
        }
        var (period, quota) = ThreadTuning.Bandwidth(tune.GlobalPeriod, tune.GlobalQuota);
        if ((period, quota) is (null, null))
            return;
        if (!can)
            throw QemuErrors.Unsupported("cgroup cpu is required for scheduler tuning");
        whole.SetBandwidth(period, quota);
    }
}
