using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Network;

namespace Vireo.Driver.Contracts;

/// <summary>Networks by the calls that every client has, be they in this process or in a daemon of their own.</summary>
/// <param name="open">Opens a connection to networks.</param>
/// <param name="startsShipped">A guest finds the network that every host has, though its owner did not start it. No user's daemon could start it.</param>
public sealed class NetworkPortsByCalls(Func<CancellationToken, ValueTask<IDriverConnection>> open, bool startsShipped) : INetworkPorts
{
    /// <summary>The network that a guest finds without its owner having started it.</summary>
    const string Shipped = "default";

    /// <inheritdoc/>
    public async ValueTask<NetworkPortDef> PlugAsync(string network, NetworkPortDef wish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        await using IDriverConnection connection = await open(cancel).ConfigureAwait(false);
        NetworkRef found = await Get<INetworkLookup>(connection).LookupByNameAsync(network, cancel).ConfigureAwait(false);
        await NeedActiveAsync(connection, found, cancel).ConfigureAwait(false);
        NetworkPortRef port = await Get<INetworkPortLifecycle>(connection).CreatePortAsync(found, wish.ToXml(), NetworkPortCreateFlags.None, cancel).ConfigureAwait(false);
        return NetworkPortDef.Define(await Get<INetworkPortListing>(connection).GetPortXmlAsync(port, 0, cancel).ConfigureAwait(false));
    }

    async ValueTask NeedActiveAsync(IDriverConnection connection, NetworkRef network, CancellationToken cancel)
    {
        if (await Get<INetworkInfo>(connection).IsActiveAsync(network, cancel).ConfigureAwait(false))
            return;
        if (!startsShipped || network.Name != Shipped)
            throw VireoException.OperationInvalid(ErrorDomain.Network, $"network '{network.Name}' is not active");
        try
        {
            await Get<INetworkLifecycle>(connection).CreateAsync(network, cancel).ConfigureAwait(false);
        }
        catch (VireoException e) when (e.Code == ErrorCode.OperationInvalid)
        {
            // Another guest's start was first.
        }
    }

    /// <inheritdoc/>
    public async ValueTask UnplugAsync(string network, Uuid port, CancellationToken cancel)
    {
        try
        {
            await using IDriverConnection connection = await open(cancel).ConfigureAwait(false);
            NetworkRef found = await Get<INetworkLookup>(connection).LookupByNameAsync(network, cancel).ConfigureAwait(false);
            await Get<INetworkPortLifecycle>(connection).DeletePortAsync(new NetworkPortRef(found, port), 0, cancel).ConfigureAwait(false);
        }
        catch (VireoException e) when (e.Code is ErrorCode.NoNetwork or ErrorCode.NoNetworkPort or ErrorCode.OperationInvalid)
        {
            // Gone with its network, or taken out by an administrator.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Driver.DhcpLease>> LeasesAsync(string network, MacAddress mac, CancellationToken cancel)
    {
        await using IDriverConnection connection = await open(cancel).ConfigureAwait(false);
        NetworkRef found = await Get<INetworkLookup>(connection).LookupByNameAsync(network, cancel).ConfigureAwait(false);
        return await Get<INetworkLeases>(connection).GetDhcpLeasesAsync(found, mac.ToString(), 0, cancel).ConfigureAwait(false);
    }

    static T Get<T>(IDriverConnection connection) where T : class =>
        connection.Capabilities.Find<T>() ?? throw VireoException.NoSupport($"{connection.Uri}: {typeof(T).Name}", ErrorDomain.Network);
}
