using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu.X86;

/// <summary>What is decoded: the features, and what else is known of the CPU.</summary>
readonly record struct DecodeInput(FeatureSet Features, X86Vendor? Vendor, X86Signature? Signature);

/// <summary>How it is decoded.</summary>
readonly record struct DecodeWish(CpuRole Role, IReadOnlyList<HypervisorModel>? Models, string? Preferred, bool Migratable, bool AllowsFallback)
{
    /// <summary>The models of the CPUs whose common denominator is sought; null if there is but one CPU.</summary>
    public IReadOnlySet<string>? Inputs { get; init; }
}

/// <summary>Finds the model that describes a set of features with the fewest differences.</summary>
sealed class X86Decoder(X86Map map)
{
    /// <summary>One model as a description: what must be added, what must be taken away.</summary>
    readonly record struct Candidate(X86Model Model, FeatureSet Extra, FeatureSet Missing, int Disabled)
    {
        // Libvirt's penalty grows by one with every second feature that is taken away. Found by putting 5,000 random fleets to stock;
        // its documentation says only that the penalty for each additional disabled feature gets bigger.
        public int Penalty => (Disabled + 1) / 2;

        public int Weight => Extra.Count + Disabled + Penalty * (Penalty + 1) / 2;
    }

    public CpuSpec Decode(DecodeInput input, DecodeWish wish)
    {
        input = input with { Features = input.Features - BrokenOn(input) };
        return Write(Best(input, wish) ?? throw CpuErrors.NoModelFits(), input, wish);
    }

    CpuSpec Write(Candidate best, DecodeInput input, DecodeWish wish)
    {
        FeatureSet extra = wish.Migratable ? best.Extra - map.Unmigratable : best.Extra;
        var features = new FeatureList();
        foreach (string name in map.NamesOf(extra))
            features.Set(name, CpuFeaturePolicy.Require);
        foreach (string name in map.NamesOf(best.Missing))
            features.Set(name, CpuFeaturePolicy.Disable);
        if (wish.Role == CpuRole.Guest)
            foreach (string name in map.NamesOf(best.Model.Removed | (map.Meaningful(best.Model.Added, input.Features) - input.Features)))
                features.SetIfAbsent(name, CpuFeaturePolicy.Disable);
        return new CpuSpec
        {
            Role = wish.Role,
            Model = best.Model.Name,
            Vendor = input.Vendor?.Name,
            AllowsFallback = wish.AllowsFallback,
            Features = features.ToList(),
        };
    }

    Candidate? Best(DecodeInput input, DecodeWish wish)
    {
        Candidate? best = null;
        for (int i = map.Models.Count - 1; i >= 0; i--)
        {
            X86Model model = map.Models[i];
            bool preferred = model.Name == wish.Preferred;
            HypervisorModel? offered = wish.Models?.FirstOrDefault(m => m.Name == model.Name);
            if (wish.Models is not null && offered is null)
            {
                if (preferred && !wish.AllowsFallback)
                    throw CpuErrors.NotSupported(model.Name);
                continue;
            }
            if (!Usable(model, input, wish))
                continue;
            Candidate candidate = Describe(model, input.Features, offered, wish.Role);
            if (wish.Role == CpuRole.Host && !candidate.Missing.IsEmpty)
                continue;
            if (preferred)
                return candidate;
            if (best is not { } current || IsBetter(candidate, current, input.Signature, wish))
                best = candidate;
        }
        return best;
    }

    static bool Usable(X86Model model, DecodeInput input, DecodeWish wish) =>
        (wish.Role == CpuRole.Host ? model.DecodesHost : model.DecodesGuest)
        && (input.Vendor is null || model.Vendor is null || input.Vendor == model.Vendor);

    /// <summary>
    /// Features that keep the hypervisor from running the model count as missing, unless the CPU has them beyond the model. What a guest
    /// must name as disabled anyway counts as well.
    /// </summary>
    Candidate Describe(X86Model model, FeatureSet features, HypervisorModel? offered, CpuRole role)
    {
        FeatureSet extra = features - model.Features;
        FeatureSet missing = map.Meaningful(model.Features, features) - features;
        foreach (string name in offered?.Blockers ?? [])
            if (map.FindFeature(name) is { } blocker && !extra.Has(blocker.Index))
                missing = missing.With(blocker.Index);
        int disabled = role == CpuRole.Host ? missing.Count : (missing | (model.Removed - features)).Count;
        return new Candidate(model, extra, missing, disabled);
    }

    /// <summary>
    /// A model made for exactly this CPU beats others; then the lighter list of differences wins. Among the models of CPUs whose common
    /// denominator is sought the least capable is right however much it leaves to be added, so that there the lesser penalty suffices.
    /// </summary>
    static bool IsBetter(Candidate candidate, Candidate current, X86Signature? signature, DecodeWish wish)
    {
        bool fits = candidate.Model.Matches(signature);
        if (fits != current.Model.Matches(signature))
            return fits;
        if (candidate.Penalty < current.Penalty && (candidate.Weight == current.Weight || wish.Inputs?.Contains(candidate.Model.Name) == true))
            return true;
        return candidate.Weight < current.Weight;
    }

    /// <summary>Transactional memory is broken in Haswell: hardware that still reports it must not be believed.</summary>
    FeatureSet BrokenOn(DecodeInput input)
    {
        bool broken = input is { Vendor.Name: "Intel", Signature: { Family: 6 } cpu }
            && (cpu.Model is 60 or 69 or 70 || (cpu.Model == 63 && cpu.Stepping < 4));
        return broken ? map.SetOf(["hle", "rtm"]) : map.None;
    }
}
