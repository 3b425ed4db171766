namespace Vireo.Shell.NetDoctor.Filter;

/// <summary>What became of a packet.</summary>
/// <param name="Dropped">Where it was lost; null: it passes.</param>
/// <param name="May">Where it may be lost, depending on what is not known here.</param>
/// <param name="IsTranslated">It left with another address.</param>
sealed record PacketFate(FilterPlace? Dropped, IReadOnlyList<FilterPlace> May, bool IsTranslated);

/// <summary>A rule, or the end of a chain, that decides on a packet.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Rule">The rule; null: the chain's policy.</param>
sealed record FilterPlace(FilterChain Chain, FilterRule? Rule)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Chain.Table} {Chain.Name}, {(Rule is null ? "whose policy is to drop" : $"rule '{Rule.Text}'")}";
}

/// <summary>Takes a packet through the chains of a host, as the kernel does.</summary>
sealed class PacketWalk(IReadOnlyList<FilterChain> chains)
{
    const int Deepest = 32;     // the kernel allows 16 jumps

    /// <summary>What becomes of a packet at its hook. An accepted one has yet to pass chains of other tables.</summary>
    public PacketFate Walk(Packet packet)
    {
        var may = new List<FilterPlace>();
        bool translated = false;
        foreach (FilterChain chain in chains.Where(one => one.Hook == packet.Hook && Sees(one, packet)).OrderBy(static one => one.Priority))
        {
            (Deed deed, FilterPlace place) = Run(chain, packet, may, 0) ?? (chain.Policy, new FilterPlace(chain, null));
            if (deed is Deed.Drop)
                return new PacketFate(place, may, translated);
            if (deed is Deed.Ask)
                may.Add(place);
            translated |= deed is Deed.Translate;
        }
        return new PacketFate(null, may, translated);
    }

    static bool Sees(FilterChain chain, Packet packet) => (chain.IsIpv6 is not { } six || six == packet.IsIpv6) && !(chain.IsForNew && packet.IsAnswer);

    // Null: no rule decided.
    (Deed Deed, FilterPlace Place)? Run(FilterChain chain, Packet packet, List<FilterPlace> may, int depth)
    {
        if (depth > Deepest)
            return null;
        foreach (FilterRule rule in chain.Rules)
        {
            (Fits fits, Verdict then) = rule.Judge(packet);
            if (fits is Fits.No || then.Deed is Deed.Nothing)
                continue;
            var here = new FilterPlace(chain, rule);
            if (then.Deed is Deed.Return)
            {
                if (fits is Fits.Yes)
                    return null;
                continue;
            }
            (Deed Deed, FilterPlace Place)? end = then.Deed is not (Deed.Jump or Deed.Goto) ? (then.Deed, here)
                : Find(chain, then.Chain) is { } next ? Run(next, packet, fits is Fits.Yes ? may : [], depth + 1) : null;
            if (fits is Fits.Maybe)
            {
                if (end is { Deed: Deed.Drop or Deed.Ask })
                    may.Add(end.Value.Place);
                continue;
            }
            if (end is not null || then.Deed is Deed.Goto)
                return end;
        }
        return null;
    }

    FilterChain? Find(FilterChain from, string? name) =>
        chains.FirstOrDefault(one => one.Table == from.Table && one.Name == name && one.IsIpv6 == from.IsIpv6);
}
