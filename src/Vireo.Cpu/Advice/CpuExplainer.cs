using Vireo.Core.Errors;
using Vireo.Cpu.X86;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu.Advice;

/// <summary>Says of a guest's CPU everything at once that keeps it from a host.</summary>
/// <param name="x86">What models mean.</param>
/// <param name="newest">The newest map: it tells since when there is a name.</param>
public sealed class CpuExplainer(X86Cpus x86, X86Cpus newest)
{
    static readonly HashSet<string> fromMicrocode = new(StringComparer.Ordinal)
    {
        "spec-ctrl", "stibp", "ssbd", "md-clear", "arch-capabilities", "core-capability", "flush-l1d",
        "ibpb", "ibrs", "amd-stibp", "amd-ssbd", "virt-ssbd", "stibp-always-on",
    };

    static readonly HashSet<string> transactions = new(StringComparer.Ordinal) { "hle", "rtm" };

    /// <summary>Everything in the way; empty if the guest can run there.</summary>
    /// <param name="guest">The CPU that it asks for.</param>
    /// <param name="host">The host.</param>
    /// <param name="peer">The map of the host's libvirt, if that is another release's.</param>
    public IReadOnlyList<Obstacle> Explain(CpuSpec guest, HostView host, X86Cpus? peer = null)
    {
        var found = new List<Obstacle>();
        if (peer is not null)
            Names(guest, peer, $"libvirt {peer.Map.Release} on {host.Name}", found);
        Names(guest, x86, $"the CPU map of {x86.Map.Release}", found);
        if (host.Best is not { } best || found.Count > 0)
            return [.. found.DistinctBy(static o => o.Name)];
        Vendor(guest, best, found);
        if (!guest.FollowsHost)
            Model(guest, host, found);
        if (found.Count == 0)
            Features(guest, host, best, found);
        return found;
    }

    void Names(CpuSpec guest, X86Cpus by, string whose, List<Obstacle> found)
    {
        if (!guest.FollowsHost && guest.Model is { } model && by.Map.FindModel(model) is null)
            found.Add(new Obstacle(model, ObstacleCause.Map, $"no CPU model of {whose}", Since(newest.Map.FindModel(model) is not null, "choose another model")));
        foreach (FeatureTerm one in guest.Features)
            if (by.Map.FindFeature(one.Name) is null)
                found.Add(new Obstacle(one.Name, ObstacleCause.Map, $"no CPU feature of {whose}", Since(newest.Map.FindFeature(one.Name) is not null, "take it out of the definition")));
    }

    string Since(bool isKnown, string remedy) => isKnown ? $"{remedy}, or use a newer map: libvirt {newest.Map.Release} has it" : remedy;

    static void Vendor(CpuSpec guest, CpuSpec host, List<Obstacle> found)
    {
        if (guest.Vendor is { } wanted && host.Vendor is { } has && wanted != has)
            found.Add(new Obstacle(wanted, ObstacleCause.Policy, $"asked for as vendor, and the host's is {has}", "take <vendor> out of the definition, or choose a host of that vendor"));
    }

    void Model(CpuSpec guest, HostView host, List<Obstacle> found)
    {
        if (host.Models.Count == 0 || guest.Model is null || host.Models.Any(m => m.Name == guest.Model))
            return;
        if (guest.AllowsFallback && Nearest(guest, host) is not null)
            return;
        string remedy = Nearest(guest, host) is { } near ? $"use {near}, the nearest model that it knows, or allow a fallback" : "choose another model, or a newer QEMU";
        found.Add(new Obstacle(guest.Model, ObstacleCause.Qemu, "not known to QEMU there", remedy));
    }

    string? Nearest(CpuSpec guest, HostView host)
    {
        try
        {
            return x86.Translate(guest with { AllowsFallback = true }, host.Models).Model;
        }
        catch (VireoException)
        {
            return null;
        }
    }

    void Features(CpuSpec guest, HostView host, CpuSpec best, List<Obstacle> found)
    {
        CpuSpec definite = guest.FollowsHost || guest.Match == CpuMatch.Minimum ? x86.Update(guest, x86.CopyMigratable(host.Offers ?? best)) : guest;
        FeatureSet has = x86.Flatten(best);
        if (!QemuGuest.IsVouchedFor(definite, host.Models))
            foreach (string name in x86.Map.NamesOf(x86.Wanted(definite) - has))
                found.Add(Missing(name, definite, host));
        foreach (FeatureTerm one in definite.Features.Where(f => f.Policy == CpuFeaturePolicy.Forbid && has.Has(x86.Map.FindFeature(f.Name)!.Index)))
            found.Add(new Obstacle(one.Name, ObstacleCause.Policy, "forbidden, and the host has it", "change its policy from forbid to disable"));
        if (definite.Match == CpuMatch.Strict)
            foreach (string name in x86.Map.NamesOf(has - x86.Wanted(definite) - x86.Indifferent(definite)))
                found.Add(new Obstacle(name, ObstacleCause.Policy, "more than asked for, and the match is strict", "use match='exact'"));
    }

    Obstacle Missing(string name, CpuSpec guest, HostView host)
    {
        string remedy = guest.PolicyOf(name) is null ? "turn it off with policy='disable', or use a model without it" : "take it out of the definition";
        if (host.Physical is { } processor && host.Offers is not null && x86.Flatten(processor).Has(x86.Map.FindFeature(name)!.Index))
            return new Obstacle(name, ObstacleCause.Kernel, "in the processor, but kernel or QEMU do not offer it to guests", $"a newer kernel or QEMU there; else {remedy}");
        if (fromMicrocode.Contains(name) || x86.Map.FindFeature(name) is { Bit: { IsMsr: true, Index: 0x10a } })
            return new Obstacle(name, ObstacleCause.Microcode, "comes with the processor's microcode, and is not there", $"update microcode and kernel there; else {remedy}");
        if (transactions.Contains(name))
            return new Obstacle(name, ObstacleCause.Microcode, "turned off by microcode or by the kernel on many processors that once had it", $"boot the host with tsx=on if that is safe; else {remedy}");
        return host.Physical is not null
            ? new Obstacle(name, ObstacleCause.Processor, "not in the processor", remedy)
            : new Obstacle(name, ObstacleCause.Host, "not offered to guests there", $"{remedy}; the host's capabilities tell whether its processor has it");
    }
}
