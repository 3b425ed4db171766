using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Drivers.Storage.Capabilities;

/// <summary>What a connection to the storage driver alone says of itself.</summary>
sealed class ConnectionInfo(string uri) : IConnectionInfo
{
    const ulong LibraryVersion = 9_000_000;

    public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new("storage");

    // No hypervisor is behind it whose version there would be; libvirt's driver answers the same.
    public ValueTask<ulong> GetVersionAsync(CancellationToken cancel) => throw VireoException.NoSupport("virConnectGetVersion");

    public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(LibraryVersion);

    public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => throw VireoException.NoSupport("virConnectGetHostname");

    public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(uri);

    public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);

    public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => new(false);
}
