using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Network;

namespace Vireo.Model.Rules;

/// <summary>What must hold of every network, whatever driver runs it.</summary>
public sealed class NetworkRules : IRules<NetworkDef, NetworkDef>
{
    /// <summary>Runs every rule.</summary>
    public static Findings Check(NetworkDef network)
    {
        var found = new Findings(ErrorDomain.Network);
        Check(network, network, found);
        return found;
    }

    /// <inheritdoc/>
    public static void Check(NetworkDef element, NetworkDef document, Findings found)
    {
        if (element.Name.Contains('/', StringComparison.Ordinal))
            found.Add(element, ErrorCode.XmlDetail, "invalid char in name: /", ErrorDomain.Xml);
        SharedRules.Check(element.Bandwidth, forPort: false, found);
        SharedRules.Check(element.Vlan, found);
        if (element.Mac is { IsMulticast: true } mac)
            found.Wrong(element, $"Invalid multicast bridge mac address '{mac}' in network '{element.Name}'");
        if (element.Dns is { } dns)
            NetworkDnsRules.Check(dns, element, found);
        SharedRules.Check(element.VirtualPort, needsType: true, found);
        foreach (PortGroup group in element.PortGroups)
            Check(group, found);
        foreach (NetworkIp ip in element.Ips)
            NetworkIpRules.Check(ip, element, found);
        foreach (NetworkRoute route in element.Routes)
            NetworkRouteRules.Check(route, element, found);
        if (element.Forward is { } forward)
            NetworkForwardRules.Check(forward, element, found);
        if (!NetworkDefaults.OwnsBridge(element.Forward))
            CheckForeignBridge(element, element.Forward!.Mode!.Value, found);
    }

    /// <summary>A port group; updates of networks bring them alone.</summary>
    internal static void Check(PortGroup group, Findings found)
    {
        SharedRules.Check(group.VirtualPort, needsType: false, found);
        SharedRules.Check(group.Bandwidth, forPort: false, found);
        SharedRules.Check(group.Vlan, found);
    }

    static void CheckForeignBridge(NetworkDef network, ForwardMode mode, Findings found)
    {
        string where = $"(network '{network.Name}')", word = mode.ToXml();
        if (network.Bridge is { } bridge)
        {
            if (mode != ForwardMode.Bridge && bridge.Name is not null)
                found.Wrong(bridge, $"bridge name not allowed in {word} mode {where}");
            if (mode != ForwardMode.Bridge && bridge.MacTableManager is not null)
                found.Wrong(bridge, $"bridge macTableManager setting not allowed in {word} mode {where}");
            if (bridge.Stp is not null || bridge.Delay > 0 || bridge.Zone is not null)
                found.Wrong(bridge, $"bridge delay/stp/zone options only allowed in route, nat, and isolated mode, not in {word} {where}");
            if (bridge.Name is not null && network.Forward is not { Interfaces.IsEmpty: true, Device: null })
                found.Wrong(bridge, $"A network with forward mode='{word}' can specify a bridge name or a forward dev, but not both {where}");
        }
        if (network.Mtu is not null)
            found.Wrong(network, $"mtu size only allowed in open, route, nat, and isolated mode, not in {word} {where}");
    }
}

/// <summary>Ways out of a network.</summary>
public sealed class NetworkForwardRules : IRules<NetworkForward, NetworkDef>
{
    /// <inheritdoc/>
    public static void Check(NetworkForward element, NetworkDef document, Findings found)
    {
        string name = document.Name;
        if (element.Nat is { } nat)
            CheckNat(nat, element, name, found);
        if (element.Device is not null && element.Interfaces.IsEmpty && !(element.Addresses.IsEmpty && element.PhysicalFunctions.IsEmpty))
            found.Wrong(element, $"the <forward> 'dev' attribute cannot be used when <address> or <pf> sub-elements are present in network {name}");
        if (!element.Interfaces.IsEmpty)
            CheckInterfaces(element, name, found);
        else if (!element.Addresses.IsEmpty)
            CheckAddresses(element, name, found);
        else if (element.PhysicalFunctions.Count > 1)
            found.Wrong(element.PhysicalFunctions[1], $"Only one <pf> element is allowed in <forward> of network {name}");
        if (!NetworkDefaults.OwnsBridge(element))
            return;
        ForwardMode mode = element.Mode ?? ForwardMode.Nat;
        if (document.Ips.IsEmpty)
            found.Wrong(element, $"{mode.ToXml()} forwarding requested, but no IP address provided for network '{name}'");
        if (element.Interfaces.Count > 1)
            found.Wrong(element.Interfaces[1], $"multiple forwarding interfaces specified for network '{name}', only one is supported");
        if (mode == ForwardMode.Open && (element.Device is not null || !element.Interfaces.IsEmpty))
            found.Wrong(element, $"forward dev not allowed for network '{name}' with forward mode='open'");
    }

    static void CheckNat(ForwardNat nat, NetworkForward forward, string name, Findings found)
    {
        if (forward.Mode is not (null or ForwardMode.Nat))
            found.Wrong(nat, $"The <nat> element can only be used when <forward> 'mode' is 'nat' in network {name}");
        if (nat.Address is { } addresses)
            NetworkIpRules.CheckRange(addresses, addresses.Start.Value, addresses.End.Value, null, found);
        if (nat.Port is { } ports && ports.Start > ports.End)
            found.Add(ports, ErrorCode.XmlDetail, $"Missing or invalid 'end' attribute in <port> in <nat> in <forward> in network {name}");
    }

    static void CheckInterfaces(NetworkForward forward, string name, Findings found)
    {
        if (forward.Device is { } device && device != forward.Interfaces[0].Device)
            found.Wrong(forward, $"<forward dev='{device}'> must match first <interface dev='{forward.Interfaces[0].Device}'/> in network {name}");
        var seen = new HashSet<string>();
        foreach (ForwardInterface one in forward.Interfaces)
            if (!seen.Add(one.Device))
                found.Wrong(one, $"interface '{one.Device}' can only be listed once in network {name}");
    }

    static void CheckAddresses(NetworkForward forward, string name, Findings found)
    {
        var seen = new HashSet<string>();
        foreach (ForwardAddress address in forward.Addresses)
        {
            SharedRules.CheckPci(address, address.Domain ?? 0, address.Bus ?? 0, address.Slot ?? 0, address.Function ?? 0, found);
            if (!seen.Add(address.ToString()))
                found.Wrong(address, $"PCI device '{address}' can only be listed once in network {name}");
        }
    }
}
