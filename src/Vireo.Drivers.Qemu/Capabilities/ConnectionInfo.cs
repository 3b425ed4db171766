using System.Net;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Probe;

namespace Vireo.Drivers.Qemu.Capabilities;

sealed class ConnectionInfo(QemuConnection connection) : IConnectionInfo
{
    const ulong LibraryVersion = 9_000_000;

    public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new("QEMU");

    public async ValueTask<ulong> GetVersionAsync(CancellationToken cancel)
    {
        string binary = QemuBinaries.DefaultFor("x86_64") ?? throw Machine.QemuErrors.Unsupported("Cannot find suitable emulator for x86_64");
        var facts = connection.Keeper.Binaries.Find(binary) ?? await connection.Keeper.Binaries.GetAsync(binary, cancel).ConfigureAwait(false);
        return (ulong)facts.Version;
    }

    public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(LibraryVersion);

    public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => new(Dns.GetHostName());

    public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(connection.Uri);

    public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);

    public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => new(feature is
        DriverFeature.TypedParamString or DriverFeature.XmlMigratable or DriverFeature.FdPassing or DriverFeature.NetworkUpdateHasCorrectOrder);
}
