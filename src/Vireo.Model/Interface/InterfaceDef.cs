using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Rules;

namespace Vireo.Model.Interfaces;

/// <summary>A network card, bridge, bond or VLAN of the host: the <c>&lt;interface&gt;</c> document. Parts of a bridge or bond are described alike.</summary>
[Element("interface", Block = true)]
public sealed partial record InterfaceDef
{
    [Attr("type")] public required InterfaceType Type { get; init; }
    [Attr("name", Missing = "xml|interface has no name")] public required string Name { get; init; }
    [Attr("mode", In = "start", NonEmpty = true, Bad = "xml|unknown interface startmode {0}")] public StartMode? Start { get; init; }

    /// <summary>Largest packet in bytes.</summary>
    [Attr("size", In = "mtu", Decimal = true, ZeroIsNone = true)] public uint? Mtu { get; init; }
    [Child("protocol")] public ValueList<InterfaceProtocol> Protocols { get; init; }

    /// <summary>What the driver sees; not for bridges.</summary>
    [Child] public InterfaceLink? Link { get; init; }

    /// <summary>The card's address as it was written; only of Ethernet cards.</summary>
    [Attr("address", In = "mac")] public string? Mac { get; init; }
    [Child] public BridgeDef? Bridge { get; init; }
    [Child] public BondDef? Bond { get; init; }
    [Child] public VlanDef? Vlan { get; init; }

    /// <summary>Reads a document as it was written.</summary>
    public static InterfaceDef Parse(string xml, XmlPositions? positions = null) =>
        XmlInput.Document(xml, "interface", new XmlInputOptions("interface_definition", Positions: positions, From: ErrorDomain.Interface), ReadXml);

    /// <summary>Reads, checks and completes a document.</summary>
    public static InterfaceDef Define(string xml)
    {
        var positions = new XmlPositions();
        InterfaceDef card = Parse(xml, positions);
        HostInterfaceRules.Check(card).ThrowFirst(positions);
        return InterfaceDefaults.Fill(card);
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

[WireNames] public enum InterfaceType { Ethernet, Bridge, Bond, Vlan }

/// <summary>When it is started.</summary>
[WireNames] public enum StartMode { OnBoot, None, Hotplug }

/// <summary>Speed in Mbit/s and state.</summary>
[Element("link", OmitEmpty = true)]
public sealed partial record InterfaceLink
{
    [Attr("speed", Decimal = true, ZeroIsNone = true)] public uint? Speed { get; init; }
    [Attr("state")] public InterfaceLinkState? State { get; init; }
}

[WireNames] public enum InterfaceLinkState { Unknown, NotPresent, Down, LowerLayerDown, Testing, Dormant, Up }

/// <summary>Addresses of one family.</summary>
[Element("protocol", Block = true)]
public sealed partial record InterfaceProtocol
{
    [Attr("family", NonEmpty = true, Bad = "xml|unsupported protocol family '{0}'", Missing = "xml|protocol misses the family attribute")] public required ProtocolFamily Family { get; init; }

    /// <summary>IPv6 only.</summary>
    [Flag("autoconf")] public bool AutoConf { get; init; }
    [Child("dhcp")] public InterfaceDhcp? Dhcp { get; init; }
    [Child("ip")] public ValueList<InterfaceAddress> Ips { get; init; }
    [Attr("gateway", In = "route", NonEmpty = true)] public string? Gateway { get; init; }
}

[WireNames] public enum ProtocolFamily { Ipv4, Ipv6 }

/// <summary>Addresses from a DHCP server.</summary>
[Element("dhcp")]
public sealed partial record InterfaceDhcp
{
    /// <summary>Whether its name servers are used.</summary>
    [Attr("peerdns")] public bool? PeerDns { get; init; }
}

/// <summary>An address as it was written.</summary>
[Element("ip")]
public sealed partial record InterfaceAddress
{
    [Attr("address", NonEmpty = true)] public string? Address { get; init; }
    [Attr("prefix", Decimal = true, ZeroIsNone = true)] public int? Prefix { get; init; }
}
