using Vireo.Driver;

namespace Vireo.Remote;

/// <summary>A connection to a daemon, which says what it can do beyond its capabilities.</summary>
public interface IDaemonFeatures
{
    /// <summary>Asks for a feature; older daemons that do not know the question do not have it.</summary>
    ValueTask<bool> HasAsync(DriverFeature feature, CancellationToken cancel);
}
