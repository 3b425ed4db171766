using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Domains;

/// <summary>Numbers on a domain.</summary>
static class StatisticsCommands
{
    public static CommandDef[] All { get; } =
    [
        new("vcpucount", "show a domain's numbers of vCPUs", VcpuCount, OptionDef.Domain,
            OptionDef.Flag("maximum", "the most it can have"),
            OptionDef.Flag("active", "those it has"),
            OptionDef.Flag("live", "of the running domain"),
            OptionDef.Flag("config", "at its next start"),
            OptionDef.Flag("current", "as the domain is now"),
            OptionDef.Flag("guest", "as the guest sees it"))
        {
            Description = "Prints how many vCPUs the domain has and may have.",
            Exclusive = [("live", "config"), ("current", "live"), ("current", "config"), ("active", "maximum"), ("guest", "config")],
        },
        new("dommemstat", "show a domain's memory statistics", MemoryStatistics, OptionDef.Domain,
            OptionDef.Number("period", "seconds between the balloon's reports; 0: none") with { NameNeeded = true },
            OptionDef.Flag("config", "at its next start"),
            OptionDef.Flag("live", "of the running domain"),
            OptionDef.Flag("current", "as the domain is now"))
        {
            Description = "Prints what is known of a running domain's memory.",
            Exclusive = [("current", "live"), ("current", "config")],
        },
    ];

    static async ValueTask<bool> VcpuCount(ShellSession shell, CommandCall call)
    {
        bool maximum = call.Has("maximum"), active = call.Has("active"), config = call.Has("config"), live = call.Has("live"),
            current = call.Has("current");
        bool all = !(maximum || active || config || live || current || call.Has("guest"));
        var flags = (live ? DomainVcpuFlags.Live : 0) | (config ? DomainVcpuFlags.Config : 0) | (maximum ? DomainVcpuFlags.Maximum : 0)
            | (call.Has("guest") ? DomainVcpuFlags.Guest : 0);
        DomainRef domain = await shell.FindDomainAsync(call);
        if (!all)
        {
            int count = call.Has("guest")
                ? await Attempt.To("Failed to retrieve vCPU count from the guest", () => CountAsync(shell, domain, flags))
                : await CountAsync(shell, domain, flags);
            shell.Out.Line($"{count}");
            return true;
        }
        foreach (var (what, most) in new[] { ("maximum", DomainVcpuFlags.Maximum), ("current", DomainVcpuFlags.Current) })
        {
            foreach (var (when, at) in new[] { ("config", DomainVcpuFlags.Config), ("live", DomainVcpuFlags.Live) })
            {
                if (at is DomainVcpuFlags.Config && !await IsPersistentAsync(shell, domain) || at is DomainVcpuFlags.Live && domain.Id < 0)
                    continue;
                shell.Out.Line($"{what,-12} {when,-12} {await CountAsync(shell, domain, most | at),3}");
            }
        }
        return true;
    }

    static ValueTask<int> CountAsync(ShellSession shell, DomainRef domain, DomainVcpuFlags flags) =>
        shell.Calls.Read<IDomainVcpus>("virDomainGetVcpusFlags").GetVcpuCountAsync(domain, flags, default);

    static ValueTask<bool> IsPersistentAsync(ShellSession shell, DomainRef domain) =>
        shell.Calls.Read<IDomainInfo>("virDomainIsPersistent").IsPersistentAsync(domain, default);

    static async ValueTask<bool> MemoryStatistics(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        if (call.Number("period") is { } period)
        {
            if (period < 0)
                throw new CommandFailure($"Invalid collection period value '{period}'");
            var flags = (call.Has("live") ? DomainMemoryFlags.Live : 0) | (call.Has("config") ? DomainMemoryFlags.Config : 0);
            await Attempt.To("Unable to change balloon collection period.", () =>
                shell.Calls.Write<IDomainMemory>("virDomainSetMemoryStatsPeriod").SetMemoryStatisticsPeriodAsync(domain, period, flags, default));
            return true;
        }
        MemoryStatistic[] statistics = await Attempt.To($"Failed to get memory statistics for domain {domain.Name}", () =>
            shell.Calls.Read<IDomainMemoryStatistics>("virDomainMemoryStats").GetMemoryStatisticsAsync(domain, (uint)DomainMemoryStatTag.Nr, 0, default));
        foreach (MemoryStatistic statistic in statistics.Where(statistic => (int)statistic.Tag < Tags.Length))
            shell.Out.Line($"{Tags[(int)statistic.Tag]} {statistic.Value}");
        return true;
    }

    static readonly string[] Tags =
    [
        "swap_in", "swap_out", "major_fault", "minor_fault", "unused", "available", "actual", "rss", "usable", "last_update",
        "disk_caches", "hugetlb_pgalloc", "hugetlb_pgfail",
    ];
}
