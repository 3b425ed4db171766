using Vireo.Core.Errors;
using Vireo.Drivers.Network.NameService;
using Vireo.Model.Network;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Network.Definition;

/// <summary>What this driver cannot do, though documents may say it.</summary>
static class DefinitionRules
{
    /// <summary>Refuses it.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.ConfigUnsupported"/>.</exception>
    public static void Check(NetworkDef network)
    {
        if (!Kinds.OwnsBridge(network))
            CheckForeign(network, network.Forward!.Mode!.Value);
        CheckServices(network, isIpv6: false);
        CheckServices(network, isIpv6: true);
        CheckGroups(network);
        if (network.Vlan is not null && !TakesTags(network, network.VirtualPort)
            || network.PortGroups.Any(group => group.Vlan is not null && !TakesTags(network, group.VirtualPort ?? network.VirtualPort)))
            throw NoTags(network);
        if (network.Forward is { Mode: ForwardMode.Hostdev } pool)
            CheckPool(network, pool);
    }

    static void CheckForeign(NetworkDef network, ForwardMode mode)
    {
        string? element = network.Mac is not null ? "<mac>"
            : !network.Ips.IsEmpty ? "<ip>"
            : network.Dns is { } dns && dns != new NetworkDns() ? "<dns>"
            : network.Domain is not null ? "<domain>"
            : network.Bandwidth is not null && network.Bridge?.Name is null ? "network-wide <bandwidth>"
            : null;
        if (element is not null)
            throw Unsupported($"Unsupported {element} element in network {network.Name} with forward mode='{mode.ToXml()}'");
    }

    static void CheckServices(NetworkDef network, bool isIpv6)
    {
        string family = isIpv6 ? "IPv6" : "IPv4";
        if (network.Ips.Count(ip => ip.Address.IsIpv6 == isIpv6 && DnsmasqFiles.IsServed(ip)) > 1)
            throw Unsupported($"Multiple {family} dhcp sections found -- dhcp is supported only for a single {family} address on each network");
    }

    static void CheckGroups(NetworkDef network)
    {
        string? theDefault = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (PortGroup group in network.PortGroups)
        {
            if (group.Default is true)
            {
                if (theDefault is not null)
                    throw Unsupported($"network '{network.Name}' has multiple default <portgroup> elements ({theDefault} and {group.Name}), but only one default is allowed");
                theDefault = group.Name;
            }
            if (group.Bandwidth is not null && !Kinds.HasBridge(network))
                throw Unsupported($"Unsupported <bandwidth> element in network '{network.Name}' in portgroup '{group.Name}' with forward mode='{network.Forward!.Mode!.Value.ToXml()}'");
            if (!names.Add(group.Name))
                throw Unsupported($"multiple <portgroup> elements with the same name ({group.Name}) in network '{network.Name}'");
        }
    }

    static bool TakesTags(NetworkDef network, VirtualPort? port) => network.Forward?.Mode switch
    {
        ForwardMode.Hostdev or ForwardMode.Passthrough => true,
        ForwardMode.Bridge => port?.Type is VirtualPortType.OpenVSwitch,
        _ => false,
    };

    static void CheckPool(NetworkDef network, NetworkForward pool)
    {
        if (!pool.Interfaces.IsEmpty)
            throw Unsupported($"hostdev network '{network.Name}' lists '{pool.Interfaces[0].Device}' in the device pool, but hostdev networks require all devices to be listed by PCI address, not network device name");
        foreach (ForwardAddress address in pool.Addresses)
            if (!Path.Exists($"/sys/bus/pci/devices/{address}/physfn"))
                throw Unsupported($"device '/sys/bus/pci/devices/{address}' in network '{network.Name}' is not an SR-IOV Virtual Function");
    }

    static VireoException NoTags(NetworkDef network) =>
        Unsupported($"<vlan> element specified for network {network.Name}, whose type doesn't support vlan configuration");

    static VireoException Unsupported(string text) => NetworkErrors.Unsupported(text);
}
