using Vireo.Cpu.Map;

namespace Vireo.Cpu.X86;

/// <summary>Where a feature's bit is: in a register of a CPUID leaf, or in a model specific register.</summary>
public readonly record struct FeatureBit(bool IsMsr, uint Index, uint Subleaf, CpuidRegister Register, int Bit)
{
    /// <summary>Is it set?</summary>
    public bool IsSet(CpuData data) => IsMsr
        ? (data.Msr(Index) >> Bit & 1) != 0
        : (data[Index, Subleaf][Register] >> Bit & 1) != 0;
}

/// <summary>A feature that definitions may name.</summary>
public sealed record X86Feature(int Index, string Name, FeatureBit Bit, bool Migratable, IReadOnlyList<string> QemuNames)
{
    /// <summary>How QEMU spells it today; it takes <see cref="QemuNames"/> too.</summary>
    public required string QemuSpelling { get; init; }

    /// <summary>The feature without which the register that this one is in is not there; null for those in CPUID.</summary>
    public string? AnnouncedBy { get; init; }

    /// <summary>Does it mean nothing to a guest without <see cref="AnnouncedBy"/>, so that a model may hold it for when that is asked for?</summary>
    public bool IsDetail { get; init; }
}

/// <summary>A vendor: its name in definitions, its string in CPUID.</summary>
public sealed record X86Vendor(string Name, string Text);

/// <summary>CPUs that a model stands for.</summary>
public readonly record struct SignatureRule(uint Family, uint Model, ushort Steppings)
{
    /// <summary>Is it one of them?</summary>
    public bool Matches(X86Signature signature) =>
        signature.Family == Family && signature.Model == Model && (Steppings >> (int)signature.Stepping & 1) != 0;

    /// <summary>One of them, the first.</summary>
    public X86Signature ToSignature() => new(Family, Model, (uint)System.Numerics.BitOperations.TrailingZeroCount((uint)Steppings));
}

/// <summary>A named set of features.</summary>
public sealed record X86Model
{
    public required int Index { get; init; }
    public required string Name { get; init; }
    public X86Vendor? Vendor { get; init; }
    public IReadOnlyList<SignatureRule> Signatures { get; init; } = [];
    public required FeatureSet Features { get; init; }

    /// <summary>Those that hypervisors no longer enable for this model. Not among <see cref="Features"/>; guests always name them.</summary>
    public required FeatureSet Removed { get; init; }

    /// <summary>
    /// Those that hypervisors have always enabled with this model, though older maps did not know. Not among <see cref="Features"/>;
    /// guests name them once they run, and who does not name them is forgiven.
    /// </summary>
    public required FeatureSet Added { get; init; }

    /// <summary>
    /// Those that earlier releases took for part of it, though no hypervisor has them for this model. Not among <see cref="Features"/>; named only to hosts that
    /// may run such a release.
    /// </summary>
    public required FeatureSet Dropped { get; init; }

    /// <summary>The model that hypervisors know by this other name too; null for most.</summary>
    public string? SameAs { get; init; }

    /// <summary>May decoding a host's CPU answer with it?</summary>
    public bool DecodesHost { get; init; } = true;

    /// <summary>May decoding a guest's CPU answer with it?</summary>
    public bool DecodesGuest { get; init; } = true;

    /// <summary>Does it stand for CPUs of this signature?</summary>
    public bool Matches(X86Signature? signature) => signature is { } known && Signatures.Any(rule => rule.Matches(known));
}

/// <summary>The facts about x86 CPUs: read once, on first use, and never changed.</summary>
public sealed class X86Map
{
    readonly Dictionary<string, X86Feature> features = new(StringComparer.Ordinal);
    readonly Dictionary<string, X86Feature> qemuNames = new(StringComparer.Ordinal);
    readonly Dictionary<string, X86Model> models = new(StringComparer.Ordinal);

    readonly HashSet<string> disabled;
    readonly int[] detailed;
    readonly FeatureSet[] details;

    internal X86Map(
        MapRelease release, IReadOnlyList<X86Vendor> vendors, IReadOnlyList<X86Feature> features, IReadOnlyList<X86Model> models,
        IReadOnlyList<MapComplaint> complaints)
    {
        Release = release;
        Complaints = complaints;
        Vendors = vendors;
        Features = features;
        Models = models;
        foreach (X86Feature one in features)
        {
            this.features.Add(one.Name, one);
            foreach (string alias in one.QemuNames)
                qemuNames.Add(alias, one);
        }
        foreach (X86Model one in models)
            this.models.Add(one.Name, one);
        disabled = [.. complaints.Select(static c => c.Entry).Where(entry => FindModel(entry) is null && FindFeature(entry) is null)];
        Unmigratable = FeatureSet.Where(features.Count, i => !features[i].Migratable);
        string[] announcers = [.. features.Where(f => f.IsDetail).Select(f => f.AnnouncedBy!).Distinct().Where(this.features.ContainsKey)];
        detailed = [.. announcers.Select(name => this.features[name].Index)];
        details = [.. announcers.Select(name => FeatureSet.Where(features.Count, i => features[i].IsDetail && features[i].AnnouncedBy == name))];
    }

    /// <summary>The default release's map.</summary>
    public static X86Map Shared => CpuMap.Default.X86.Map;

    /// <summary>A map from its text; what makes no sense in it is left out and complained of.</summary>
    public static X86Map Read(string text, MapRelease release) => X86MapReader.Read(text, release);

    /// <summary>Whose map it is.</summary>
    public MapRelease Release { get; }

    /// <summary>Entries that were left out, because they make no sense. Empty for the built-in maps.</summary>
    public IReadOnlyList<MapComplaint> Complaints { get; }

    public IReadOnlyList<X86Vendor> Vendors { get; }

    /// <summary>Is it a model or feature whose entry makes no sense? What it means is for the hypervisor to know.</summary>
    public bool IsDisabled(string name) => disabled.Contains(name);

    /// <summary>In the order in which they are reported.</summary>
    public IReadOnlyList<X86Feature> Features { get; }

    /// <summary>Older ones first.</summary>
    public IReadOnlyList<X86Model> Models { get; }

    /// <summary>Features whose presence keeps a guest where it is.</summary>
    public FeatureSet Unmigratable { get; }

    /// <summary>No feature at all.</summary>
    public FeatureSet None => FeatureSet.Empty(Features.Count);

    public X86Feature? FindFeature(string name) => features.GetValueOrDefault(name);

    public X86Model? FindModel(string name) => models.GetValueOrDefault(name);

    public X86Vendor? FindVendor(string name) => Vendors.FirstOrDefault(v => v.Name == name);

    /// <summary>The feature that QEMU calls so, in any of its spellings.</summary>
    public X86Feature? FindQemuFeature(string name) => qemuNames.GetValueOrDefault(name) ?? FindFeature(name);

    /// <summary>The features whose bits are set.</summary>
    public FeatureSet Decode(CpuData data) => FeatureSet.Where(Features.Count, i => Features[i].Bit.IsSet(data));

    /// <summary>What is left of a set if <paramref name="guest"/> is all that a guest has: details of a facility that it lacks mean nothing.</summary>
    internal FeatureSet Meaningful(FeatureSet set, FeatureSet guest)
    {
        for (int i = 0; i < detailed.Length; i++)
            if (!guest.Has(detailed[i]))
                set -= details[i];
        return set;
    }

    /// <summary>The set with these names; unknown ones are an error.</summary>
    public FeatureSet SetOf(IEnumerable<string> names) => SetAt(names.Select(name => Require(name).Index));

    /// <summary>The set with these indices.</summary>
    internal FeatureSet SetAt(IEnumerable<int> indices) => FeatureSet.At(Features.Count, indices);

    /// <summary>The names in a set, in the map's order.</summary>
    public IEnumerable<string> NamesOf(FeatureSet set) => set.Indices.Select(i => Features[i].Name);

    internal X86Feature Require(string name) => FindFeature(name) ?? throw CpuErrors.UnknownFeature(name);

    internal X86Model RequireModel(string? name) => (name is null ? null : FindModel(name)) ?? throw CpuErrors.UnknownModel(name);
}
