using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Model.Network;

/// <summary>How packets leave the network.</summary>
[Element("forward")]
public sealed partial record NetworkForward
{
    /// <summary>The only device that packets leave by; in normal form the first of <see cref="Interfaces"/>.</summary>
    [Attr("dev", NonEmpty = true)] public string? Device { get; init; }

    /// <summary>Null: not written, which means NAT.</summary>
    [Attr("mode", NonEmpty = true, Bad = "unsupported|unknown forwarding type '{0}'", Since = "0.4.2")] public ForwardMode? Mode { get; init; }

    /// <summary>Whether devices are taken from the host and given back by libvirt.</summary>
    [Attr("managed", Bad = "ignore|", Since = "0.10.0")] public bool? Managed { get; init; }
    [Attr("name", In = "driver", NonEmpty = true, Bad = "unsupported|Unknown forward <driver name='{0}'/> in network {name}", Since = "1.0.5")] public ForwardDriver? Driver { get; init; }
    [Child(Once = "xml|Only one <nat> element is allowed in <forward> of network {name}", Since = "1.0.3")] public ForwardNat? Nat { get; init; }

    /// <summary>The card whose virtual functions are used; the first one counts.</summary>
    [Child("pf", Since = "0.10.0")] public ValueList<ForwardFunction> PhysicalFunctions { get; init; }
    [Child("interface", Since = "0.9.4")] public ValueList<ForwardInterface> Interfaces { get; init; }
    [Child("address", Since = "0.10.0")] public ValueList<ForwardAddress> Addresses { get; init; }
}

/// <summary>What becomes of packets to the outside.</summary>
[WireNames] public enum ForwardMode { Nat, Route, Open, Bridge, Private, Vepa, Passthrough, Hostdev }

/// <summary>What gives a device to a guest.</summary>
[WireNames] public enum ForwardDriver { Kvm, Vfio }

/// <summary>What NAT puts in place of guests' addresses.</summary>
[Element("nat", OmitEmpty = true)]
public sealed partial record ForwardNat
{
    [Attr("ipv6", Since = "6.5.0")] public bool? Ipv6 { get; init; }
    [Child(Once = "xml|Only one <address> element is allowed in <nat> in <forward> in network {name}", Since = "1.0.3")] public NatAddresses? Address { get; init; }
    [Child(Once = "xml|Only one <port> element is allowed in <nat> in <forward> in network {name}", Since = "1.0.3")] public NatPorts? Port { get; init; }
}

/// <summary>A range of IPv4 addresses, both ends included.</summary>
[Element("address")]
public sealed partial record NatAddresses
{
    [Attr("start", NonEmpty = true, Bad = "xml|Bad ipv4 start address '{0}' in <nat> in <forward> in network '{name}'",
        Missing = "xml|missing 'start' attribute in <address> element in <nat> in <forward> in network {name}")] public required Ipv4Address Start { get; init; }
    [Attr("end", NonEmpty = true, Bad = "xml|Bad ipv4 end address '{0}' in <nat> in <forward> in network '{name}'",
        Missing = "xml|missing 'end' attribute in <address> element in <nat> in <forward> in network {name}")] public required Ipv4Address End { get; init; }
}

/// <summary>A range of ports, both ends included.</summary>
[Element("port")]
public sealed partial record NatPorts
{
    [Attr("start", Decimal = true, Bad = "detail|Missing or invalid 'start' attribute in <port> in <nat> in <forward> in network {name}",
        Missing = "detail|Missing or invalid 'start' attribute in <port> in <nat> in <forward> in network {name}")] public required ushort Start { get; init; }
    [Attr("end", Decimal = true, Bad = "detail|Missing or invalid 'end' attribute in <port> in <nat> in <forward> in network {name}",
        Missing = "detail|Missing or invalid 'end' attribute in <port> in <nat> in <forward> in network {name}")] public required ushort End { get; init; }
}

/// <summary>A network card with virtual functions.</summary>
[Element("pf")]
public sealed partial record ForwardFunction
{
    [Attr("dev", NonEmpty = true, Missing = "xml|Missing required dev attribute in <pf> element of network '{name}'")] public required string Device { get; init; }
}

/// <summary>A device of the host.</summary>
[Element("interface")]
public sealed partial record ForwardInterface
{
    [Attr("dev", NonEmpty = true, Missing = "xml|Missing required dev attribute in <forward> <interface> element of network {name}")] public required string Device { get; init; }

    /// <summary>How many guests use it; only an active network has it.</summary>
    [Attr("connections", Live = true, Bad = "ignore|", Since = "0.9.10")] public ConnectionCount? Connections { get; init; }
}

/// <summary>A PCI device of the host.</summary>
[Element("address")]
public sealed partial record ForwardAddress
{
    [Attr("type", NonEmpty = true, Bad = "unsupported|unknown address type '{0}' in network {name}", Missing = "xml|missing address type in network {name}")]
    public required ForwardAddressType Type { get; init; }
    [Attr("domain", Hex = 4)] public uint? Domain { get; init; }
    [Attr("bus", Hex = 2)] public uint? Bus { get; init; }
    [Attr("slot", Hex = 2)] public uint? Slot { get; init; }
    [Attr("function", Hex = 1)] public uint? Function { get; init; }
    [Attr("connections", Live = true, Bad = "ignore|")] public ConnectionCount? Connections { get; init; }

    /// <summary>As the kernel writes it.</summary>
    public override string ToString() => $"{Domain ?? 0:x4}:{Bus ?? 0:x2}:{Slot ?? 0:x2}.{Function ?? 0:x}";
}

[WireNames] public enum ForwardAddressType { Pci }

/// <summary>How many guests use something; zero counts as not written.</summary>
public readonly record struct ConnectionCount(uint Value) : IXmlValue<ConnectionCount>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out ConnectionCount value)
    {
        bool fits = uint.TryParse(text, out uint number) && number > 0;
        value = new ConnectionCount(number);
        return fits;
    }

    /// <inheritdoc/>
    public string ToXml() => Value.ToString();
}
