using Vireo.Driver;
using Vireo.Hypervisor.Capabilities;

namespace Vireo.Drivers.Network.Capabilities;

/// <summary>One client's view of the driver.</summary>
sealed class NetworkConnection(NetworkKeeper keeper, string uri) : IDriverConnection
{
    /// <inheritdoc/>
    public string Uri => uri;

    /// <inheritdoc/>
    public CapabilitySet Capabilities { get; } = Parts(keeper).And<IConnectionInfo>(new SecondaryConnectionInfo("network", uri, DriverFeature.NetworkUpdateHasCorrectOrder));

    /// <summary>What does not depend on who asks.</summary>
    internal static CapabilitySet Parts(NetworkKeeper keeper)
    {
        var reads = new NetworkReads(keeper);
        var ports = new NetworkPorts(keeper);
        return CapabilitySet.Of<INetworkLookup>(reads)
            .And<INetworkListing>(reads)
            .And<INetworkInfo>(reads)
            .And<INetworkEvents>(reads)
            .And<INetworkLifecycle>(new NetworkChanges(keeper))
            .And<INetworkLeases>(new NetworkLeases(keeper))
            .And<INetworkPortListing>(ports)
            .And<INetworkPortLifecycle>(ports);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
