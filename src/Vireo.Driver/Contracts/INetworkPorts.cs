using Vireo.Core;
using Vireo.Model.Network;

namespace Vireo.Driver.Contracts;

/// <summary>What drivers of machines ask of networks: a place for a card, and what the network lent to it.</summary>
public interface INetworkPorts
{
    /// <summary>Plugs a card in. The network must be active; <c>default</c> is started if it is not.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="wish">The card: its owner, its hardware address, what its definition says; nothing is plugged in yet.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The port with what the network gave.</returns>
    /// <exception cref="Core.Errors.VireoException">There is no such network, it is not active, or it does not give that.</exception>
    ValueTask<NetworkPortDef> PlugAsync(string network, NetworkPortDef wish, CancellationToken cancel);

    /// <summary>Takes a card out; a port or a network that is gone is fine.</summary>
    ValueTask UnplugAsync(string network, Uuid port, CancellationToken cancel);

    /// <summary>What a network lent to a card.</summary>
    /// <exception cref="Core.Errors.VireoException">There is no such network.</exception>
    ValueTask<IReadOnlyList<Driver.DhcpLease>> LeasesAsync(string network, MacAddress mac, CancellationToken cancel);
}
