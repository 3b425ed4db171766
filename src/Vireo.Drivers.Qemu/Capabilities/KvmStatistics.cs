using Vireo.Core.TypedParameters;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What KVM counts for a guest, under KVM's own names.</summary>
sealed class KvmStatistics(
    IReadOnlyList<StatisticKind> kinds, IReadOnlyList<IReadOnlyList<StatisticValue>> guest, IReadOnlyList<IReadOnlyList<StatisticValue>> cpus)
{
    internal static readonly KvmStatistics None = new([], [], []);

    /// <summary>Asks QEMU; empty where it is too old to know.</summary>
    internal static async ValueTask<KvmStatistics> ReadAsync(LiveQemu live, CancellationToken cancel)
    {
        if (!live.Facts.Has("query-stats") || !live.Facts.Has("query-stats-schemas")) return None;
        if ((live.StatisticKinds ??= await live.AskAsync(new QueryStatsSchemas(), cancel).ConfigureAwait(false)) is not { } kinds) return None;
        return new(kinds,
            await live.AskAsync(new QueryStats("vm"), cancel).ConfigureAwait(false) ?? [],
            await live.AskAsync(new QueryStats("vcpu"), cancel).ConfigureAwait(false) ?? []);
    }

    /// <summary>Those of the guest as a whole.</summary>
    internal IEnumerable<TypedParameter> OfGuest(string prefix) => guest.SelectMany(values => Parameters("vm", values, prefix));

    /// <summary>Those of one CPU.</summary>
    internal IEnumerable<TypedParameter> OfCpu(int index, string prefix) => index < cpus.Count ? Parameters("vcpu", cpus[index], prefix) : [];

    /// <summary>One of them over all CPUs.</summary>
    internal ulong SumOfCpus(string name) =>
        cpus.SelectMany(values => values.Where(v => v.Name == name)).Aggregate(0ul, (sum, value) => sum + (value.Number ?? 0));

    // Histograms have no place in a list of numbers.
    IEnumerable<TypedParameter> Parameters(string target, IReadOnlyList<StatisticValue> values, string prefix)
    {
        foreach (var value in values)
        {
            string? counted = kinds.FirstOrDefault(k => k.Target == target && k.Name == value.Name)?.Type switch
            {
                "cumulative" => "sum",
                "instant" => "cur",
                "peak" => "max",
                _ => null,
            };
            if (counted is null) continue;
            if (value.Number is { } number) yield return new($"{prefix}{value.Name}.{counted}", number);
            else if (value.Flag is { } flag) yield return new($"{prefix}{value.Name}.{counted}", flag);
        }
    }
}
