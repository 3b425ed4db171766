using Vireo.Driver;
using Vireo.Driver.Contracts;

namespace Vireo.Daemon.Roles;

/// <summary>What the drivers of networks, storage and so on offer to connections of hypervisors in the same process. They are made before hypervisors are.</summary>
sealed class OfferedObjects
{
    /// <summary>All that was offered.</summary>
    internal CapabilitySet Parts { get; private set; } = CapabilitySet.Empty;

    /// <summary>Where volumes are; null: no driver of this process knows.</summary>
    internal IStorageSources? Storage { get; set; }

    /// <summary>Values of secrets; null: no driver of this process has them.</summary>
    internal ISecretValues? Secrets { get; set; }

    /// <summary>The networks of this process; null: they are in a daemon of their own.</summary>
    internal INetworkPorts? Networks { get; set; }

    /// <summary>The network filters of this process; null: they are in a daemon of their own.</summary>
    internal INetworkFilters? Filters { get; set; }

    /// <summary>Offers something more.</summary>
    internal void Add(CapabilitySet parts) => Parts = Parts.AndAlso(parts);
}
