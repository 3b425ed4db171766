namespace Vireo.Cpu.X86;

/// <summary>One entry of QEMU's <c>feature-words</c> or <c>filtered-features</c> property: a register of a CPUID leaf.</summary>
public readonly record struct QemuFeatureWord(uint Leaf, uint? Subleaf, CpuidRegister Register, uint Bits);

/// <summary>A CPU model as QEMU's <c>query-cpu-model-expansion</c> spells it out.</summary>
public sealed record QemuExpansion
{
    /// <summary>Boolean properties, true and false.</summary>
    public required IReadOnlyDictionary<string, bool> Switches { get; init; }

    /// <summary>The vendor's CPUID string.</summary>
    public string? Vendor { get; init; }

    public uint? Family { get; init; }
    public uint? Model { get; init; }
    public uint? Stepping { get; init; }
}

/// <summary>What a running QEMU says of a vCPU: see <see cref="QemuCpu.Properties"/>.</summary>
public sealed record QemuLiveCpu
{
    /// <summary>Property <c>feature-words</c>: what the guest sees.</summary>
    public required IReadOnlyList<QemuFeatureWord> Enabled { get; init; }

    /// <summary>Property <c>filtered-features</c>: what was asked for and could not be had.</summary>
    public required IReadOnlyList<QemuFeatureWord> Filtered { get; init; }

    /// <summary>Answers to <see cref="QemuCpu.SwitchProperties"/>; a property that this QEMU lacks is left out.</summary>
    public IReadOnlyDictionary<string, bool> Switches { get; init; } = new Dictionary<string, bool>();

    /// <summary>
    /// Property <c>unavailable-features</c>, QEMU's names; it holds what <see cref="Filtered"/> cannot, features in model specific registers.
    /// </summary>
    public IReadOnlyList<string> Unavailable { get; init; } = [];
}

/// <summary>Between QEMU's view of a CPU and features of the map.</summary>
public sealed class QemuCpu(X86Map map)
{
    /// <summary>The properties of a vCPU's QOM object that hold whole leaves, and the list of what is missing.</summary>
    public static IReadOnlyList<string> Properties { get; } = ["feature-words", "filtered-features", "unavailable-features"];

    /// <summary>Boolean properties that must be asked one by one: features that QEMU's words do not report.</summary>
    public IReadOnlyList<string> SwitchProperties { get; } = [.. map.Features.Where(f => f.Bit.IsMsr).Select(f => f.Name)];

    /// <summary>
    /// Those of <see cref="SwitchProperties"/> that need asking, given <c>feature-words</c>: without the CPUID bit that announces a model
    /// specific register QEMU has all features in it off.
    /// </summary>
    public IReadOnlyList<string> SwitchesToAsk(IReadOnlyList<QemuFeatureWord> enabled)
    {
        FeatureSet set = map.Decode(Data(enabled));
        return [.. map.Features.Where(f => f.Bit.IsMsr && Announced(f, set)).Select(f => f.Name)];
    }

    /// <summary>What the guest has.</summary>
    public FeatureSet Enabled(QemuLiveCpu cpu)
    {
        FeatureSet set = map.Decode(Data(cpu.Enabled));
        foreach ((string name, bool on) in cpu.Switches)
            if (on && map.FindQemuFeature(name) is { } feature)
                set = set.With(feature.Index);
        return set;
    }

    /// <summary>What was asked for in vain.</summary>
    public FeatureSet Disabled(QemuLiveCpu cpu)
    {
        FeatureSet set = map.Decode(Data(cpu.Filtered));
        foreach (string name in cpu.Unavailable)
            if (map.FindQemuFeature(name) is { } feature)
                set = set.With(feature.Index);
        return set;
    }

    /// <summary>CPUID data with the features, the vendor and the signature of an expanded model. Names that the map lacks are passed over.</summary>
    public CpuData ToData(QemuExpansion model)
    {
        var data = new CpuData();
        foreach ((string name, bool on) in model.Switches)
            if (on && map.FindQemuFeature(name) is { } feature)
                data.Add(feature);
        if (map.Vendors.FirstOrDefault(v => v.Text == model.Vendor) is { } vendor)
            data.SetVendor(vendor);
        if (model is { Family: { } family, Model: { } number })
            data.Add(1, 0, CpuidRegister.Eax, new X86Signature(family, number, model.Stepping ?? 0).ToEax());
        return data;
    }

    /// <summary>The map's name of a feature that QEMU calls <paramref name="qemuName"/>; the same name if the map does not know it.</summary>
    public string FromQemu(string qemuName) => map.FindQemuFeature(qemuName)?.Name ?? qemuName;

    /// <summary>The name to use on QEMU's command line and in QOM: QEMU's own spelling, or the one that this binary has instead.</summary>
    /// <param name="feature">libvirt's name; one that the map does not know is QEMU's own.</param>
    /// <param name="known">Names that the binary knows; empty if it does not tell.</param>
    public string ToQemu(string feature, IReadOnlySet<string> known)
    {
        if (map.FindFeature(feature) is not { } one)
            return feature;
        return known.Contains(one.QemuSpelling) ? one.QemuSpelling : one.QemuNames.FirstOrDefault(known.Contains) ?? one.QemuSpelling;
    }

    bool Announced(X86Feature feature, FeatureSet enabled) =>
        feature.AnnouncedBy is null || (map.FindFeature(feature.AnnouncedBy) is { } announcer && enabled.Has(announcer.Index));

    static CpuData Data(IReadOnlyList<QemuFeatureWord> words)
    {
        var data = new CpuData();
        foreach (QemuFeatureWord word in words)
            data.Add(word.Leaf, word.Subleaf ?? 0, word.Register, word.Bits);
        return data;
    }
}
