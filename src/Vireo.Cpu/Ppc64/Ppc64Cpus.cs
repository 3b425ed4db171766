using Vireo.Core.Errors;
using Vireo.Cpu.Map;

namespace Vireo.Cpu.Ppc64;

/// <summary>Operations on POWER CPUs.</summary>
public sealed class Ppc64Cpus : CpuFamily
{
    // Names that named one revision once, and the model that they belong to.
    static readonly Dictionary<string, string> legacy = new(StringComparer.Ordinal)
    {
        ["POWER7_v2.1"] = "POWER7",
        ["POWER7_v2.3"] = "POWER7",
        ["POWER7+_v2.1"] = "POWER7",
        ["POWER8_v1.0"] = "POWER8",
    };

    /// <summary>Operations by a map.</summary>
    internal Ppc64Cpus(Ppc64Map map) => Map = map;

    /// <summary>By the default release's map.</summary>
    public static Ppc64Cpus Shared => CpuMap.Default.Ppc64;

    /// <summary>The facts.</summary>
    public Ppc64Map Map { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ModelNames => [.. Map.Models.Select(m => m.Name)];

    /// <summary>A host's CPU by its processor version register; null if no model has it.</summary>
    public CpuSpec? Describe(uint version) =>
        Map.FindVersion(version) is { } model ? new CpuSpec { Role = CpuRole.Host, Model = model.Name, Vendor = model.Vendor } : null;

    /// <inheritdoc/>
    public override Comparison Compare(CpuSpec host, CpuSpec cpu)
    {
        if (cpu.Vendor is not null && cpu.Vendor != host.Vendor)
            return new Comparison(CpuComparison.Incompatible, $"host CPU vendor does not match required CPU vendor {cpu.Vendor}");
        if (cpu.FollowsHost)
            return CompareCompatibility(host, cpu.Model);
        string? wanted = Require(ConvertLegacy(cpu).Model).Name;
        return wanted == ConvertLegacy(host).Model
            ? new Comparison(CpuComparison.Identical)
            : new Comparison(CpuComparison.Incompatible, $"host CPU model does not match required CPU model {wanted}");
    }

    /// <inheritdoc/>
    public override CpuSpec Baseline(IReadOnlyList<CpuSpec> cpus, IReadOnlyList<HypervisorModel>? models = null, bool migratable = false)
    {
        string? vendor = null;
        foreach (CpuSpec cpu in cpus)
        {
            if (Require(cpu.Model).Name != cpus[0].Model)
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Cpu, "CPUs are incompatible");
            if (cpu.Vendor is { } own && !Map.Vendors.Contains(own))
                throw CpuErrors.UnknownVendor(own);
            if (cpu.Vendor is not null && vendor is not null && cpu.Vendor != vendor)
                throw CpuErrors.VendorsDiffer();
            vendor ??= cpu.Vendor;
        }
        return new CpuSpec { Role = CpuRole.Guest, Model = cpus[0].Model, AllowsFallback = false };
    }

    /// <summary>Nothing to decide: the host's model and its compatibility modes are left to the hypervisor.</summary>
    public override CpuSpec Update(CpuSpec guest, CpuSpec? host) => guest;

    /// <inheritdoc/>
    public override CpuSpec Expand(CpuSpec cpu) => cpu;

    /// <inheritdoc/>
    public override CpuSpec Translate(CpuSpec cpu, IReadOnlyList<HypervisorModel> models) =>
        models.Any(m => m.Name == cpu.Model) ? cpu : throw CpuErrors.NotSupported(cpu.Model);

    /// <inheritdoc/>
    public override CpuSpec ConvertLegacy(CpuSpec cpu) =>
        cpu.Model is not null && legacy.TryGetValue(cpu.Model, out string? today) ? cpu with { Model = today } : cpu;

    /// <inheritdoc/>
    public override CpuSpec CopyMigratable(CpuSpec cpu) => cpu;

    /// <inheritdoc/>
    public override bool HasFeature(CpuSpec cpu, string feature) => throw CpuErrors.UnknownFeature(feature);

    /// <summary>A guest in compatibility mode <c>power7</c> runs on POWER7 and whatever came after.</summary>
    Comparison CompareCompatibility(CpuSpec host, string? mode)
    {
        if (mode is null)
            return new Comparison(CpuComparison.Identical);
        int wanted = Place(mode.StartsWith("power", StringComparison.Ordinal) ? "POWER" + mode[5..] : mode);
        if (wanted < 0)
            throw CpuErrors.UnknownModel(mode);
        return Place(host.Model) >= wanted
            ? new Comparison(CpuComparison.Identical)
            : new Comparison(CpuComparison.Incompatible, $"host CPU model does not match required CPU model {mode}");
    }

    int Place(string? name)
    {
        for (int i = 0; i < Map.Models.Count; i++)
            if (Map.Models[i].Name == name)
                return i;
        return -1;
    }

    Ppc64Model Require(string? name) => Map.FindModel(name) ?? throw CpuErrors.UnknownModel(name);
}
