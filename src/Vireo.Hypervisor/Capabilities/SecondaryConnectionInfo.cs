using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Hypervisor.Capabilities;

/// <summary>What a connection to a driver of storage, secrets and the like alone says of itself.</summary>
/// <param name="type">The driver's name: "storage".</param>
/// <param name="uri">What it is opened by.</param>
/// <param name="features">The features it has.</param>
public sealed class SecondaryConnectionInfo(string type, string uri, params DriverFeature[] features) : IConnectionInfo
{
    const ulong LibraryVersion = 9_000_000;

    /// <inheritdoc/>
    public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new(type);

    // No hypervisor is behind it whose version there would be; libvirt's driver answers the same.
    /// <inheritdoc/>
    public ValueTask<ulong> GetVersionAsync(CancellationToken cancel) => throw VireoException.NoSupport("virConnectGetVersion", ErrorDomain.Domain);

    /// <inheritdoc/>
    public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(LibraryVersion);

    /// <inheritdoc/>
    public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => throw VireoException.NoSupport("virConnectGetHostname", ErrorDomain.Domain);

    /// <inheritdoc/>
    public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(uri);

    /// <inheritdoc/>
    public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);

    /// <inheritdoc/>
    public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => new(features.Contains(feature));
}
