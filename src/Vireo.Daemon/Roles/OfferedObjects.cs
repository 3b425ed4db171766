using Vireo.Driver;

namespace Vireo.Daemon.Roles;

/// <summary>What the drivers of networks, storage and so on offer to connections of hypervisors in the same process. They are made before hypervisors are.</summary>
sealed class OfferedObjects
{
    /// <summary>All that was offered.</summary>
    internal CapabilitySet Parts { get; private set; } = CapabilitySet.Empty;

    /// <summary>Offers something more.</summary>
    internal void Add(CapabilitySet parts) => Parts = Parts.AndAlso(parts);
}
