using Vireo.Cpu.Map;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu.X86;

/// <summary>Operations on the CPUs of i686 and x86_64.</summary>
public sealed partial class X86Cpus : CpuFamily
{
    readonly X86Map map;
    readonly X86Decoder decoder;

    /// <summary>Operations by a map.</summary>
    public X86Cpus(X86Map map)
    {
        this.map = map;
        decoder = new X86Decoder(map);
    }

    /// <summary>By the default release's map.</summary>
    public static X86Cpus Shared => CpuMap.Default.X86;

    /// <summary>The facts.</summary>
    public X86Map Map => map;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ModelNames => [.. map.Models.Select(m => m.Name)];

    /// <summary>The CPU behind CPUID data: the model with the fewest differences, and these.</summary>
    /// <param name="data">CPUID leaves and registers.</param>
    /// <param name="role">A host cannot lack features of its model; a guest may.</param>
    /// <param name="models">Models to choose from, with what keeps the hypervisor from running them; null for all of the map.</param>
    /// <param name="preferred">A model that is taken if it is there, however long the list of differences.</param>
    /// <param name="migratable">Leave out features that forbid migration.</param>
    public CpuSpec Decode(
        CpuData data, CpuRole role, IReadOnlyList<HypervisorModel>? models = null, string? preferred = null, bool migratable = false) =>
        decoder.Decode(
            new DecodeInput(map.Decode(data), VendorOf(data), data.Signature),
            new DecodeWish(role, models, preferred, migratable, AllowsFallback: role == CpuRole.Host));

    /// <summary>The CPUID data that a CPU's definition stands for: vendor, a signature of its model, features.</summary>
    public CpuData Encode(CpuSpec cpu)
    {
        var data = new CpuData();
        if (cpu.Vendor is not null)
            data.SetVendor(map.FindVendor(cpu.Vendor) ?? throw CpuErrors.UnknownVendor(cpu.Vendor));
        if (cpu.Model is not null && map.RequireModel(cpu.Model).Signatures is [var first, ..])
            data.Set(1, 0, new CpuidWords(first.ToSignature().ToEax(), 0, 0, 0));
        foreach (int index in Flatten(cpu).Indices)
            data.Add(map.Features[index]);
        return data;
    }

    /// <inheritdoc/>
    public override bool HasFeature(CpuSpec cpu, string feature) => Flatten(cpu).Has(map.Require(feature).Index);

    /// <inheritdoc/>
    public override void ValidateFeatures(CpuSpec cpu)
    {
        foreach (FeatureTerm one in cpu.Features)
            if (map.FindFeature(one.Name) is null && !map.IsDisabled(one.Name))
                throw CpuErrors.NoSuchFeature(one.Name);
    }

    /// <summary>Is the feature in the data?</summary>
    public bool HasFeature(CpuData data, string feature) => map.Require(feature).Bit.IsSet(data);

    /// <inheritdoc/>
    public override CpuSpec CopyMigratable(CpuSpec cpu) =>
        cpu with { Features = [.. cpu.Features.Where(f => map.FindFeature(f.Name)?.Migratable ?? true)] };

    /// <inheritdoc/>
    public override CpuSpec Expand(CpuSpec cpu)
    {
        X86Model model = map.RequireModel(cpu.Model);
        FeatureSet guest = Flatten(cpu);
        var features = new FeatureList([.. map.NamesOf(map.Meaningful(model.Features, guest)).Select(name => new FeatureTerm(name))]);
        foreach (FeatureTerm one in cpu.Features)
            features.Set(one.Name, cpu.Role == CpuRole.Host ? CpuFeaturePolicy.Require : one.Policy);
        if (cpu.Role == CpuRole.Guest)
            foreach (string name in map.NamesOf(model.Removed))
                if (cpu.PolicyOf(name) is null)
                    features.Set(name, CpuFeaturePolicy.Disable);
        return cpu with { Features = features.ToSortedList() };
    }

    /// <inheritdoc/>
    public override CpuSpec Translate(CpuSpec cpu, IReadOnlyList<HypervisorModel> models) => Translate(cpu, models, new HashSet<string>());

    /// <summary>The same CPU in terms of the models and the features that a hypervisor knows.</summary>
    /// <param name="cpu">The CPU; if the hypervisor knows its model it is left alone.</param>
    /// <param name="models">The models.</param>
    /// <param name="known">The features; empty if the hypervisor does not tell. VIR_ERR_CONFIG_UNSUPPORTED if others would have to be asked for.</param>
    public CpuSpec Translate(CpuSpec cpu, IReadOnlyList<HypervisorModel> models, IReadOnlySet<string> known)
    {
        if (models.Any(m => m.Name == cpu.Model))
            return cpu;
        if (!cpu.AllowsFallback)
            throw CpuErrors.NotSupported(cpu.Model);
        X86Model model = map.RequireModel(cpu.Model);
        X86Signature? signature = model.Signatures is [var first, ..] ? first.ToSignature() : null;
        var wish = new DecodeWish(CpuRole.Guest, models, Preferred: null, Migratable: false, AllowsFallback: true);
        var input = new DecodeInput(Flatten(cpu), model.Vendor, signature);
        CpuSpec decoded = decoder.Decode(input, wish);
        if (Unspeakable(decoded, known) is { IsEmpty: false } unknown)
        {
            // Only a model that brings them along will do.
            HypervisorModel[] with = [.. models.Where(m => map.FindModel(m.Name) is { } one && (unknown - one.Features).IsEmpty)];
            decoded = with.Length == 0 ? decoded : decoder.Decode(input, wish with { Models = with });
            if (Unspeakable(decoded, known) is { IsEmpty: false } left)
                throw CpuErrors.FeaturesNotSupported(cpu.Model!, map.NamesOf(left));
        }
        var features = new FeatureList(WithoutAdded(decoded, cpu).Features);
        foreach (FeatureTerm one in cpu.Features)
            features.Set(one.Name, one.Policy);
        return cpu with { Model = decoded.Model, Features = features.ToList() };
    }

    /// <summary>What the guest sees, or what the host has: the model with every difference applied.</summary>
    internal FeatureSet Flatten(CpuSpec cpu)
    {
        FeatureSet set = cpu.Model is null ? map.None : map.RequireModel(cpu.Model).Features;
        foreach (FeatureTerm one in cpu.Features)
        {
            int index = map.Require(one.Name).Index;
            set = (cpu.Role == CpuRole.Host ? CpuFeaturePolicy.Require : one.Policy) switch
            {
                CpuFeaturePolicy.Force or CpuFeaturePolicy.Require => set.With(index),
                CpuFeaturePolicy.Disable or CpuFeaturePolicy.Forbid => set.Without(index),
                _ => set,
            };
        }
        return map.Meaningful(set, set);
    }

    /// <summary>Features that a hypervisor would have to be asked for and does not know.</summary>
    FeatureSet Unspeakable(CpuSpec cpu, IReadOnlySet<string> known) => known.Count == 0 ? map.None
        : map.SetOf(cpu.Features.Where(f => f.Policy is CpuFeaturePolicy.Require or CpuFeaturePolicy.Force && !known.Contains(f.Name)).Select(f => f.Name));

    /// <summary>The features listed with one policy.</summary>
    FeatureSet Listed(CpuSpec cpu, CpuFeaturePolicy policy) =>
        map.SetOf(cpu.Features.Where(f => f.Policy == policy).Select(f => f.Name));

    X86Vendor? VendorOf(CpuData data) => data.VendorString is { } text ? map.Vendors.FirstOrDefault(v => v.Text == text) : null;
}
