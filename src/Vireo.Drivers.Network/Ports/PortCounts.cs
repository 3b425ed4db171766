using Vireo.Core;
using Vireo.Drivers.Network.State;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Ports;

/// <summary>How many ports use what.</summary>
static class PortCounts
{
    public static int Of(NetworkState state, ForwardInterface device) =>
        state.Ports.Values.Count(port => port.Plug is NetworkPlug.OfDirect direct && direct.Device == device.Device);

    public static int Of(NetworkState state, ForwardAddress address) =>
        state.Ports.Values.Count(port => port.Plug is NetworkPlug.OfPci { Address: var taken } && (taken.Domain ?? 0, taken.Bus ?? 0, taken.Slot ?? 0, taken.Function ?? 0)
            == (address.Domain ?? 0, address.Bus ?? 0, address.Slot ?? 0, address.Function ?? 0));

    /// <summary>An active network as callers see it: with the counts, which libvirt tells of devices but not of PCI functions.</summary>
    public static NetworkDef Show(NetworkState state)
    {
        NetworkDef network = state.Shown;
        if (state.Ports.IsEmpty)
            return network;
        return network with
        {
            Connections = new ConnectionCount((uint)state.Ports.Count),
            Forward = network.Forward is not { } forward ? null : forward with { Interfaces = forward.Interfaces.Map(one => one with { Connections = Count(Of(state, one)) }) },
        };
    }

    static ConnectionCount? Count(int number) => number == 0 ? null : new ConnectionCount((uint)number);
}
