using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Shell.NetDoctor;

using Interface = Vireo.Model.Domain.Devices.Interface;

/// <summary>Follows the way of a guest's packets as far as the bridge or the device that its card is on.</summary>
static class CardDoctor
{
    /// <summary>What is on a card's way.</summary>
    /// <param name="card">The card, of a guest that runs.</param>
    /// <param name="links">The host's devices.</param>
    public static IReadOnlyList<Finding> Look(Interface card, LinkTable links)
    {
        string mac = card.Mac?.Address.ToString() ?? "without address";
        var found = new List<Finding>();
        if (card.Link is LinkState.Down)
            found.Add(Finding.Bad("card", $"the cable of card {mac} is pulled (<link state='down'/>)", $"vireo domif-setlink GUEST {mac} up"));
        (string? bridge, string? lower) = card.Source switch
        {
            InterfaceSource.OfNetwork network => (network.Bridge, null),
            InterfaceSource.OfBridge plain => (plain.Bridge, null),
            InterfaceSource.OfDirect direct => (null, direct.Device),
            _ => ((string?)null, (string?)null),
        };
        if (bridge is null && lower is null)
        {
            found.Add(Finding.Fine("card", $"{mac} is on no device of the host"));
            return found;
        }
        string name = card.Target?.Device ?? "";
        if (links.Find(name) is not { } tap)
            found.Add(Finding.Bad("card", $"the guest's device {name} ({mac}) is gone", "detach the card and attach it again, or restart the guest"));
        else if (!tap.IsUp)
            found.Add(Finding.Bad("card", $"{name} ({mac}) is down", $"ip link set {name} up"));
        else if (bridge is not null && card.VirtualPort is null && tap.Master != bridge)
            found.Add(Finding.Bad("card", $"{name} ({mac}) is {(tap.Master is { } other ? $"on {other}" : "on no bridge")}, not on {bridge}", $"ip link set {name} master {bridge}"));
        else
            found.Add(Finding.Fine("card", $"{name} ({mac}) is on {bridge ?? lower}"));
        if (card.PortIsolated is true)
            found.Add(Finding.Fine("card", "the card is isolated: it reaches the host, and no other isolated card"));
        if (card.Filter is { } filter)
            found.Add(Finding.Fine("card", $"network filter {filter.Filter} looks at its packets: vireo nwfilter-dumpxml {filter.Filter}"));
        if (lower is not null)
            found.Add(links.Find(lower) is { IsUp: true } ? Finding.Fine("device", $"{lower} is up; by macvtap the guest does not reach this host itself")
                : Finding.Bad("device", $"{lower} is not there or down", $"ip link set {lower} up"));
        return found;
    }

    /// <summary>The address that a network lent to a card; null: none.</summary>
    public static async Task<IpAddress?> AddressAsync(IDriverConnection connection, NetworkRef network, Interface card)
    {
        if (connection.Capabilities.Find<INetworkLeases>() is not { } leases || card.Mac is not { } mac)
            return null;
        try
        {
            DhcpLease[] lent = await leases.GetDhcpLeasesAsync(network, mac.Address.ToString(), 0, default);
            return lent is [.., var last] && IpAddress.TryParse(last.Address, out IpAddress address) ? address : null;
        }
        catch (VireoException)
        {
            return null;
        }
    }

    /// <summary>The networks and cards of a guest.</summary>
    public static IEnumerable<(string? Network, Interface Card)> CardsOf(DomainDef live) => live.Devices.Interfaces.ToList().Select(static card => (card.Source switch
    {
        InterfaceSource.OfNetwork one => one.Network,
        InterfaceSource.OfBridge one => one.Network,
        InterfaceSource.OfDirect one => one.Network,
        _ => null,
    }, card));
}
