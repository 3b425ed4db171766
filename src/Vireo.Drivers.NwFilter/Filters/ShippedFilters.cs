using System.Text;
using Vireo.Core;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Filters;

/// <summary>The filters that every host has from the start: those that libvirt ships, by their names and with their rules, in a short notation.</summary>
static class ShippedFilters
{
    // [name] chain and, where it is not the chain's usual one, its priority; then what is in it: other filters by name, and rules as
    // action, direction, priority, protocol and what packets of it must look like.
    const string Notation = """
        [allow-arp] arp
          accept inout 500
        [allow-dhcp] ipv4
          accept out 100 ip srcipaddr=0.0.0.0 dstipaddr=255.255.255.255 protocol=udp srcportstart=68 dstportstart=67
          accept in 100 ip protocol=udp srcportstart=67 dstportstart=68
        [allow-dhcp-server] ipv4
          accept out 100 ip srcipaddr=0.0.0.0 dstipaddr=255.255.255.255 protocol=udp srcportstart=68 dstportstart=67
          accept in 100 ip srcipaddr=$DHCPSERVER protocol=udp srcportstart=67 dstportstart=68
        [allow-dhcpv6] ipv6
          accept out 100 ipv6 srcipaddr=fe80:: srcipmask=10 dstipaddr=ff02::1:2 protocol=udp srcportstart=546 dstportstart=547
          accept in 100 ipv6 protocol=udp srcportstart=547 dstportstart=546
        [allow-dhcpv6-server] ipv6
          accept out 100 ipv6 srcipaddr=fe80:: srcipmask=10 dstipaddr=ff02::1:2 protocol=udp srcportstart=546 dstportstart=547
          accept in 100 ipv6 srcipaddr=$DHCPSERVER protocol=udp srcportstart=547 dstportstart=546
        [allow-incoming-ipv4] ipv4
          accept in 500
        [allow-incoming-ipv6] ipv6
          accept in 500
        [allow-ipv4] ipv4
          accept inout 500
        [allow-ipv6] ipv6
          accept inout 500
        [clean-traffic] root
          no-mac-spoofing
          no-ip-spoofing
          accept out -650 mac protocolid=ipv4
          allow-incoming-ipv4
          no-arp-spoofing
          accept inout -500 mac protocolid=arp
          no-other-l2-traffic
          qemu-announce-self
        [clean-traffic-gateway] root
          no-mac-spoofing
          no-ip-spoofing
          no-arp-spoofing
          accept inout -500 mac protocolid=arp
          accept in 500 mac srcmacaddr=$GATEWAY_MAC
          accept out 500 mac dstmacaddr=$GATEWAY_MAC
          no-other-l2-traffic
          qemu-announce-self
        [no-arp-ip-spoofing] arp-ip -510
          return out 400 arp arpsrcipaddr=$IP
          drop out 1000
        [no-arp-mac-spoofing] arp-mac -520
          return out 350 arp arpsrcmacaddr=$MAC
          drop out 1000
        [no-arp-spoofing] root
          no-arp-mac-spoofing
          no-arp-ip-spoofing
        [no-ip-multicast] ipv4
          drop out 500 ip dstipaddr=224.0.0.0 dstipmask=4
        [no-ip-spoofing] ipv4-ip -710
          return out 100 ip srcipaddr=0.0.0.0 protocol=udp
          return out 500 ip srcipaddr=$IP
          drop out 1000
        [no-ipv6-multicast] ipv6
          drop out 500 ipv6 dstipaddr=ff00:: dstipmask=8
        [no-ipv6-spoofing] ipv6-ip -610
          return out 100 ipv6 srcipaddr=fe80:: srcipmask=10 protocol=udp
          return out 500 ipv6 srcipaddr=$IPV6
          drop out 1000
        [no-mac-broadcast] ipv4
          drop out 500 mac dstmacaddr=ff:ff:ff:ff:ff:ff
        [no-mac-spoofing] mac
          return out 500 mac srcmacaddr=$MAC
          drop out 500 mac
        [no-other-l2-traffic] root
          drop inout 1000
        [no-other-rarp-traffic] rarp
          drop inout 1000
        [qemu-announce-self] root
          accept out 500 mac protocolid=0x835
          qemu-announce-self-rarp
          no-other-rarp-traffic
        [qemu-announce-self-rarp] rarp
          accept out 500 rarp srcmacaddr=$MAC dstmacaddr=ff:ff:ff:ff:ff:ff opcode=Request_Reverse arpsrcmacaddr=$MAC arpdstmacaddr=$MAC arpsrcipaddr=0.0.0.0 arpdstipaddr=0.0.0.0
          accept in 500 rarp dstmacaddr=ff:ff:ff:ff:ff:ff opcode=Request_Reverse arpsrcmacaddr=$MAC arpdstmacaddr=$MAC arpsrcipaddr=0.0.0.0 arpdstipaddr=0.0.0.0
        """;

    /// <summary>All of them; each host gives them uuids of its own.</summary>
    internal static IEnumerable<FilterDef> All()
    {
        var document = new StringBuilder();
        foreach (string[] words in Notation.Split('\n').Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words[0][0] != '[')
            {
                document.Append(Entry(words));
                continue;
            }
            if (document.Length > 0)
                yield return Read(document);
            string priority = words.Length > 2 ? $" priority='{words[2]}'" : "";
            document.Append($"<filter name='{words[0][1..^1]}' chain='{words[1]}'{priority}>");
        }
        yield return Read(document);
    }

    static FilterDef Read(StringBuilder document)
    {
        string xml = document.Append("</filter>").ToString();
        document.Clear();
        return FilterDef.Define(xml) with { Uuid = Uuid.NewRandom() };
    }

    static string Entry(string[] words) => words switch
    {
        [var filter] => $"<filterref filter='{filter}'/>",
        [var action, var direction, var priority, .. var match] =>
            $"<rule action='{action}' direction='{direction}' priority='{priority}'>{Match(match)}</rule>",
        _ => throw new InvalidOperationException($"no entry of a filter: {string.Join(' ', words)}"),
    };

    static string Match(string[] words) => words.Length == 0 ? ""
        : $"<{words[0]} {string.Join(' ', words.Skip(1).Select(static word => word.Split('=') is [var name, var value] ? $"{name}='{value}'" : word))}/>";
}
