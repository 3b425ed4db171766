using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Drivers.Network.Capabilities;

/// <summary>One client's view of the driver.</summary>
sealed class NetworkConnection(NetworkKeeper keeper, string uri) : IDriverConnection
{
    /// <inheritdoc/>
    public string Uri => uri;

    /// <inheritdoc/>
    public CapabilitySet Capabilities { get; } = Parts(keeper).And<IConnectionInfo>(new NetworkConnectionInfo(uri));

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

/// <summary>What a connection to networks says of itself. There is no hypervisor behind it, so it has no version.</summary>
sealed class NetworkConnectionInfo(string uri) : IConnectionInfo
{
    const ulong LibraryVersion = 9_000_000;

    public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new("network");

    public ValueTask<ulong> GetVersionAsync(CancellationToken cancel) => throw VireoException.NoSupport("virConnectGetVersion");

    public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(LibraryVersion);

    public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => throw VireoException.NoSupport("virConnectGetHostname");

    public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(uri);

    public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);

    public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => new(feature is DriverFeature.NetworkUpdateHasCorrectOrder);
}
