using Vireo.Driver;

namespace Vireo.Remote;

sealed partial class RemoteConnectionInfo
{
    public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) =>
        client.Session.SupportsFeatureAsync(feature, cancel);
}
