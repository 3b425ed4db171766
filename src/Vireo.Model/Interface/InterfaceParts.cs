using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Interfaces;

/// <summary>A bridge.</summary>
[Element("bridge", Block = true)]
public sealed partial record BridgeDef
{
    [Attr("stp", OnOff = true, Bad = "ignore|")] public bool? Stp { get; init; }

    /// <summary>Seconds before a new port forwards packets, as written.</summary>
    [Attr("delay")] public string? Delay { get; init; }

    /// <summary>Cards, bonds and VLANs on it.</summary>
    [Child("interface")] public ValueList<InterfaceDef> Interfaces { get; init; }
}

/// <summary>Several cards as one.</summary>
[Element("bond", Block = true)]
public sealed partial record BondDef
{
    [Attr("mode", NonEmpty = true, Bad = "xml|unknown bonding mode {0}")] public BondMode? Mode { get; init; }

    /// <summary>How a dead card is noticed: by the driver, or by ARP; of the two the first counts.</summary>
    [Child] public MiiMonitor? Mii { get; init; }
    [Child] public ArpMonitor? Arp { get; init; }
    [Child("interface")] public ValueList<InterfaceDef> Interfaces { get; init; }
}

[WireNames]
public enum BondMode
{
    [Wire("balance-rr")] BalanceRoundRobin, [Wire("active-backup")] ActiveBackup, [Wire("balance-xor")] BalanceXor, Broadcast,
    [Wire("802.3ad")] LinkAggregation, [Wire("balance-tlb")] BalanceTransmit, [Wire("balance-alb")] BalanceAdaptive,
}

/// <summary>Asks the cards' drivers; times in milliseconds.</summary>
[Element("miimon")]
public sealed partial record MiiMonitor
{
    [Attr("freq", Decimal = true, Bad = "xml|bond interface miimon freq missing or invalid", Missing = "xml|bond interface miimon freq missing or invalid")] public required int Frequency { get; init; }
    [Attr("downdelay", Decimal = true, ZeroIsNone = true, Bad = "xml|bond interface miimon downdelay invalid")] public int? DownDelay { get; init; }
    [Attr("updelay", Decimal = true, ZeroIsNone = true, Bad = "xml|bond interface miimon updelay invalid")] public int? UpDelay { get; init; }
    [Attr("carrier", NonEmpty = true, Bad = "xml|unknown mii bonding carrier {0}")] public MiiCarrier? Carrier { get; init; }
}

[WireNames] public enum MiiCarrier { Ioctl, Netif }

/// <summary>Asks another host; the interval in milliseconds.</summary>
[Element("arpmon")]
public sealed partial record ArpMonitor
{
    [Attr("interval", Decimal = true, Bad = "xml|bond interface arpmon interval missing or invalid", Missing = "xml|bond interface arpmon interval missing or invalid")] public required int Interval { get; init; }
    [Attr("target", NonEmpty = true, Missing = "xml|bond interface arpmon target missing")] public required string Target { get; init; }
    [Attr("validate", NonEmpty = true, Bad = "xml|unknown arp bonding validate {0}")] public ArpValidate? Validate { get; init; }
}

[WireNames] public enum ArpValidate { Active, Backup, All }

/// <summary>A VLAN on a card.</summary>
[Element("vlan")]
public sealed partial record VlanDef
{
    /// <summary>The tag as it was written.</summary>
    [Attr("tag", NonEmpty = true, Missing = "xml|vlan interface misses the tag attribute")] public required string Tag { get; init; }
    [Attr("name", In = "interface", NonEmpty = true, Missing = "xml|vlan interface misses name attribute")] public required string Interface { get; init; }
}
