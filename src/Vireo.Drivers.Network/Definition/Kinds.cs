using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Definition;

/// <summary>What kinds of networks there are, as far as the host has work with them.</summary>
static class Kinds
{
    /// <summary>The network has a bridge of its own, which comes and goes with it.</summary>
    public static bool OwnsBridge(NetworkDef network) =>
        network.Forward is null or { Mode: null or ForwardMode.Nat or ForwardMode.Route or ForwardMode.Open };

    /// <summary>Guests get their cards on a bridge: the network's own, or one of the host's.</summary>
    public static bool HasBridge(NetworkDef network) => OwnsBridge(network) || network is { Forward.Mode: ForwardMode.Bridge, Bridge.Name: not null };

    /// <summary>The host forwards packets of this family for guests.</summary>
    public static bool Forwards(NetworkDef network, bool isIpv6) =>
        network.Forward is { Mode: null or ForwardMode.Nat or ForwardMode.Route or ForwardMode.Open } && network.Ips.Any(ip => ip.Address.IsIpv6 == isIpv6);
}
