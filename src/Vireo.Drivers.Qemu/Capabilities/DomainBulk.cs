using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Numbers of many guests at once.</summary>
sealed class DomainBulk(QemuConnection connection) : IDomainBulkStatistics
{
    const DomainStatsTypes Known = DomainStatsTypes.State | DomainStatsTypes.CpuTotal | DomainStatsTypes.Balloon | DomainStatsTypes.Vcpu
        | DomainStatsTypes.Interface | DomainStatsTypes.Block | DomainStatsTypes.Perf | DomainStatsTypes.Iothread | DomainStatsTypes.Memory
        | DomainStatsTypes.Dirtyrate | DomainStatsTypes.Vm;

    public async ValueTask<DomainStatistics[]> GetAllAsync(
        DomainRef[] domains, DomainStatsTypes groups, ConnectGetAllDomainStatsFlags flags, CancellationToken cancel)
    {
        if (groups == 0) groups = Known;
        if (flags.HasFlag(ConnectGetAllDomainStatsFlags.EnforceStats) && (groups & ~Known) != 0)
            throw QemuErrors.ArgumentUnsupported($"Stats types bits 0x{(uint)(groups & ~Known):x} are not supported by this daemon");
        var machines = domains.Length > 0 ? domains.Select(connection.Get) : connection.Keeper.Machines.All;
        var all = new List<DomainStatistics>();
        var numbers = new List<TypedParameter>(32);
        foreach (var machine in machines)
        {
            var now = machine.Snapshot;
            if (!Wanted(now, flags)) continue;
            numbers.Clear();
            await AddAsync(numbers, machine, now, groups, cancel).ConfigureAwait(false);
            all.Add(new(now.Ref, [.. numbers]));
        }
        return [.. all];
    }

    static bool Wanted(MachineSnapshot s, ConnectGetAllDomainStatsFlags flags)
    {
        static bool Group(bool? a, bool? b) => (a, b) is (null, null) || a == true || b == true;
        bool? When(ConnectGetAllDomainStatsFlags flag, bool holds) => flags.HasFlag(flag) ? holds : null;
        return Group(When(ConnectGetAllDomainStatsFlags.Active, s.IsActive), When(ConnectGetAllDomainStatsFlags.Inactive, !s.IsActive))
            && Group(When(ConnectGetAllDomainStatsFlags.Persistent, s.IsPersistent), When(ConnectGetAllDomainStatsFlags.Transient, !s.IsPersistent));
    }

    // Nobody has perf events, I/O threads or memory bandwidth monitors here: their groups are known and empty.
    static async ValueTask AddAsync(List<TypedParameter> to, QemuMachine machine, MachineSnapshot now, DomainStatsTypes groups, CancellationToken cancel)
    {
        var live = machine.Live;
        var kvm = live is not null && now.Live is { Type: DomainType.Kvm } && (groups & (DomainStatsTypes.CpuTotal | DomainStatsTypes.Vcpu | DomainStatsTypes.Vm)) != 0
            ? await KvmStatistics.ReadAsync(live, cancel).ConfigureAwait(false) : KvmStatistics.None;
        if (groups.HasFlag(DomainStatsTypes.State))
        {
            to.Add(new("state.state", (int)now.Condition.State));
            to.Add(new("state.reason", now.Condition.Reason));
        }
        if (groups.HasFlag(DomainStatsTypes.CpuTotal)) AddCpu(to, now, kvm);
        if (groups.HasFlag(DomainStatsTypes.Balloon)) await AddBalloonAsync(to, now, live, cancel).ConfigureAwait(false);
        if (groups.HasFlag(DomainStatsTypes.Vcpu) && now.Def is { } def) AddVcpus(to, live, def, kvm);
        if (groups.HasFlag(DomainStatsTypes.Interface) && now.Live is { } cards) AddInterfaces(to, cards);
        if (groups.HasFlag(DomainStatsTypes.Block) && now.Def is { } disks) await BlockNumbers.AddAsync(to, live, disks, cancel).ConfigureAwait(false);
        if (groups.HasFlag(DomainStatsTypes.Dirtyrate) && live is not null) await AddDirtyRateAsync(to, live, cancel).ConfigureAwait(false);
        if (groups.HasFlag(DomainStatsTypes.Vm)) to.AddRange(kvm.OfGuest("vm."));
    }

    static void AddCpu(List<TypedParameter> to, MachineSnapshot now, KvmStatistics kvm)
    {
        var stat = now.Pid > 0 ? ProcStat.Read(now.Pid) : null;
        ulong user = (stat?.UserTicks ?? 0) * DomainReads.NanosecondsPerTick, system = (stat?.SystemTicks ?? 0) * DomainReads.NanosecondsPerTick;
        to.Add(new("cpu.time", user + system));
        to.Add(new("cpu.user", user));
        to.Add(new("cpu.system", system));
        if (!now.IsActive) return;
        to.Add(new("cpu.cache.monitor.count", 0u));
        to.Add(new("cpu.haltpoll.success.time", kvm.SumOfCpus("halt_poll_success_ns")));
        to.Add(new("cpu.haltpoll.fail.time", kvm.SumOfCpus("halt_poll_fail_ns")));
    }

    static async ValueTask AddBalloonAsync(List<TypedParameter> to, MachineSnapshot now, LiveQemu? live, CancellationToken cancel)
    {
        ulong most = now.Def?.Memory?.KiB ?? 0;
        to.Add(new("balloon.current", now.IsActive && now.BalloonKiB > 0 ? now.BalloonKiB : now.Def?.CurrentMemory?.KiB ?? most));
        to.Add(new("balloon.maximum", most));
        if (live is null) return;
        foreach (var one in await DomainNumbers.MemoryAsync(live, now, cancel).ConfigureAwait(false))
            if (MemoryName(one.Tag) is { } name) to.Add(new($"balloon.{name}", one.Value));
    }

    static string? MemoryName(DomainMemoryStatTag tag) => tag switch
    {
        DomainMemoryStatTag.SwapIn => "swap_in",
        DomainMemoryStatTag.SwapOut => "swap_out",
        DomainMemoryStatTag.MajorFault => "major_fault",
        DomainMemoryStatTag.MinorFault => "minor_fault",
        DomainMemoryStatTag.Unused => "unused",
        DomainMemoryStatTag.Available => "available",
        DomainMemoryStatTag.Usable => "usable",
        DomainMemoryStatTag.LastUpdate => "last-update",
        DomainMemoryStatTag.DiskCaches => "disk_caches",
        DomainMemoryStatTag.HugetlbPgalloc => "hugetlb_pgalloc",
        DomainMemoryStatTag.HugetlbPgfail => "hugetlb_pgfail",
        DomainMemoryStatTag.Rss => "rss",
        _ => null,
    };

    static void AddVcpus(List<TypedParameter> to, LiveQemu? live, DomainDef def, KvmStatistics kvm)
    {
        to.Add(new("vcpu.current", (uint)DomainReads.Vcpus(def)));
        to.Add(new("vcpu.maximum", (uint)DomainReads.MaxVcpus(def)));
        if (live is null) return;
        for (int i = 0; i < live.Vcpus.Count; i++)
        {
            var vcpu = live.Vcpus[i];
            to.Add(new($"vcpu.{vcpu.Id}.state", (int)VcpuState.Running));
            if (ProcStat.Read(live.Process.Pid, vcpu.Pid) is { } stat)
                to.Add(new($"vcpu.{vcpu.Id}.time", (stat.UserTicks + stat.SystemTicks) * DomainReads.NanosecondsPerTick));
            if (SchedStat.Read(live.Process.Pid, vcpu.Pid) is { } waits)
            {
                to.Add(new($"vcpu.{vcpu.Id}.wait", waits.Wait));
                to.Add(new($"vcpu.{vcpu.Id}.delay", waits.Delay));
            }
            to.AddRange(kvm.OfCpu(i, $"vcpu.{vcpu.Id}."));
        }
    }

    static void AddInterfaces(List<TypedParameter> to, DomainDef def)
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

    static async ValueTask AddDirtyRateAsync(List<TypedParameter> to, LiveQemu live, CancellationToken cancel)
    {
        if (!live.Facts.Has("query-dirty-rate") || await live.AskAsync(new QueryDirtyRate(), cancel).ConfigureAwait(false) is not { } rate) return;
        to.Add(new("dirtyrate.calc_status", rate.Status));
        to.Add(new("dirtyrate.calc_start_time", rate.Start));
        to.Add(new("dirtyrate.calc_period", rate.Seconds));
        if (rate.Mode is { } mode) to.Add(new("dirtyrate.calc_mode", mode));
        if (rate.MegabytesPerSecond is { } speed) to.Add(new("dirtyrate.megabytes_per_second", speed));
    }
}
