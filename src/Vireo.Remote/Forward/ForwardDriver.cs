using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote.Forward;

/// <summary>
/// Hands connections on to the daemon that has the driver of their URI: all of virtproxyd, and in every other daemon for one driver what it does
/// with a URI of another. It stands last in a <see cref="DriverSet"/>.
/// </summary>
/// <param name="forwarder">Reaches the daemons.</param>
/// <param name="probes">A client without a URI gets the first driver whose daemon is there.</param>
public sealed class ForwardDriver(Forwarder forwarder, bool probes) : IDriver
{
    /// <inheritdoc/>
    public string Type => "remote";

    /// <inheritdoc/>
    public async ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        // Other hosts and transports are the client's business.
        if (uri is { Host: not null } or { Transport: not null })
            return null;
        string? driver = uri?.Driver ?? (probes ? forwarder.Probe() : null);
        if (driver is null || forwarder.DaemonOf(driver) is not { } daemon)
            return null;
        string name = uri?.ToString() ?? $"{driver}:///{forwarder.Mode}";
        RemoteClient primary = await forwarder.OpenAsync(daemon, name, caller, cancel).ConfigureAwait(false);
        return new ForwardedConnection(primary, Families.IsHypervisor(driver) ? forwarder : null, caller);
    }
}

/// <summary>
/// A hypervisor's driver whose networks, storage and so on are in daemons of their own: what its connections do not offer is handed on to them.
/// </summary>
public sealed class SplitDriver(IDriver hypervisor, Forwarder forwarder) : IDriver
{
    /// <inheritdoc/>
    public string Type => hypervisor.Type;

    /// <inheritdoc/>
    public async ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) =>
        await hypervisor.OpenAsync(uri, caller, cancel).ConfigureAwait(false) is { } opened ? new ForwardedConnection(opened, forwarder, caller) : null;
}
