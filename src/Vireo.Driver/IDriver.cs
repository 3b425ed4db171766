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

/// <summary>Who opens a connection.</summary>
/// <param name="ReadOnly">May look, not change.</param>
/// <param name="UserId">The peer's user id, where known.</param>
/// <param name="GroupId">The peer's group id, where known.</param>
/// <param name="ProcessId">The peer's process, where known.</param>
/// <param name="UserName">The name it logged in by, where it did.</param>
public sealed record Caller(bool ReadOnly, uint? UserId = null, uint? GroupId = null, int? ProcessId = null, string? UserName = null)
{
    /// <summary>This process itself, with every right.</summary>
    public static Caller Self { get; } = new(ReadOnly: false);
}
