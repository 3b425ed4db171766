using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu;

/// <summary>Whose CPU it is: what a host has is a fact, what a guest gets is a wish.</summary>
public enum CpuRole
{
    /// <summary>A physical CPU: the features of its model and those listed, all present.</summary>
    Host,

    /// <summary>A guest's CPU: features carry policies.</summary>
    Guest,
}

/// <summary>
/// A CPU as a model with a list of differences: the part of every <c>&lt;cpu&gt;</c> that the operations of this library read and make.
/// Everything else in the element (topology, caches, NUMA) stays with its owner.
/// </summary>
public sealed record CpuSpec
{
    /// <summary>Host or guest.</summary>
    public required CpuRole Role { get; init; }

    /// <summary>libvirt's name of the architecture; null if it is not stated.</summary>
    public string? Architecture { get; init; }

    /// <summary>Name of the model; null for "whatever is there".</summary>
    public string? Model { get; init; }

    /// <summary>Name of the vendor, if it matters.</summary>
    public string? Vendor { get; init; }

    /// <summary>Only read for guests.</summary>
    public CpuMatch Match { get; init; } = CpuMatch.Exact;

    /// <summary>A guest that takes the host's model (mode <c>host-model</c>); <see cref="Model"/> is then no model of the map.</summary>
    public bool FollowsHost { get; init; }

    /// <summary>May the model be replaced by a near one that the hypervisor knows?</summary>
    public bool AllowsFallback { get; init; } = true;

    /// <summary>Differences from the model, in the order in which they are written.</summary>
    public IReadOnlyList<FeatureTerm> Features { get; init; } = [];

    /// <summary>What the list says about one feature; null if it is not mentioned.</summary>
    public CpuFeaturePolicy? PolicyOf(string feature)
    {
        foreach (FeatureTerm one in Features)
            if (one.Name == feature)
                return one.Policy;
        return null;
    }
}
