namespace Vireo.Driver;

/// <summary>A driver: opens connections for the URIs that it knows.</summary>
public interface IDriver
{
    /// <summary>What GET_TYPE says, such as "QEMU".</summary>
    string Type { get; }

    /// <summary>
    /// Opens a connection. Null: this URI is for another driver. Throws when it is for this driver and wrong or out of reach.
    /// A URI of null asks the driver whether it should be the default.
    /// </summary>
    ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel);
}

/// <summary>One client's open driver. Disposing of it drops its event registrations.</summary>
public interface IDriverConnection : IAsyncDisposable
{
    /// <summary>The URI that it was opened by, in its canonical form.</summary>
    string Uri { get; }

    /// <summary>What it can do.</summary>
    CapabilitySet Capabilities { get; }
}
