using Vireo.Driver;

namespace Vireo.Drivers.Test.Host;

/// <summary>What a connection to a host in memory says of itself.</summary>
sealed class ConnectionFacts(string uri) : IConnectionInfo
{
    /// <summary>The hypervisor's version never changed.</summary>
    const ulong HypervisorVersion = 2;

    const ulong LibraryVersion = 9_000_000;

    public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new("TEST");

    public ValueTask<ulong> GetVersionAsync(CancellationToken cancel) => new(HypervisorVersion);

    public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(LibraryVersion);

    public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => new(Environment.MachineName);

    public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(uri);

    public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);

    public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => feature switch
    {
        DriverFeature.NetworkUpdateHasCorrectOrder or DriverFeature.TypedParamString => new(true),
        DriverFeature.MigrationV1 or DriverFeature.MigrationV2 or DriverFeature.MigrationV3 or DriverFeature.MigrationP2p
            or DriverFeature.MigrationDirect or DriverFeature.MigrateChangeProtection or DriverFeature.XmlMigratable
            or DriverFeature.MigrationOffline or DriverFeature.MigrationParams => new(false),
        _ => new(false),
    };
}
