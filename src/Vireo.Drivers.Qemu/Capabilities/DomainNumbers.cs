using System.Text.Json;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Virtual CPUs and memory in numbers.</summary>
sealed class DomainNumbers(QemuConnection connection) : IDomainVcpus, IDomainMemoryStatistics
{
    static readonly (string Name, DomainMemoryStatTag Tag, ulong Unit)[] GuestStatistics =
    [
        ("stat-swap-in", DomainMemoryStatTag.SwapIn, 1024), ("stat-swap-out", DomainMemoryStatTag.SwapOut, 1024),
        ("stat-major-faults", DomainMemoryStatTag.MajorFault, 1), ("stat-minor-faults", DomainMemoryStatTag.MinorFault, 1),
        ("stat-free-memory", DomainMemoryStatTag.Unused, 1024), ("stat-total-memory", DomainMemoryStatTag.Available, 1024),
        ("stat-available-memory", DomainMemoryStatTag.Usable, 1024), ("last-update", DomainMemoryStatTag.LastUpdate, 1),
        ("stat-disk-caches", DomainMemoryStatTag.DiskCaches, 1024), ("stat-htlb-pgalloc", DomainMemoryStatTag.HugetlbPgalloc, 1),
        ("stat-htlb-pgfail", DomainMemoryStatTag.HugetlbPgfail, 1),
    ];

    public ValueTask<int> GetMaxVcpusAsync(DomainRef domain, CancellationToken cancel) =>
        GetVcpuCountAsync(domain, DomainVcpuFlags.Live | DomainVcpuFlags.Maximum, cancel);

    public async ValueTask<int> GetVcpuCountAsync(DomainRef domain, DomainVcpuFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainVcpuFlags.Live | DomainVcpuFlags.Config | DomainVcpuFlags.Maximum | DomainVcpuFlags.Guest, "qemuDomainGetVcpusFlags");
        var now = connection.Get(domain).Snapshot;
        var def = Choose(now, flags.HasFlag(DomainVcpuFlags.Live), flags.HasFlag(DomainVcpuFlags.Config));
        if (flags.HasFlag(DomainVcpuFlags.Guest))
            return now.IsActive ? await new GuestVcpus(connection).CountAsync(domain, flags.HasFlag(DomainVcpuFlags.Maximum), cancel).ConfigureAwait(false)
                : throw VireoException.InvalidArgument(ErrorDomain.Qemu, "vCPU count provided by the guest agent can only be requested for live domains");
        return flags.HasFlag(DomainVcpuFlags.Maximum) ? DomainReads.MaxVcpus(def) : DomainReads.Vcpus(def);
    }

    /// <summary>The definition that impact flags choose.</summary>
    internal static DomainDef Choose(MachineSnapshot now, DomainModificationImpact flags) =>
        Choose(now, flags.HasFlag(DomainModificationImpact.Live), flags.HasFlag(DomainModificationImpact.Config));

    /// <summary>The definition that impact flags choose.</summary>
    internal static DomainDef Choose(MachineSnapshot now, bool live, bool config)
    {
        if (live && config)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu,
                "Flags 'VIR_DOMAIN_AFFECT_LIVE' and 'VIR_DOMAIN_AFFECT_CONFIG' are mutually exclusive");
        if (live && !now.IsActive) throw MachineErrors.NotRunning();
        if (config && !now.IsPersistent) throw QemuErrors.Invalid("transient domains do not have any persistent config");
        return (config || !now.IsActive ? now.Persistent : now.Live)!;
    }

    public ValueTask<DomainVcpus> GetVcpusAsync(DomainRef domain, int maxInfo, int mapLength, CancellationToken cancel)
    {
        CpuMapBounds.Check(maxInfo, mapLength, "virDomainGetVcpus");
        var machine = connection.Get(domain);
        if (machine.Live is not { } live || machine.Snapshot.Live is not { } def)
            throw QemuErrors.Invalid("cannot retrieve vcpu information for inactive domain");
        int count = Math.Clamp(DomainReads.Vcpus(def), 0, maxInfo);
        var infos = new VcpuInfo[count];
        var maps = new byte[count * mapLength];
        for (int i = 0; i < count; i++)
        {
            int thread = live.Vcpus.FirstOrDefault(v => v.Id == i)?.Pid ?? 0;
            var stat = thread > 0 ? ProcStat.Read(live.Process.Pid, thread) : null;
            infos[i] = new VcpuInfo((uint)i, VcpuState.Running,
                stat is null ? 0 : (stat.UserTicks + stat.SystemTicks) * DomainReads.NanosecondsPerTick, stat?.Processor ?? -1);
            // Where there are no threads to tell apart, all run where the emulator does.
            ProcessorMap.Write(CpuSet.Of(HostThreads.ProcessorsOf(thread > 0 ? thread : live.Process.Pid) ?? []), maps.AsSpan(i * mapLength, mapLength));
        }
        return new(new DomainVcpus(infos, maps));
    }

    public async ValueTask<MemoryStatistic[]> GetMemoryStatisticsAsync(DomainRef domain, uint maxStats, uint flags, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        if (machine.Live is not { } live) throw MachineErrors.NotRunning();
        var all = await MemoryAsync(live, machine.Snapshot, cancel).ConfigureAwait(false);
        return [.. all.Take((int)Math.Min(maxStats, int.MaxValue))];
    }

    /// <summary>All that is known of a guest's memory: what it says itself, between the size of its balloon and what its process takes.</summary>
    internal static async ValueTask<List<MemoryStatistic>> MemoryAsync(LiveQemu live, MachineSnapshot now, CancellationToken cancel)
    {
        var all = new List<MemoryStatistic>();
        if (now.Live?.Devices.MemoryBalloon is { Model: not BalloonModel.None, Alias: { } alias } balloon)
        {
            all.Add(new(DomainMemoryStatTag.ActualBalloon, now.BalloonKiB));
            // A guest that nobody asks for its numbers has always the same.
            bool changes = balloon.StatsPeriod > 0 || live.LastMemory.Count == 0;
            if (changes && await live.AskAsync(new QomGet($"/machine/peripheral/{alias}", "guest-stats"), cancel).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } answer)
                live.LastMemory = Read(answer);
            all.AddRange(live.LastMemory);
        }
        if (ProcStat.Read(live.Process.Pid) is { } stat)
            all.Add(new(DomainMemoryStatTag.Rss, (ulong)stat.ResidentPages * (ulong)Environment.SystemPageSize / 1024));
        return all;
    }

    static List<MemoryStatistic> Read(JsonElement answer)
    {
        var found = new List<MemoryStatistic>();
        foreach (var (name, tag, unit) in GuestStatistics)
        {
            var from = name == "last-update" ? answer : answer.Member("stats") ?? default;
            if (from.Unsigned(name) is { } value && value != ulong.MaxValue) found.Add(new(tag, value / unit));
        }
        return found;
    }
}
