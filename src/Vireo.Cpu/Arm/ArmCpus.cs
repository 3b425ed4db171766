using Vireo.Cpu.Map;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu.Arm;

/// <summary>Operations on arm CPUs. What a guest's model and features mean is decided by the hypervisor; only features carry over.</summary>
public sealed class ArmCpus : CpuFamily
{
    /// <summary>Operations by a map.</summary>
    internal ArmCpus(ArmMap map) => Map = map;

    /// <summary>By the default release's map.</summary>
    public static ArmCpus Shared => CpuMap.Default.Arm;

    /// <summary>The facts.</summary>
    public ArmMap Map { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ModelNames => [.. Map.Models.Select(m => m.Name)];

    /// <summary>A host's CPU.</summary>
    /// <param name="midr">Its main id register.</param>
    /// <param name="features">What the kernel says that it has.</param>
    /// <returns>Null if no model has this register.</returns>
    public CpuSpec? Describe(uint midr, IEnumerable<string> features) => Map.FindMidr(midr) is not { } model ? null : new CpuSpec
    {
        Role = CpuRole.Host,
        Model = model.Name,
        Vendor = model.Vendor.Name,
        Features = [.. features.Select(static f => new FeatureTerm(f))],
    };

    /// <summary>Left to the hypervisor, which refuses what it cannot do.</summary>
    public override Comparison Compare(CpuSpec host, CpuSpec cpu) => new(CpuComparison.Identical);

    /// <summary>The first CPU's model, with the features that all of them have.</summary>
    public override CpuSpec Baseline(IReadOnlyList<CpuSpec> cpus, IReadOnlyList<HypervisorModel>? models = null, bool migratable = false)
    {
        IEnumerable<FeatureTerm> common = cpus[0].Features.Where(f => cpus.All(c => c.PolicyOf(f.Name) is not null));
        return new CpuSpec
        {
            Role = CpuRole.Guest,
            Model = cpus[0].Model,
            Features = [.. common.Select(f => new FeatureTerm(f.Name))],
        };
    }

    /// <inheritdoc/>
    public override CpuSpec Update(CpuSpec guest, CpuSpec? host)
    {
        if (!guest.FollowsHost)
            return guest;
        CpuSpec source = host ?? throw CpuErrors.UnknownHost();
        var features = new FeatureList(guest.Features);
        foreach (FeatureTerm one in source.Features)
            features.SetIfAbsent(one.Name, CpuFeaturePolicy.Require);
        return guest with { FollowsHost = false, Match = CpuMatch.Exact, Model = source.Model, Vendor = source.Vendor, Features = features.ToList() };
    }

    /// <inheritdoc/>
    public override CpuSpec Expand(CpuSpec cpu) => cpu;

    /// <inheritdoc/>
    public override CpuSpec Translate(CpuSpec cpu, IReadOnlyList<HypervisorModel> models) =>
        models.Any(m => m.Name == cpu.Model) ? cpu : throw CpuErrors.NotSupported(cpu.Model);

    /// <inheritdoc/>
    public override CpuSpec CopyMigratable(CpuSpec cpu) => cpu;

    /// <inheritdoc/>
    public override void ValidateFeatures(CpuSpec cpu)
    {
        foreach (FeatureTerm one in cpu.Features)
            if (!Map.Features.Contains(one.Name))
                throw CpuErrors.NoSuchFeature(one.Name);
    }

    /// <inheritdoc/>
    public override bool HasFeature(CpuSpec cpu, string feature) => Map.Features.Contains(feature)
        ? cpu.PolicyOf(feature) is CpuFeaturePolicy.Force or CpuFeaturePolicy.Require
        : throw CpuErrors.UnknownFeature(feature);
}
