using Vireo.Core;

namespace Vireo.Model.Interfaces;

/// <summary>Interfaces in normal form: as libvirt writes them back.</summary>
public static class InterfaceDefaults
{
    /// <summary>Drops what the type has no use for.</summary>
    public static InterfaceDef Fill(InterfaceDef card) => card with
    {
        Protocols = card.Protocols.Map(protocol => protocol with
        {
            AutoConf = protocol.AutoConf && protocol.Family == ProtocolFamily.Ipv6,
            Ips = protocol.Ips.Where(ip => ip.Address is not null).ToValueList(),
        }),
        Link = card.Type == InterfaceType.Bridge ? null : card.Link,
        Mac = card.Type == InterfaceType.Ethernet ? card.Mac : null,
        Bridge = card is { Type: InterfaceType.Bridge, Bridge: { } bridge } ? bridge with { Interfaces = bridge.Interfaces.Map(Part) } : null,
        Bond = card is { Type: InterfaceType.Bond, Bond: { } bond } ? bond with { Arp = bond.Mii is null ? bond.Arp : null, Interfaces = bond.Interfaces.Map(Part) } : null,
        Vlan = card.Type == InterfaceType.Vlan ? card.Vlan : null,
    };

    static InterfaceDef Part(InterfaceDef card) => Fill(card with { Start = null, Mtu = null, Protocols = default });
}
