using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Numbers of many guests at once.</summary>
sealed class DomainBulk(QemuConnection connection) : IDomainBulkStatistics
{
    const DomainStatsTypes Known = DomainStatsTypes.State | DomainStatsTypes.CpuTotal | DomainStatsTypes.Balloon | DomainStatsTypes.Vcpu
        | DomainStatsTypes.Interface | DomainStatsTypes.Block;

    public async ValueTask<DomainStatistics[]> GetAllAsync(
        DomainRef[] domains, DomainStatsTypes groups, ConnectGetAllDomainStatsFlags flags, CancellationToken cancel)
    {
        if (groups == 0) groups = Known;
        if (flags.HasFlag(ConnectGetAllDomainStatsFlags.EnforceStats) && (groups & ~Known) != 0)
            throw QemuErrors.ArgumentUnsupported($"Stats types bits 0x{(uint)(groups & ~Known):x} are not supported by this daemon");
        var machines = domains.Length > 0 ? domains.Select(connection.Get) : connection.Keeper.Machines.All;
        var all = new List<DomainStatistics>();
        foreach (var machine in machines.Where(m => Wanted(m.Snapshot, flags)).ToList())
            all.Add(new(machine.Snapshot.Ref, [.. await OfAsync(machine, groups, cancel).ConfigureAwait(false)]));
        return [.. all];
    }

    static bool Wanted(MachineSnapshot s, ConnectGetAllDomainStatsFlags flags)
    {
        static bool Group(bool? a, bool? b) => (a, b) is (null, null) || a == true || b == true;
        bool? When(ConnectGetAllDomainStatsFlags flag, bool holds) => flags.HasFlag(flag) ? holds : null;
        return Group(When(ConnectGetAllDomainStatsFlags.Active, s.IsActive), When(ConnectGetAllDomainStatsFlags.Inactive, !s.IsActive))
            && Group(When(ConnectGetAllDomainStatsFlags.Persistent, s.IsPersistent), When(ConnectGetAllDomainStatsFlags.Transient, !s.IsPersistent));
    }

    static async ValueTask<List<TypedParameter>> OfAsync(QemuMachine machine, DomainStatsTypes groups, CancellationToken cancel)
    {
        var now = machine.Snapshot;
        var to = new List<TypedParameter>();
        if (groups.HasFlag(DomainStatsTypes.State))
        {
            to.Add(new("state.state", (int)now.Condition.State));
            to.Add(new("state.reason", now.Condition.Reason));
        }
        if (groups.HasFlag(DomainStatsTypes.CpuTotal) && now.Pid > 0 && ProcStat.Read(now.Pid) is { } stat)
        {
            to.Add(new("cpu.time", (stat.UserTicks + stat.SystemTicks) * DomainReads.NanosecondsPerTick));
            to.Add(new("cpu.user", stat.UserTicks * DomainReads.NanosecondsPerTick));
            to.Add(new("cpu.system", stat.SystemTicks * DomainReads.NanosecondsPerTick));
        }
        if (groups.HasFlag(DomainStatsTypes.Balloon))
        {
            ulong most = now.Def?.Memory?.KiB ?? 0;
            to.Add(new("balloon.current", now.IsActive && now.BalloonKiB > 0 ? now.BalloonKiB : now.Def?.CurrentMemory?.KiB ?? most));
            to.Add(new("balloon.maximum", most));
        }
        if (groups.HasFlag(DomainStatsTypes.Vcpu) && now.Def is { } def) AddVcpus(to, machine.Live, def);
        if (groups.HasFlag(DomainStatsTypes.Interface) && now.Live is { } cards) AddInterfaces(to, cards);
        if (groups.HasFlag(DomainStatsTypes.Block) && now.Def is { } disks)
            await AddBlocksAsync(to, machine.Live, disks, cancel).ConfigureAwait(false);
        return to;
    }

    static void AddVcpus(List<TypedParameter> to, LiveQemu? live, Model.Domain.DomainDef def)
    {
        to.Add(new("vcpu.current", (uint)DomainReads.Vcpus(def)));
        to.Add(new("vcpu.maximum", (uint)DomainReads.MaxVcpus(def)));
        if (live is null) return;
        foreach (var vcpu in live.Vcpus)
        {
            to.Add(new($"vcpu.{vcpu.Id}.state", (int)VcpuState.Running));
            if (ProcStat.Read(live.Process.Pid, vcpu.Pid) is { } stat)
                to.Add(new($"vcpu.{vcpu.Id}.time", (stat.UserTicks + stat.SystemTicks) * DomainReads.NanosecondsPerTick));
        }
    }

    static void AddInterfaces(List<TypedParameter> to, Model.Domain.DomainDef def)
    {
        to.Add(new("net.count", (uint)def.Devices.Interfaces.Count));
        for (int i = 0; i < def.Devices.Interfaces.Count; i++)
        {
            if (def.Devices.Interfaces[i].Target?.Device is not { } name || DomainInterfaces.Read(name) is not { } n) continue;
            to.Add(new($"net.{i}.name", name));
            foreach (var (key, value) in new[]
            {
                ("rx.bytes", n.ReceivedBytes), ("rx.pkts", n.ReceivedPackets), ("rx.errs", n.ReceiveErrors), ("rx.drop", n.ReceiveDrops),
                ("tx.bytes", n.SentBytes), ("tx.pkts", n.SentPackets), ("tx.errs", n.SendErrors), ("tx.drop", n.SendDrops),
            })
                to.Add(new($"net.{i}.{key}", (ulong)value));
        }
    }

    static async ValueTask AddBlocksAsync(List<TypedParameter> to, LiveQemu? live, Model.Domain.DomainDef def, CancellationToken cancel)
    {
        var counters = live is null || def.Devices.Disks.IsEmpty ? [] : await DomainBlocks.CountersAsync(live, cancel).ConfigureAwait(false);
        to.Add(new("block.count", (uint)def.Devices.Disks.Count));
        for (int i = 0; i < def.Devices.Disks.Count; i++)
        {
            var disk = def.Devices.Disks[i];
            to.Add(new($"block.{i}.name", disk.Target.Device));
            if (DomainBlocks.PathOf(disk) is { } path) to.Add(new($"block.{i}.path", path));
            if (DomainBlocks.Of(counters, disk) is not { } c) continue;
            foreach (var (key, value) in new[]
            {
                ("rd.reqs", c.Read.Count), ("rd.bytes", c.Read.Bytes), ("rd.times", c.Read.Nanoseconds), ("wr.reqs", c.Written.Count),
                ("wr.bytes", c.Written.Bytes), ("wr.times", c.Written.Nanoseconds), ("fl.reqs", c.Flushed.Count), ("fl.times", c.Flushed.Nanoseconds),
            })
                to.Add(new($"block.{i}.{key}", (ulong)value));
        }
    }
}
