using Vireo.Core;
using Vireo.Driver;

namespace Vireo;

/// <summary>A virtual network.</summary>
public sealed class Network
{
    readonly Connection connection;

    internal Network(Connection connection, NetworkRef reference) => (this.connection, Ref) = (connection, reference);

    /// <summary>What names it in the driver's capabilities.</summary>
    public NetworkRef Ref { get; }

    /// <summary>Its name.</summary>
    public string Name => Ref.Name;

    /// <summary>Its uuid.</summary>
    public Uuid Uuid => Ref.Uuid;

    /// <summary>Its document.</summary>
    public async Task<string> GetXmlAsync(NetworkXmlFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<INetworkInfo>().GetXmlAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Whether it is active.</summary>
    public async Task<bool> IsActiveAsync(CancellationToken cancel = default) =>
        await connection.Require<INetworkInfo>().IsActiveAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Whether it is kept when it stops.</summary>
    public async Task<bool> IsPersistentAsync(CancellationToken cancel = default) =>
        await connection.Require<INetworkInfo>().IsPersistentAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Whether it starts with the daemon.</summary>
    public async Task<bool> GetAutostartAsync(CancellationToken cancel = default) =>
        await connection.Require<INetworkInfo>().GetAutostartAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Whether it shall start with the daemon.</summary>
    public async Task SetAutostartAsync(bool autostart, CancellationToken cancel = default) =>
        await connection.Require<INetworkLifecycle>().SetAutostartAsync(Ref, autostart, cancel).ConfigureAwait(false);

    /// <summary>Its bridge.</summary>
    public async Task<string> GetBridgeNameAsync(CancellationToken cancel = default) =>
        await connection.Require<INetworkInfo>().GetBridgeNameAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Starts it.</summary>
    public async Task StartAsync(CancellationToken cancel = default) =>
        await connection.Require<INetworkLifecycle>().CreateAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Stops it.</summary>
    public async Task DestroyAsync(CancellationToken cancel = default) =>
        await connection.Require<INetworkLifecycle>().DestroyAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Forgets it.</summary>
    public async Task UndefineAsync(CancellationToken cancel = default) =>
        await connection.Require<INetworkLifecycle>().UndefineAsync(Ref, cancel).ConfigureAwait(false);
}
