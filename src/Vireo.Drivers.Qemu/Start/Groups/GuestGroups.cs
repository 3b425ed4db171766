using Vireo.Drivers.Qemu.Audit;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Cgroups;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start.Groups;

/// <summary>The control groups of a run, with the shares and limits that its definition writes for the whole guest and its emulator.</summary>
static class GuestGroups
{
    /// <summary>The partition that a guest starts in.</summary>
    internal static string PartitionOf(StartRun run) => run.Live.Resource?.Partition ?? CgroupPartition.Default;

    /// <summary>systemd may be asked for the guest's group, and that takes a process to put into it.</summary>
    internal static bool WaitForRegister(StartRun run) => run.Keeper.HasCgroups && MachineRegistry.IsPossible;

    /// <summary>Has systemd put the guest's first process into a scope, and makes the groups in it; or else makes them where they are without systemd.</summary>
    /// <returns>The folders that the process joins.</returns>
    internal static async ValueTask<IReadOnlyList<string>> RegisterAsync(StartRun run, int pid)
    {
        string partition = PartitionOf(run);
        await Task.Run(() =>
        {
            bool registered = MachineRegistry.TryCreate(
                run.Keeper.RegisteredName(run.Id, run.Definition.Name), run.Machine.Uuid, "libvirt-qemu", pid, partition);
            if (registered)
            {
                MachinePlace scope = run.Keeper.ScopePlace(run.Id, run.Definition.Name, partition);
                if (run.Keeper.Config.MaxThreadsPerProcess is > 0 and var most && scope.Unit is { } unit)
                    MachineRegistry.LimitThreads(unit, most);
                Make(run, scope, pid);
            }
            else
                Make(run, run.Keeper.OwnPlace(run.Id, run.Definition.Name, partition));
        }, CancellationToken.None).ConfigureAwait(false);
        foreach (int helper in run.Helpers)
            run.Cgroup!.AddHelper(helper);
        return run.Cgroup!.Folders;
    }

    /// <summary>Makes them, before anything of the guest runs.</summary>
    internal static void Make(StartRun run, MachinePlace place, int leader = 0)
    {
        run.Cgroup = run.Keeper.MakeCgroup(place, leader);
        if (run.Cgroup.Whole.Folders.Count == 0)
            return;
        if (run.Live.Resource?.Partition is null)
        {
            run.Live = run.Live with { Resource = (run.Live.Resource ?? new ResourceDef()) with { Partition = CgroupPartition.Default } };
            run.Machine.Commit(s => s with { Live = run.Live });
        }
        AllowNodes(run, run.Cgroup);
        var whole = run.Cgroup.Whole;
        SetBlocks(whole, place.Unit, run.Live.BlockIoTune);
        SetMemory(whole, run.Live.MemoryTune);
        SetShares(whole, place.Unit, run.Live.CpuTune);
        GuestThreads.Limit(run.Cgroup, MachineCgroup.Emulator, ThreadTuning.OfEmulator(run.Placed));
    }

    /// <summary>Where a group lists what its guest may open, all of that must be there.</summary>
    internal static void CheckNodes(StartRun run)
    {
        if (run.Cgroup is { } group && group.Whole.Has(CgroupControllers.Devices, out _, out _))
            foreach (var wanted in run.Line.Host.OfType<HostStep.Allow>())
                HostPreparer.Reach(wanted.Path);
    }

    static void AllowNodes(StartRun run, MachineCgroup group)
    {
        if (group.Devices is not { } devices || !group.Whole.Has(CgroupControllers.Devices, out string? folder, out _))
            return;
        var nodes = GuestNodes.Of(run.Live, run.Keeper.Config, run.Line.Host);
        bool done = false;
        try
        {
            devices.AllowOnly([.. nodes.Select(static node => node.Rule).Distinct()]);
            done = true;
        }
        finally
        {
            GroupAudit.Write(run.Audit, folder, nodes, done);
        }
    }

    static void SetBlocks(ControlGroup whole, string? unit, BlockIoTune? tune)
    {
        if (tune is null or { Weight: null or 0, Devices.IsEmpty: true })
            return;
        if ((whole.Controllers & CgroupControllers.BlockIo) == 0)
            throw QemuErrors.Unsupported("Block I/O tuning is not available on this host");
        if (tune.Weight is > 0 and var weight)
            PutBlockWeight(whole, unit, weight);
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

    /// <summary>Gives a guest its share of all disks.</summary>
    internal static void PutBlockWeight(ControlGroup whole, string? unit, uint weight)
    {
        if (unit is not null && whole.Has(CgroupControllers.BlockIo, out _, out bool unified))
            MachineRegistry.SetWeight(unit, unified ? "IOWeight" : "BlockIOWeight", weight);     // the scope is systemd's to set
        else
            whole.SetBlockWeight(weight);
    }

    /// <summary>Gives a guest its share of processor time.</summary>
    internal static void PutShares(ControlGroup whole, string? unit, ulong shares)
    {
        if (unit is not null && whole.Has(CgroupControllers.Cpu, out _, out bool unified))
            MachineRegistry.SetWeight(unit, unified ? "CPUWeight" : "CPUShares", shares);
        else
            whole.SetShares(shares);
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

    static void SetShares(ControlGroup whole, string? unit, CpuTune? tune)
    {
        if (tune is null)
            return;
        bool can = (whole.Controllers & CgroupControllers.Cpu) != 0;
        if (tune.Shares is { } shares)
        {
            if (!can)
                throw QemuErrors.Unsupported("CPU tuning is not available on this host");
            PutShares(whole, unit, shares);
        }
        var (period, quota) = ThreadTuning.Bandwidth(tune.GlobalPeriod, tune.GlobalQuota);
        if ((period, quota) is (null, null))
            return;
        if (!can)
            throw QemuErrors.Unsupported("cgroup cpu is required for scheduler tuning");
        whole.SetBandwidth(period, quota);
    }
}
