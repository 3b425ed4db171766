using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu.X86;

public sealed partial class X86Cpus
{
    /// <inheritdoc/>
    public override Comparison Compare(CpuSpec host, CpuSpec cpu)
    {
        if (cpu.Architecture is not (null or "x86_64" or "i686"))
            return Incompatible($"CPU arch {cpu.Architecture} does not match host arch");
        if (cpu.Vendor is not null && cpu.Vendor != host.Vendor)
            return Incompatible($"host CPU vendor does not match required CPU vendor {cpu.Vendor}");
        if (cpu.Role == CpuRole.Guest)
            RequireKnown(cpu);
        FeatureSet has = Flatten(host);
        FeatureSet wanted = Wanted(cpu);
        if (cpu.Role == CpuRole.Guest && (has & Listed(cpu, CpuFeaturePolicy.Forbid)) is { IsEmpty: false } forbidden)
            return Incompatible($"Host CPU provides forbidden features: {Names(forbidden)}");
        if (wanted - has is { IsEmpty: false } missing)
            return Incompatible($"Host CPU does not provide required features: {Names(missing)}");
        FeatureSet extra = has - wanted - Indifferent(cpu);
        if (extra.IsEmpty)
            return new Comparison(CpuComparison.Identical);
        return cpu is { Role: CpuRole.Guest, Match: CpuMatch.Strict }
            ? Incompatible($"Host CPU does not strictly match guest CPU: Extra features: {Names(extra)}")
            : new Comparison(CpuComparison.Superset);
    }

    /// <inheritdoc/>
    public override CpuSpec Baseline(IReadOnlyList<CpuSpec> cpus, IReadOnlyList<HypervisorModel>? models = null, bool migratable = false)
    {
        FeatureSet common = Flatten(cpus[0]);
        bool namesVendor = true;
        X86Vendor? vendor = null;
        foreach (CpuSpec cpu in cpus)
        {
            common &= Flatten(cpu);
            namesVendor &= cpu.Vendor is not null;
            X86Vendor? own = VendorIn(cpu, isFirst: ReferenceEquals(cpu, cpus[0]));
            if (vendor is not null && own is not null && vendor != own)
                throw CpuErrors.VendorsDiffer();
            vendor ??= own;
        }
        if (common.IsEmpty)
            throw CpuErrors.NothingInCommon();
        string? shared = cpus.All(c => c.Model == cpus[0].Model) ? cpus[0].Model : null;
        CpuSpec result = decoder.Decode(
            new DecodeInput(common, vendor, Signature: null),
            new DecodeWish(CpuRole.Guest, models, shared, migratable, AllowsFallback: true) { Inputs = cpus.Select(c => c.Model ?? "").ToHashSet() });
        return result with
        {
            AllowsFallback = result.Model != shared,
            Vendor = namesVendor ? result.Vendor : null,
        };
    }

    /// <summary>Of several unknown names the one that stock complains of: forced features come first, then the model, then the rest.</summary>
    void RequireKnown(CpuSpec cpu)
    {
        _ = Listed(cpu, CpuFeaturePolicy.Force);
        if (cpu.Model is not null)
            _ = map.RequireModel(cpu.Model);
        _ = Listed(cpu, CpuFeaturePolicy.Require);
        _ = Indifferent(cpu);
    }

    /// <summary>The vendor that a CPU has in a baseline. Of all but the first the model's vendor is looked at too, as stock does.</summary>
    X86Vendor? VendorIn(CpuSpec cpu, bool isFirst)
    {
        X86Vendor? named = cpu.Vendor is null ? null : map.FindVendor(cpu.Vendor) ?? throw CpuErrors.UnknownVendorOfMany(cpu.Vendor);
        if (isFirst || cpu.Model is null || map.RequireModel(cpu.Model).Vendor is not { } ofModel)
            return named;
        return named is null || named == ofModel ? ofModel : throw CpuErrors.VendorOfModelDiffers(ofModel.Name, cpu.Model, named.Name);
    }

    /// <summary>What the host must have: the model's features and those required, less those about which the guest does not care.</summary>
    internal FeatureSet Wanted(CpuSpec cpu)
    {
        if (cpu.Role == CpuRole.Host)
            return Flatten(cpu);
        FeatureSet model = cpu.Model is null ? map.None : map.RequireModel(cpu.Model).Features;
        FeatureSet all = (model | Listed(cpu, CpuFeaturePolicy.Require)) - Indifferent(cpu);
        return map.Meaningful(all, all);
    }

    /// <summary>Features about which the guest does not care whether the host has them.</summary>
    internal FeatureSet Indifferent(CpuSpec cpu) => cpu.Role == CpuRole.Host
        ? map.None
        : Listed(cpu, CpuFeaturePolicy.Optional) | Listed(cpu, CpuFeaturePolicy.Disable) | Listed(cpu, CpuFeaturePolicy.Force);

    string Names(FeatureSet set) => string.Join(", ", map.NamesOf(set));

    static Comparison Incompatible(string reason) => new(CpuComparison.Incompatible, reason);
}
