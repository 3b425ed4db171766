using Vireo.Driver;

namespace Vireo.Drivers.Qemu.Capabilities;

sealed class ConnectionInfo(QemuConnection connection) : IConnectionInfo
{
    const ulong LibraryVersion = 9_000_000;

    public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new("QEMU");

    public ValueTask<ulong> GetVersionAsync(CancellationToken cancel) => connection.Keeper.Node.Default is { } facts
        ? new((ulong)facts.Version)
        : new(Task.Run(async () => (ulong)(await connection.Keeper.Node.DefaultAsync(cancel).ConfigureAwait(false)).Version, cancel));

    public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(LibraryVersion);

    public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => new(connection.Keeper.Node.HostnameAsync());

    public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(connection.Uri);

    public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);

    public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => new(feature is
        DriverFeature.TypedParamString or DriverFeature.XmlMigratable or DriverFeature.FdPassing or DriverFeature.NetworkUpdateHasCorrectOrder
        or DriverFeature.MigrationV3 or DriverFeature.MigrateChangeProtection or DriverFeature.MigrationOffline or DriverFeature.MigrationParams
        || (feature is DriverFeature.MigrationP2p && connection.Keeper.Options.Peers is not null));
}
