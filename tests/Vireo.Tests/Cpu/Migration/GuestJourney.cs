using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;

namespace Vireo.Tests.Cpu.Migration;

/// <summary>A guest's way through define, start, save, restore, migration to a peer of another release, and back.</summary>
sealed class GuestJourney(X86Cpus here, RecordedHost host)
{
    static readonly X86Cpus newest = RecordedHosts.Newest, anybody = X86Cpus.Shared;
    readonly ModelHypervisor qemu = new(host);
    readonly PeerRendering rendering = new(newest);

    /// <summary>What went wrong on the way; null if nothing did, or if the peer was known beforehand not to take the guest.</summary>
    public string? Fault(CpuSpec asked, CpuSpec? hostModel, IReadOnlyList<X86Cpus> peers)
    {
        CpuSpec prepared = here.Update(asked, hostModel);
        (CpuSpec live, HashSet<string> sees) = Start(here, prepared, LiveCheck.Adopt);
        if (Unsaid(live, here.Map, live.Model!) is { } unsaid)
            return $"live XML does not state {unsaid}";
        foreach (FeatureTerm one in asked.Features)
            if (live.PolicyOf(one.Name) is null)
                return $"live XML forgets {one.Name}, which was asked for";
        var contract = new GuestContract(live.Model!, [.. sees.Order(StringComparer.Ordinal)]);
        foreach (X86Cpus words in new[] { here, anybody.Map.Release > here.Map.Release ? here : anybody })
            if (Restore(live, prepared, contract, sees, words) is { } lost)
                return $"restored from the words of {words.Map.Release}: {lost}";
        foreach (X86Cpus peer in peers)
            if (Migrate(live, prepared, contract, sees, peer) is { } fault)
                return $"{asked.Model} to {peer.Map.Release}: {fault}";
        return null;
    }

    /// <summary>Images and snapshots are in the words of this daemon's map, or of 9.0.0's so that others read them too; one that 9.0.0 cannot read stays in ours.</summary>
    string? Restore(CpuSpec live, CpuSpec asked, GuestContract contract, HashSet<string> sees, X86Cpus words)
    {
        PeerCpu saved = rendering.For(contract, live, asked, words);
        if (saved.Problems.Count > 0 && words == here)
            return saved.Problems[0].Why;
        return Same(here, here.Update(saved.KnowsModel ? saved.Cpu : live, null), sees)
            ?? (Unsaid(saved.Cpu, here.Map, saved.Cpu.Model!) is { } unsaid ? $"{unsaid} is not stated" : null);
    }

    string? Migrate(CpuSpec live, CpuSpec asked, GuestContract contract, HashSet<string> sees, X86Cpus peer)
    {
        CpuSpec wish = rendering.WishFor(contract, asked, peer);
        if (peer.Map.FindModel(wish.Model!) is not null && Unsaid(wish, peer.Map, wish.Model!) is { } unmentioned)
            return $"what was asked for does not state {unmentioned}";

        PeerCpu sent = rendering.For(contract, live, asked, peer);
        if (sent.Problems.Count > 0)
            return sent.Problems.All(p => peer.Map.FindModel(p.Name) is null && peer.Map.FindFeature(p.Name) is null) ? null : "a problem that is none";
        if (Unsaid(sent.Cpu, peer.Map, sent.Cpu.Model!) is { } unsaid)
            return $"migratable XML does not state {unsaid}";
        if (PeerRendering.Differences(contract, sent.Cpu, peer) is { Count: > 0 } wrong)
            return $"the peer takes {wrong[0]} otherwise";
        foreach (FeatureTerm one in asked.Features)
            if (sent.Cpu.PolicyOf(one.Name) is null)
                return $"migratable XML forgets {one.Name}, which was asked for";
        if (Same(peer, peer.Update(sent.Cpu, null), sees) is { } there)
            return there;
        return Back(sent.Cpu, peer) is { } returned && Same(here, here.Update(returned, null), sees) is { } back ? $"and back: {back}" : null;
    }

    /// <summary>
    /// What the peer sends back: since 10.2.0 without added features that nobody asked for, before that its live XML. From 9.10.0 to 10.1.x
    /// that names vmx features, which no older release takes: a defect of those releases, so that nothing comes back to older ones; null.
    /// </summary>
    CpuSpec? Back(CpuSpec sent, X86Cpus peer)
    {
        (CpuSpec theirs, HashSet<string> sees) = Start(peer, peer.Update(sent, null), LiveCheck.Adopt);
        if (peer.Map.Release >= new MapRelease(10, 2, 0))
            return rendering.For(new GuestContract(theirs.Model!, [.. sees]), theirs, sent, here).Cpu;
        return theirs.Features.Any(f => here.Map.FindFeature(f.Name) is null) ? null : theirs;
    }

    /// <summary>Starts it by a map with every difference an error, and looks at what the guest sees then.</summary>
    string? Same(X86Cpus by, CpuSpec cpu, HashSet<string> sees)
    {
        try
        {
            (_, HashSet<string> now) = Start(by, cpu, LiveCheck.Full);
            now.SymmetricExceptWith(sees);
            return now.Count == 0 ? null : $"the guest sees {string.Join(", ", now)} otherwise";
        }
        catch (VireoException refused)
        {
            return refused.Message;
        }
    }

    (CpuSpec Live, HashSet<string> Sees) Start(X86Cpus by, CpuSpec cpu, LiveCheck check)
    {
        (HashSet<string> sees, HashSet<string> filtered) = qemu.Start(cpu);
        return (by.UpdateLive(cpu, Set(by.Map, sees), Set(by.Map, filtered), check), sees);
    }

    static FeatureSet Set(X86Map map, HashSet<string> names) => map.SetOf(names.Where(n => map.FindFeature(n) is not null));

    /// <summary>A feature that was removed from the model and is not mentioned; null if there is none.</summary>
    static string? Unsaid(CpuSpec cpu, X86Map map, string model) =>
        map.FindModel(model) is { } known ? map.NamesOf(known.Removed).FirstOrDefault(f => cpu.PolicyOf(f) is null) : null;
}
