using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu.X86;

/// <summary>What is decoded: the features, and what else is known of the CPU.</summary>
readonly record struct DecodeInput(FeatureSet Features, X86Vendor? Vendor, X86Signature? Signature);

/// <summary>How it is decoded.</summary>
readonly record struct DecodeWish(CpuRole Role, IReadOnlyList<HypervisorModel>? Models, string? Preferred, bool Migratable, bool AllowsFallback)
{
    /// <summary>Choose only from these models, and the one that has the fewest features too many.</summary>
    public IReadOnlySet<string>? Only { get; init; }
}

/// <summary>Finds the model that describes a set of features with the fewest differences.</summary>
sealed class X86Decoder(X86Map map)
{
    /// <summary>One model as a description: what must be added, what must be taken away.</summary>
    readonly record struct Candidate(X86Model Model, FeatureSet Extra, FeatureSet Missing)
    {
        // A feature that a model has and the CPU has not weighs as much as two and a half that it lacks: software trusts a model's name,
        // and is better off with an older model and additions than with a newer one and holes.
        public int Weight => 2 * Extra.Count + 5 * Missing.Count;
    }

    public CpuSpec Decode(DecodeInput input, DecodeWish wish)
    {
        input = input with { Features = input.Features - BrokenOn(input) };
        return Write(Best(input, wish) ?? throw CpuErrors.NoModelFits(), input, wish);
    }

    /// <summary>
    /// The common denominator of CPUs of <paramref name="models"/>: the best of all models if it fits without taking features away, else
    /// the best of theirs.
    /// </summary>
    public CpuSpec DecodeCommon(DecodeInput input, DecodeWish wish, IReadOnlySet<string> models)
    {
        Candidate? best = Best(input, wish);
        if (best is not { Missing.IsEmpty: true })
            best = Best(input, wish with { Only = models }) ?? best;
        return Write(best ?? throw CpuErrors.NoModelFits(), input, wish);
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
            foreach (string name in map.NamesOf(best.Model.Removed))
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
            if (!Usable(model, input, wish, preferred) || wish.Only?.Contains(model.Name) == false)
                continue;
            Candidate candidate = Describe(model, input.Features, offered);
            if (wish.Role == CpuRole.Host && !candidate.Missing.IsEmpty)
                continue;
            if (preferred)
                return candidate;
            if (best is not { } current || IsBetter(candidate, current, input.Signature, wish))
                best = candidate;
        }
        return best;
    }

    static bool Usable(X86Model model, DecodeInput input, DecodeWish wish, bool preferred)
    {
        bool decodes = wish.Role == CpuRole.Host ? model.DecodesHost : model.DecodesGuest;
        return (decodes || preferred) && (input.Vendor is null || model.Vendor is null || input.Vendor == model.Vendor);
    }

    /// <summary>Features that keep the hypervisor from running the model count as missing, unless the CPU has them beyond the model.</summary>
    Candidate Describe(X86Model model, FeatureSet features, HypervisorModel? offered)
    {
        FeatureSet extra = features - model.Features;
        FeatureSet missing = model.Features - features;
        foreach (string name in offered?.Blockers ?? [])
            if (map.FindFeature(name) is { } blocker && !extra.Has(blocker.Index))
                missing = missing.With(blocker.Index);
        return new Candidate(model, extra, missing);
    }

    /// <summary>A model made for exactly this CPU beats others; then the lighter list of differences wins.</summary>
    static bool IsBetter(Candidate candidate, Candidate current, X86Signature? signature, DecodeWish wish)
    {
        bool fits = candidate.Model.Matches(signature);
        if (fits != current.Model.Matches(signature))
            return fits;
        if (wish.Only is not null && candidate.Missing.Count != current.Missing.Count)
            return candidate.Missing.Count < current.Missing.Count;
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
