using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Network.Definition;
using Vireo.Drivers.Network.State;
using Vireo.Model.Network;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Network.Ports;

/// <summary>What a network gives to a card: its own settings where the card has none, and a place to plug it in.</summary>
static class PortPlanner
{
    /// <summary>The port in full.</summary>
    /// <param name="state">An active network, with the ports it has.</param>
    /// <param name="wish">What its owner wants; nothing is plugged in yet.</param>
    /// <exception cref="VireoException">The network does not give that, or has nothing left.</exception>
    public static NetworkPortDef Plan(NetworkState state, NetworkPortDef wish)
    {
        NetworkDef network = state.Live!;
        PortGroup? group = GroupOf(network, wish.Group);
        NetworkPortDef port = wish with
        {
            Bandwidth = wish.Bandwidth ?? group?.Bandwidth,
            Vlan = wish.Vlan ?? group?.Vlan ?? network.Vlan,
            VirtualPort = VirtualPortMerge.Of(wish.VirtualPort, network.VirtualPort, group?.VirtualPort)?.Completed(Uuid.NewRandom),
            TrustGuestRxFilters = wish.TrustGuestRxFilters ?? group?.TrustGuestRxFilters ?? network.TrustGuestRxFilters,
            Isolated = wish.Isolated ?? network.PortIsolated,
        };
        port = port with { Plug = PlugOf(state, network, port) };
        return Promise(state, port);
    }

    /// <summary>The group of a name, or the one for cards that name none.</summary>
    public static PortGroup? GroupOf(NetworkDef network, string? name)
    {
        foreach (PortGroup group in network.PortGroups)
            if (name is null ? group.Default is true : group.Name == name)
                return group;
        return null;
    }

    static NetworkPlug PlugOf(NetworkState state, NetworkDef network, NetworkPortDef port)
    {
        string name = network.Name;
        switch (network.Forward?.Mode)
        {
            case ForwardMode.Hostdev:
                return TakeFunction(state, network, port);
            case ForwardMode.Bridge when network.Bridge?.Name is { } bridge:
                Refuse(port.VirtualPort, static type => type is VirtualPortType.OpenVSwitch or VirtualPortType.Midonet, name, "a bridge device");
                return new NetworkPlug.OfBridge { Bridge = bridge, MacTableManager = network.Bridge.MacTableManager };
            case ForwardMode.Bridge or ForwardMode.Private or ForwardMode.Vepa or ForwardMode.Passthrough:
                return TakeDevice(state, network, port);
            default:
                Refuse(port.VirtualPort, static _ => false, name, "IP forwarding");
                return new NetworkPlug.OfNetwork { Bridge = network.Bridge!.Name!, MacTableManager = network.Bridge.MacTableManager };
        }
    }

    static NetworkPlug.OfDirect TakeDevice(NetworkState state, NetworkDef network, NetworkPortDef port)
    {
        ForwardMode mode = network.Forward!.Mode!.Value;
        Refuse(port.VirtualPort, type => type is VirtualPortType.Vepa && mode is ForwardMode.Vepa || type is VirtualPortType.VnLink
            && mode is ForwardMode.Private or ForwardMode.Passthrough, network.Name, "a macvtap device");
        if (network.Forward.Interfaces.IsEmpty)
            throw NetworkErrors.Internal($"network '{network.Name}' uses a direct mode, but has no forward dev and no interface pool");
        bool alone = mode is ForwardMode.Passthrough || mode is ForwardMode.Private && port.VirtualPort?.Type is VirtualPortType.VnLink;
        ForwardInterface? best = null;
        int fewest = int.MaxValue;
        foreach (ForwardInterface one in network.Forward.Interfaces)
        {
            int used = PortCounts.Of(state, one);
            if (used >= fewest || alone && used > 0)
                continue;
            (best, fewest) = (one, used);
        }
        return best is null ? throw NothingLeft(network.Name)
            : new NetworkPlug.OfDirect { Device = best.Device, Mode = Enum.Parse<PlugMode>(mode.ToString()) };
    }

    static NetworkPlug.OfPci TakeFunction(NetworkState state, NetworkDef network, NetworkPortDef port)
    {
        Refuse(port.VirtualPort, static type => type is VirtualPortType.VnLink, network.Name, "an SR-IOV Virtual Function via PCI passthrough");
        foreach (ForwardAddress address in network.Forward!.Addresses)
            if (PortCounts.Of(state, address) == 0)
                return new NetworkPlug.OfPci
                {
                    Managed = network.Forward.Managed,
                    Driver = network.Forward.Driver,
                    Address = new PlugAddress { Domain = address.Domain, Bus = address.Bus, Slot = address.Slot, Function = address.Function },
                };
        throw NothingLeft(network.Name);
    }

    static VireoException NothingLeft(string name) => NetworkErrors.Internal($"network '{name}' requires exclusive access to interfaces, but none are available");

    static void Refuse(VirtualPort? port, Func<VirtualPortType, bool> allowed, string network, string uses)
    {
        if (port?.Type is { } type && !allowed(type))
            throw NetworkErrors.Unsupported($"<virtualport type='{type.ToXml()}'> not supported for network '{network}' which uses {uses}");
    }

    /// <summary>A rate that is promised needs a network that limits its guests together, and has it left to give.</summary>
    public static NetworkPortDef Promise(NetworkState state, NetworkPortDef port)
    {
        if (port.Bandwidth?.Inbound is not { Floor: > 0 and { } floor } inbound)
            return port;
        NetworkDef network = state.Live!;
        if (network.Bandwidth?.Inbound is not { Average: { } average } shared || !Kinds.HasBridge(network))
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Network,
                $"Invalid use of 'floor' on interface with MAC address {port.Mac} - network '{network.Name}' has no inbound QoS set");
        ulong sum = PortClasses.Promised(state) + floor;
        string taken = $"Cannot plug '{port.Mac}' interface into '{network.Bridge?.Name}' because it would overcommit";
        if (shared.Peak is { } peak)
        {
            if (inbound.Peak > peak)
                throw NetworkErrors.Invalid($"Cannot set inbound peak greater than network's: {inbound.Peak} > {peak}");
            if (sum > peak)
                throw NetworkErrors.Invalid($"{taken} 'peak' on network '{network.Name}'");
        }
        else if (sum > average)
            throw NetworkErrors.Invalid($"{taken} 'average' on network '{network.Name}'");
        return port with { Bandwidth = port.Bandwidth with { ClassId = PortClasses.Next(state) } };
    }
}
