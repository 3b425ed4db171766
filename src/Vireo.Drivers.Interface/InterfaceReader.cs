using System.Globalization;
using Vireo.Core;
using Vireo.Model.Interfaces;

namespace Vireo.Drivers.Interface;

/// <summary>Makes documents of the host's network devices, with what libvirt's udev driver tells of each.</summary>
sealed class InterfaceReader(HostCards cards)
{
    const int Deepest = 8;

    /// <summary>A device's document.</summary>
    public InterfaceDef Read(string name) => Part(name, 0) with { Mtu = uint.TryParse(cards.Text(name, "mtu"), CultureInfo.InvariantCulture, out uint mtu) ? mtu : null };

    // Who is part of whom cannot run in a circle, but it may change while it is read.
    InterfaceDef Part(string name, int depth) => cards.Kind(name) switch
    {
        "bridge" => Of(name, InterfaceType.Bridge) with { Bridge = Bridge(name, depth) },
        "bond" => Of(name, InterfaceType.Bond) with { Link = Link(name), Bond = Bond(name, depth) },
        "vlan" when Vlan(name) is { } vlan => Of(name, InterfaceType.Vlan) with { Link = Link(name), Vlan = vlan },
        _ => Of(name, InterfaceType.Ethernet) with { Link = Link(name), Mac = cards.Mac(name) },
    };

    static InterfaceDef Of(string name, InterfaceType type) => new() { Name = name, Type = type };

    InterfaceLink? Link(string name)
    {
        InterfaceLinkState? state = cards.State(name) switch
        {
            "unknown" => InterfaceLinkState.Unknown,
            "notpresent" => InterfaceLinkState.NotPresent,
            "down" => InterfaceLinkState.Down,
            "lowerlayerdown" => InterfaceLinkState.LowerLayerDown,
            "testing" => InterfaceLinkState.Testing,
            "dormant" => InterfaceLinkState.Dormant,
            "up" => InterfaceLinkState.Up,
            _ => null,
        };
        // -1 is a speed that nobody knows, which libvirt tells as the largest there is.
        uint? speed = state is InterfaceLinkState.Up && long.TryParse(cards.Text(name, "speed"), CultureInfo.InvariantCulture, out long told) && told != 0 ? (uint)told : null;
        return new InterfaceLink { State = state, Speed = speed };
    }

    BridgeDef Bridge(string name, int depth) => new()
    {
        Stp = cards.Text(name, "bridge/stp_state") is not (null or "0"),
        Delay = cards.Text(name, "bridge/forward_delay"),
        Interfaces = Parts(cards.In(name, "brif").Where(static port => !IsGuests(port)), depth),
    };

    static bool IsGuests(string port) => port.StartsWith("vnet", StringComparison.Ordinal) && port.Length > 4 && char.IsAsciiDigit(port[4]);

    ValueList<InterfaceDef> Parts(IEnumerable<string> names, int depth) => depth == Deepest ? [] : [.. names.Where(cards.Exists).Select(name => Part(name, depth + 1))];

    BondDef Bond(string name, int depth)
    {
        int Number(string file) => int.TryParse(cards.Text(name, "bonding/" + file), CultureInfo.InvariantCulture, out int number) ? number : 0;
        string Word(string file) => cards.Text(name, "bonding/" + file)?.Split(' ')[0] ?? "";
        int frequency = Number("miimon"), interval = Number("arp_interval");
        return new BondDef
        {
            Mode = Word("mode") switch
            {
                "balance-rr" => BondMode.BalanceRoundRobin,
                "active-backup" => BondMode.ActiveBackup,
                "balance-xor" => BondMode.BalanceXor,
                "broadcast" => BondMode.Broadcast,
                "802.3ad" => BondMode.LinkAggregation,
                "balance-tlb" => BondMode.BalanceTransmit,
                "balance-alb" => BondMode.BalanceAdaptive,
                _ => null,
            },
            Mii = frequency == 0 ? null : new MiiMonitor
            {
                Frequency = frequency,
                DownDelay = Number("downdelay") is not 0 and var down ? down : null,
                UpDelay = Number("updelay") is not 0 and var up ? up : null,
                Carrier = Word("use_carrier") is "0" ? MiiCarrier.Ioctl : MiiCarrier.Netif,
            },
            Arp = interval == 0 || frequency != 0 ? null : new ArpMonitor
            {
                Interval = interval,
                Target = cards.Text(name, "bonding/arp_ip_target") ?? "",
                Validate = Word("arp_validate") switch { "active" => ArpValidate.Active, "backup" => ArpValidate.Backup, "all" => ArpValidate.All, _ => null },
            },
            Interfaces = Parts((cards.Text(name, "bonding/slaves") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), depth),
        };
    }

    // "eth0.5  VID: 5  REORDER_HDR: 1 ..." and, in a line of its own, "Device: eth0".
    VlanDef? Vlan(string name)
    {
        string[] words = (cards.Tree.Text("/proc/net/vlan/" + name) ?? "").Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        string? After(string word) => Array.IndexOf(words, word) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;
        return After("VID:") is { } tag && After("Device:") is { } device ? new VlanDef { Tag = tag, Interface = device } : null;
    }
}
