using Vireo.Drivers.Network.Definition;
using Vireo.Host.Bus;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Firewall;

/// <summary>
/// The zone of firewalld that a network's bridge is in, where firewalld runs: what the network's definition says, else <c>libvirt</c> (<c>libvirt-routed</c> for routed networks where
/// there is one). firewalld with nftables drops what its zones do not let pass, whatever our own rules say.
/// </summary>
static class BridgeZone
{
    const string Usual = "libvirt", Routed = "libvirt-routed";

    /// <summary>Refuses a zone where nobody keeps zones.</summary>
    public static void Check(NetworkDef network)
    {
        if (network.Bridge?.Zone is { } zone && !Firewalld.IsRunning)
            throw NetworkErrors.Internal($"zone {zone} requested for network {network.Name} but firewalld is not active");
    }

    /// <summary>Puts the bridge into its zone, if it is not there.</summary>
    /// <exception cref="Core.Errors.VireoException">firewalld refuses; there is no such zone.</exception>
    public static void Set(NetworkKeeper keeper, NetworkDef network)
    {
        if (!Kinds.OwnsBridge(network) || network.Forward?.Mode is ForwardMode.Open || !Firewalld.IsRunning)
            return;
        string bridge = Start.BridgeDevice.NameOf(network);
        string? zone = network.Bridge?.Zone;
        if (zone is null)
        {
            IReadOnlyList<string> zones = Firewalld.Zones();
            zone = network.Forward?.Mode is ForwardMode.Route && zones.Contains(Routed) ? Routed : zones.Contains(Usual) ? Usual : null;
            if (zone is null)
                keeper.Log.Notice(network.Name, $"firewalld has no zone '{Usual}': its own rules for {bridge} may drop packets of guests");
        }
        if (zone is not null && Firewalld.ZoneOf(bridge) != zone)
            Firewalld.SetZone(bridge, zone);
    }

    /// <summary>Takes it out.</summary>
    public static void Clear(NetworkDef network)
    {
        if (Kinds.OwnsBridge(network) && network.Forward?.Mode is not ForwardMode.Open && Firewalld.IsRunning)
            Firewalld.Forget(Start.BridgeDevice.NameOf(network));
    }
}
