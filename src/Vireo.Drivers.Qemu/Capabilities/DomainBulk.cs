using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

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
        // All at once: one that does not answer keeps nobody else waiting.
        return await Task.WhenAll(machines.Select(machine => (Machine: machine, Now: machine.Snapshot)).Where(one => Wanted(one.Now, flags))
            .Select(one => OneAsync(one.Machine, one.Now, groups, cancel))).ConfigureAwait(false);
    }

    async Task<DomainStatistics> OneAsync(QemuMachine machine, MachineSnapshot now, DomainStatsTypes groups, CancellationToken cancel)
    {
        var numbers = new List<TypedParameter>(32);
        await AddAsync(numbers, machine, now, groups, cancel).ConfigureAwait(false);
        return new(now.Ref, [.. numbers]);
    }

    static bool Wanted(MachineSnapshot s, ConnectGetAllDomainStatsFlags flags)
    {
        static bool Group(bool? a, bool? b) => (a, b) is (null, null) || a == true || b == true;
        bool? When(ConnectGetAllDomainStatsFlags flag, bool holds) => flags.HasFlag(flag) ? holds : null;
        return Group(When(ConnectGetAllDomainStatsFlags.Active, s.IsActive), When(ConnectGetAllDomainStatsFlags.Inactive, !s.IsActive))
            && Group(When(ConnectGetAllDomainStatsFlags.Persistent, s.IsPersistent), When(ConnectGetAllDomainStatsFlags.Transient, !s.IsPersistent));
    }

    // Nobody has memory bandwidth monitors here: their group is known and empty.
    async ValueTask AddAsync(List<TypedParameter> to, QemuMachine machine, MachineSnapshot now, DomainStatsTypes groups, CancellationToken cancel)
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
        if (groups.HasFlag(DomainStatsTypes.Interface) && now.Live is { } cards) await AddInterfacesAsync(to, cards, cancel).ConfigureAwait(false);
        if (groups.HasFlag(DomainStatsTypes.Block) && now.Def is { } disks) await BlockNumbers.AddAsync(connection.Keeper.Looks, to, live, disks, cancel).ConfigureAwait(false);
        if (groups.HasFlag(DomainStatsTypes.Perf) && live is not null) to.AddRange(live.Counters.Read());
        if (groups.HasFlag(DomainStatsTypes.Iothread) && live is not null && now.Live is { } served) await AddIoThreadsAsync(to, live, served, cancel).ConfigureAwait(false);
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

    async ValueTask AddInterfacesAsync(List<TypedParameter> to, DomainDef def, CancellationToken cancel)
    {
        to.Add(new("net.count", (uint)def.Devices.Interfaces.Count));
        for (int i = 0; i < def.Devices.Interfaces.Count; i++)
        {
            if (def.Devices.Interfaces[i] is not { Target.Device: { } name } card) continue;
            var counts = await DomainInterfaces.FindAsync(connection.Keeper, card, cancel).ConfigureAwait(false);
            if (counts is null && card.Source is not InterfaceSource.OfVhostUser) continue;
            to.Add(new($"net.{i}.name", name));
            if (counts is not { } n) continue;
            foreach (var (key, value) in new[]
            {
                ("rx.bytes", n.ReceivedBytes), ("rx.pkts", n.ReceivedPackets), ("rx.errs", n.ReceiveErrors), ("rx.drop", n.ReceiveDrops),
                ("tx.bytes", n.SentBytes), ("tx.pkts", n.SentPackets), ("tx.errs", n.SendErrors), ("tx.drop", n.SendDrops),
            })
                if (value >= 0) to.Add(new($"net.{i}.{key}", (ulong)value));
        }
    }

    // Who changes how they poll forgets what was asked before.
    static async ValueTask AddIoThreadsAsync(List<TypedParameter> to, LiveQemu live, DomainDef def, CancellationToken cancel)
    {
        if (IoThreadList.Ids(def).Count == 0) return;
        if ((live.LastIoThreads ??= await live.AskAsync(new QueryIoThreads(), cancel).ConfigureAwait(false)) is not { } threads) return;
        to.Add(new("iothread.count", (uint)threads.Count));
        foreach (var thread in threads)
        {
            if (GuestIoThreads.NumberOf(thread.Id) is not { } id) continue;
            to.Add(new($"iothread.{id}.poll-max-ns", thread.PollMax));
            to.Add(new($"iothread.{id}.poll-grow", (uint)thread.PollGrow));
            to.Add(new($"iothread.{id}.poll-shrink", (uint)thread.PollShrink));
        }
    }

    // Only who measures, or may have measured before this daemon came, needs to be asked.
    static async ValueTask AddDirtyRateAsync(List<TypedParameter> to, LiveQemu live, CancellationToken cancel)
    {
        if (!live.Facts.Has("query-dirty-rate")) return;
        if (live.LastDirtyRate is not { Status: not DirtyRate.Measuring } rate)
        {
            if (await live.AskAsync(new QueryDirtyRate(), cancel).ConfigureAwait(false) is not { } told) return;
            live.LastDirtyRate = rate = told;
        }
        to.Add(new("dirtyrate.calc_status", rate.Status));
        to.Add(new("dirtyrate.calc_start_time", rate.Start));
        to.Add(new("dirtyrate.calc_period", rate.Seconds));
        if (rate.Mode is { } mode) to.Add(new("dirtyrate.calc_mode", mode));
        if (rate.MegabytesPerSecond is { } speed) to.Add(new("dirtyrate.megabytes_per_second", speed));
    }
}
