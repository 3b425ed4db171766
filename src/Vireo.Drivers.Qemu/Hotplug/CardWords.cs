using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug;

/// <summary>Kinds of network cards as documents and messages call them.</summary>
static class CardWords
{
    /// <summary>The word of a source.</summary>
    internal static string Of(InterfaceSource source) => source switch
    {
        InterfaceSource.OfUser => "user",
        InterfaceSource.OfEthernet => "ethernet",
        InterfaceSource.OfNetwork => "network",
        InterfaceSource.OfBridge => "bridge",
        InterfaceSource.OfDirect => "direct",
        InterfaceSource.OfVhostUser => "vhostuser",
        InterfaceSource.OfVdpa => "vdpa",
        InterfaceSource.OfServer => "server",
        InterfaceSource.OfClient => "client",
        InterfaceSource.OfMcast => "mcast",
        InterfaceSource.OfUdp => "udp",
        InterfaceSource.OfInternal => "internal",
        InterfaceSource.OfHostdev => "hostdev",
        _ => "null",
    };
}
