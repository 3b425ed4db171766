using Vireo.Cpu.Map;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu.X86;

/// <summary>Something in a guest's CPU that a peer of another release cannot take.</summary>
/// <param name="Name">The model or feature.</param>
/// <param name="Why">A sentence.</param>
public sealed record PeerProblem(string Name, string Why);

/// <summary>A guest's CPU as a peer of some release has to be told it.</summary>
/// <param name="Cpu">The definition.</param>
/// <param name="Dropped">Features that the peer does not know and the hypervisor there enables by itself.</param>
/// <param name="Problems">Why the peer will refuse it; empty if it will not.</param>
/// <param name="KnowsModel">The peer knows the model, by this or another name.</param>
public sealed record PeerCpu(CpuSpec Cpu, IReadOnlyList<string> Dropped, IReadOnlyList<PeerProblem> Problems, bool KnowsModel);

/// <summary>
/// Renders a running guest's CPU for a peer of another release. The peer believes of every feature that is not mentioned what its own map
/// says of the model, so whatever it would believe wrongly is mentioned, and so is what either map has taken out of the model.
/// </summary>
/// <param name="newest">The newest map: what features were added to models is known there.</param>
public sealed class PeerRendering(X86Cpus newest)
{
    /// <summary>The definition for a peer.</summary>
    /// <param name="contract">What the guest sees.</param>
    /// <param name="live">The guest's definition here, its features in the order in which they are written.</param>
    /// <param name="asked">What the hypervisor was asked for, if that is not <paramref name="live"/>: such features stay mentioned, whatever becomes of them.</param>
    /// <param name="peer">The peer's map.</param>
    public PeerCpu For(GuestContract contract, CpuSpec live, CpuSpec? asked, X86Cpus peer)
    {
        var problems = new List<PeerProblem>();
        X86Model? theirs = Find(peer.Map, contract.Model);
        if (theirs is null)
            problems.Add(new PeerProblem(contract.Model, $"CPU model {contract.Model} is not known to libvirt {peer.Map.Release}"));
        X86Model? known = newest.Map.FindModel(contract.Model);
        HashSet<string> sees = [.. contract.Features];
        var features = new FeatureList();
        var dropped = new List<string>();
        foreach (FeatureTerm term in live.Features)
            if (IsForgiven(term.Name, theirs, known, asked, peer.Map))
                dropped.Add(term.Name);
            else if (peer.Map.FindFeature(term.Name) is not null)
                features.Set(term.Name, Agreed(term.Policy, sees.Contains(term.Name)));
            else if (MustBeKept(term, known, asked) is { } why)
            {
                features.Set(term.Name, term.Policy);
                problems.Add(new PeerProblem(term.Name, $"{why} CPU feature {term.Name} is not known to libvirt {peer.Map.Release}"));
            }
            else
                dropped.Add(term.Name);
        if (theirs is not null)
            foreach (string name in peer.Map.NamesOf(MustBeSaid(theirs, known, contract, peer.Map)))
                features.SetIfAbsent(name, sees.Contains(name) ? CpuFeaturePolicy.Require : CpuFeaturePolicy.Disable);
        return new PeerCpu(live with { Model = theirs?.Name ?? contract.Model, Features = features.ToList() }, dropped, problems, theirs is not null);
    }

    /// <summary>What was asked for, for a peer: as it was, under the peer's name of the model, with everything stated that either map took out of the model.</summary>
    /// <param name="contract">What the guest sees.</param>
    /// <param name="asked">What was asked for, with nothing left to decide.</param>
    /// <param name="peer">The peer's map.</param>
    public CpuSpec WishFor(GuestContract contract, CpuSpec asked, X86Cpus peer)
    {
        string name = asked.Model ?? contract.Model;
        var features = new FeatureList(asked.Features);
        if (Find(peer.Map, name) is not { } theirs)
            return asked;
        FeatureSet sees = Set(peer.Map, contract.Features);
        FeatureSet removed = theirs.Removed | (newest.Map.FindModel(name) is { } known ? Set(peer.Map, newest.Map.NamesOf(known.Removed)) : peer.Map.None);
        foreach (int index in removed.Indices)
            features.SetIfAbsent(peer.Map.Features[index].Name, sees.Has(index) ? CpuFeaturePolicy.Require : CpuFeaturePolicy.Disable);
        return asked with { Model = theirs.Name, Features = features.ToList() };
    }

    /// <summary>
    /// Features of <paramref name="contract"/> that a guest of this definition would not see by the peer's map, and the other way round. What
    /// the peer forgives is left out.
    /// </summary>
    public static IReadOnlyList<string> Differences(GuestContract contract, CpuSpec cpu, X86Cpus peer)
    {
        FeatureSet forgiven = peer.Unmentioned(cpu);
        HashSet<string> theirs = [.. peer.Map.NamesOf(peer.Flatten(cpu) - forgiven)];
        HashSet<string> ours = [.. contract.Features.Where(f => peer.Map.FindFeature(f) is { } known && !forgiven.Has(known.Index))];
        theirs.SymmetricExceptWith(ours);
        return [.. theirs.Order(StringComparer.Ordinal)];
    }

    /// <summary>The peer's model of that name, or of the name that the hypervisor has for the same model.</summary>
    X86Model? Find(X86Map peer, string name) =>
        peer.FindModel(name)
        ?? (newest.Map.FindModel(name)?.SameAs is { } same ? peer.FindModel(same) : null)
        ?? (peer.Release < newest.Map.Release ? null : peer.Models.FirstOrDefault(m => m.SameAs == name));

    /// <summary>
    /// An added feature that nobody asked for is not said to a peer that does not know it or forgives its absence: the hypervisor there
    /// does without, and the peer would take it for a wish, which it then could not drop for a third one.
    /// </summary>
    bool IsForgiven(string name, X86Model? theirs, X86Model? known, CpuSpec? asked, X86Map peer)
    {
        if (asked?.PolicyOf(name) is not null || known is null || newest.Map.FindFeature(name) is not { } feature || !known.Added.Has(feature.Index))
            return false;
        return peer.FindFeature(name) is not { } there || theirs?.Added.Has(there.Index) == true;
    }

    /// <summary>
    /// Where the peer would err, and what was taken out of the model by either map. An added feature that the peer does not forgive is asked
    /// for there by the hypervisor, in vain if the host lacks it, so that it is said either way.
    /// </summary>
    FeatureSet MustBeSaid(X86Model theirs, X86Model? known, GuestContract contract, X86Map peer)
    {
        FeatureSet sees = Set(peer, contract.Features);
        FeatureSet marked = known is null ? peer.None : Set(peer, newest.Map.NamesOf(known.Removed | known.Added));
        FeatureSet said = ((theirs.Features - sees) | (sees - theirs.Features) | marked) - theirs.Added;
        return peer.Meaningful(said | theirs.Removed, sees);
    }

    static FeatureSet Set(X86Map map, IEnumerable<string> names) =>
        map.SetAt(names.Select(map.FindFeature).OfType<X86Feature>().Select(static f => f.Index));

    /// <summary>Why a feature that the peer does not know cannot be left out; null if it can: the hypervisor there does without being told.</summary>
    string? MustBeKept(FeatureTerm term, X86Model? known, CpuSpec? asked)
    {
        if (asked?.PolicyOf(term.Name) is not null)
            return "the definition asks for it:";
        if (term.Policy is CpuFeaturePolicy.Disable or CpuFeaturePolicy.Forbid || asked is not null)
            return null;        // the hypervisor enabled it, if it did, without being asked
        bool comesWithModel = known is not null && newest.Map.FindFeature(term.Name) is { } feature
            && (known.Added.Has(feature.Index) || known.Features.Has(feature.Index));
        return comesWithModel ? null : "the guest sees it:";
    }

    static CpuFeaturePolicy Agreed(CpuFeaturePolicy policy, bool sees) => (policy, sees) switch
    {
        (CpuFeaturePolicy.Force or CpuFeaturePolicy.Require, true) or (CpuFeaturePolicy.Disable or CpuFeaturePolicy.Forbid, false) => policy,
        (_, true) => CpuFeaturePolicy.Require,
        (_, false) => CpuFeaturePolicy.Disable,
    };
}
