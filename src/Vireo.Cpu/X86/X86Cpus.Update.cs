using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu.X86;

/// <summary>How strictly a running guest's CPU is compared with its definition.</summary>
public enum LiveCheck
{
    /// <summary>The definition is corrected to what the guest has.</summary>
    Adopt,

    /// <summary>Any difference is an error.</summary>
    Full,
}

public sealed partial class X86Cpus
{
    /// <inheritdoc/>
    public override CpuSpec Update(CpuSpec guest, CpuSpec? host)
    {
        if (guest.FollowsHost)
            return Update(WithoutAdded(OnTopOf(host, guest), guest) with { Vendor = host?.Vendor }, host);
        if (guest.Match == CpuMatch.Minimum)
            return Update(WithoutAdded(OnTopOf(host, guest), guest), host);
        var features = new FeatureList(guest.Features);
        if (guest.Features.Any(f => f.Policy == CpuFeaturePolicy.Optional))
        {
            FeatureSet has = Flatten(host ?? throw CpuErrors.UnknownHost());
            foreach (FeatureTerm one in guest.Features)
                if (one.Policy == CpuFeaturePolicy.Optional)
                    features.Set(one.Name, has.Has(map.Require(one.Name).Index) ? CpuFeaturePolicy.Require : CpuFeaturePolicy.Disable);
        }
        DisableRemoved(guest.Model, features);
        return guest with { Features = features.ToList() };
    }

    /// <summary>
    /// Corrects a definition by what the hypervisor gave: features it enabled beyond the definition become required, features it could
    /// not provide become disabled.
    /// </summary>
    /// <param name="cpu">The definition that the guest was started with.</param>
    /// <param name="enabled">Features that the guest sees.</param>
    /// <param name="disabled">Features that were asked for and are not there.</param>
    /// <param name="check">What a difference means.</param>
    public CpuSpec UpdateLive(CpuSpec cpu, FeatureSet enabled, FeatureSet disabled, LiveCheck check)
    {
        FeatureSet expected = Flatten(cpu);
        FeatureSet listedOff = Listed(cpu, CpuFeaturePolicy.Disable);
        FeatureSet added = enabled - expected;
        FeatureSet lost = (expected - enabled) | (disabled - listedOff);
        FeatureSet forgiven = Unmentioned(cpu);
        if (check == LiveCheck.Full)
            RequireNone(added - forgiven, lost - forgiven);
        var features = new FeatureList(cpu.Features);
        foreach (int index in (added | lost).Indices)
            features.Set(map.Features[index].Name, lost.Has(index) ? CpuFeaturePolicy.Disable : CpuFeaturePolicy.Require);
        foreach (string name in map.NamesOf(map.Meaningful(forgiven, enabled) - enabled))
            features.SetIfAbsent(name, CpuFeaturePolicy.Disable);
        DisableRemoved(cpu.Model, features);
        return cpu with { Features = features.ToList() };
    }

    /// <summary>Features that were added to the model and that the definition does not mention: who wrote it may not have known them.</summary>
    internal FeatureSet Unmentioned(CpuSpec cpu)
    {
        FeatureSet set = cpu.Model is not null && map.FindModel(cpu.Model) is { } model ? model.Added : map.None;
        foreach (FeatureTerm one in cpu.Features)
            if (map.FindFeature(one.Name) is { } feature)
                set = set.Without(feature.Index);
        return set;
    }

    /// <summary>
    /// Without features that the hypervisor enables with the model by itself and that nobody asked for: a definition that named them would be a wish, which every
    /// later host has to be told.
    /// </summary>
    CpuSpec WithoutAdded(CpuSpec cpu, CpuSpec asked)
    {
        if (cpu.Model is null || map.FindModel(cpu.Model) is not { Added.IsEmpty: false } model)
            return cpu;
        HashSet<string> added = [.. map.NamesOf(model.Added)];
        return cpu with { Features = [.. cpu.Features.Where(f => !added.Contains(f.Name) || asked.PolicyOf(f.Name) is not null)] };
    }

    /// <summary>The host's CPU as a guest's; what the guest says of a feature counts.</summary>
    static CpuSpec OnTopOf(CpuSpec? host, CpuSpec guest)
    {
        CpuSpec source = host ?? throw CpuErrors.UnknownHost();
        var features = new FeatureList(source.Role == CpuRole.Guest
            ? source.Features
            : [.. source.Features.Select(f => new FeatureTerm(f.Name))]);
        foreach (FeatureTerm one in guest.Features)
            features.Set(one.Name, one.Policy);
        return guest with { FollowsHost = false, Match = CpuMatch.Exact, Model = source.Model, Features = features.ToList() };
    }

    void DisableRemoved(string? model, FeatureList features)
    {
        if (model is not null && map.FindModel(model) is { } known)
            foreach (string name in map.NamesOf(known.Removed))
                features.SetIfAbsent(name, CpuFeaturePolicy.Disable);
    }

    void RequireNone(FeatureSet added, FeatureSet lost)
    {
        string extra = $"extra features: {string.Join(',', map.NamesOf(added))}";
        string missing = $"missing features: {string.Join(',', map.NamesOf(lost))}";
        switch (added.IsEmpty, lost.IsEmpty)
        {
            case (false, true): throw CpuErrors.NotAsSpecified(extra);
            case (true, false): throw CpuErrors.NotAsSpecified(missing);
            case (false, false): throw CpuErrors.NotAsSpecified($"{extra}, {missing}");
            default: break;
        }
    }
}
