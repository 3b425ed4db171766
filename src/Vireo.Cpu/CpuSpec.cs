namespace Vireo.Cpu;

/// <summary>Whose CPU it is: what a host has is a fact, what a guest gets is a wish.</summary>
public enum CpuRole
{
    /// <summary>A physical CPU: the features of its model and those listed, all present.</summary>
    Host,

    /// <summary>A guest's CPU: features carry policies.</summary>
    Guest,
}

/// <summary>How near a guest's CPU must be to what was asked for.</summary>
public enum MatchRule
{
    /// <summary>The features asked for, and as many of the host's as possible.</summary>
    Minimum,

    /// <summary>Exactly the features asked for.</summary>
    Exact,

    /// <summary>Exactly those, and only on a host that has no others.</summary>
    Strict,
}

/// <summary>
/// A CPU as a model with a list of differences: the part of every <c>&lt;cpu&gt;</c> that the operations of this library read and make.
/// Everything else in the element (topology, caches, NUMA) stays with its owner.
/// </summary>
public sealed record CpuSpec
{
    /// <summary>Host or guest.</summary>
    public required CpuRole Role { get; init; }

    /// <summary>Name of the model; null for "whatever is there".</summary>
    public string? Model { get; init; }

    /// <summary>Name of the vendor, if it matters.</summary>
    public string? Vendor { get; init; }

    /// <summary>Only read for guests.</summary>
    public MatchRule Match { get; init; } = MatchRule.Exact;

    /// <summary>A guest that takes the host's model (mode <c>host-model</c>); <see cref="Model"/> is then no model of the map.</summary>
    public bool FollowsHost { get; init; }

    /// <summary>May the model be replaced by a near one that the hypervisor knows?</summary>
    public bool AllowsFallback { get; init; } = true;

    /// <summary>Differences from the model, in the order in which they are written.</summary>
    public IReadOnlyList<CpuFeature> Features { get; init; } = [];

    /// <summary>What the list says about one feature; null if it is not mentioned.</summary>
    public FeaturePolicy? PolicyOf(string feature)
    {
        foreach (CpuFeature one in Features)
            if (one.Name == feature)
                return one.Policy;
        return null;
    }
}
