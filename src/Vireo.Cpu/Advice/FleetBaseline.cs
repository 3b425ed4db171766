using Vireo.Cpu.X86;

namespace Vireo.Cpu.Advice;

/// <summary>A host's part in what a fleet has in common.</summary>
/// <param name="Host">The host.</param>
/// <param name="Loses">Features that it has and guests with the common definition will not see.</param>
/// <param name="Costs">Features that all others have in common, and for want of which here nobody may use them.</param>
public sealed record FleetShare(HostView Host, IReadOnlyList<string> Loses, IReadOnlyList<string> Costs);

/// <summary>The best definition that runs on all hosts of a fleet, and what it costs.</summary>
/// <param name="Cpu">The definition.</param>
/// <param name="Sees">How many features its guests see.</param>
/// <param name="Shares">The hosts in the order in which they were given.</param>
public sealed record FleetBaseline(CpuSpec Cpu, int Sees, IReadOnlyList<FleetShare> Shares)
{
    /// <summary>The host that costs the fleet most; null if none costs anything.</summary>
    public FleetShare? Dearest => Shares.MaxBy(static s => s.Costs.Count) is { Costs.Count: > 0 } dearest ? dearest : null;

    /// <summary>Finds it.</summary>
    /// <param name="x86">What models mean.</param>
    /// <param name="hosts">At least one, each with a CPU.</param>
    /// <param name="migratable">Without features that keep a guest where it is.</param>
    public static FleetBaseline Of(X86Cpus x86, IReadOnlyList<HostView> hosts, bool migratable)
    {
        CpuSpec[] cpus = [.. hosts.Select(static h => h.Best!)];
        CpuSpec common = x86.Baseline(cpus, Models(hosts), migratable);
        FeatureSet sees = x86.Flatten(common);
        FeatureSet[] have = [.. cpus.Select(c => migratable ? x86.Flatten(c) - x86.Map.Unmigratable : x86.Flatten(c))];
        FeatureSet all = have.Aggregate(static (a, b) => a & b);
        FeatureSet[] without = Others(have);
        return new FleetBaseline(common, sees.Count,
        [
            .. hosts.Select((h, i) => new FleetShare(h, [.. x86.Map.NamesOf(have[i] - sees)], hosts.Count == 1 ? [] : [.. x86.Map.NamesOf(without[i] - all)])),
        ]);
    }

    /// <summary>For each host what all others have in common; from both ends, so that a thousand hosts are no matter.</summary>
    static FeatureSet[] Others(FeatureSet[] have)
    {
        var before = new FeatureSet?[have.Length];
        var after = new FeatureSet?[have.Length];
        for (int i = 1; i < have.Length; i++)
            before[i] = before[i - 1] is { } soFar ? soFar & have[i - 1] : have[i - 1];
        for (int i = have.Length - 2; i >= 0; i--)
            after[i] = after[i + 1] is { } soFar ? soFar & have[i + 1] : have[i + 1];
        return [.. have.Select((own, i) => (before[i], after[i]) switch
        {
            ({ } b, { } a) => b & a,
            ({ } b, null) => b,
            (null, { } a) => a,
            _ => own,
        })];
    }

    /// <summary>Models that every hypervisor knows, if all told what they know; features that block one anywhere count.</summary>
    static IReadOnlyList<HypervisorModel>? Models(IReadOnlyList<HostView> hosts)
    {
        if (hosts.Any(static h => h.Models.Count == 0))
            return null;
        IEnumerable<string> names = hosts[0].Models.Select(static m => m.Name);
        foreach (HostView host in hosts.Skip(1))
            names = names.Intersect(host.Models.Select(static m => m.Name));
        return [.. names.Select(static n => new HypervisorModel(n))];
    }
}
