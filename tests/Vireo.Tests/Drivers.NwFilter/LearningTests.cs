using System.Buffers.Binary;
using System.Net;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.NwFilter.Bindings;
using Vireo.Drivers.NwFilter.Filters;
using Vireo.Drivers.NwFilter.Learning;
using Vireo.Drivers.NwFilter.Rules;
using Vireo.Drivers.NwFilter.Tables;
using Vireo.Model.NwFilter;
using Xunit;

namespace Vireo.Tests.Drivers.NwFilter;

public sealed class LearningTests
{
    static readonly byte[] guest = [0x52, 0x54, 0, 0, 0, 1], other = [0x52, 0x54, 0, 0, 0, 2];

    static readonly FilterSet shipped = ShippedFilters.All().Aggregate(FilterSet.Empty, static (all, filter) => all.With(filter));

    static byte[] Frame(byte[] from, ushort kind, params byte[] content) => [.. other, .. from, (byte)(kind >> 8), (byte)kind, .. content];

    static byte[] Arp(byte[] from, byte[] says, params byte[] address) => Frame(from, 0x0806, [0, 1, 8, 0, 6, 4, 0, 1, .. says, .. address, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1]);

    static byte[] Ip(byte[] from, byte[] source, byte protocol = 1, params byte[] content) =>
        Frame(from, 0x0800, [0x45, 0, 0, (byte)(20 + content.Length), 0, 0, 0, 0, 64, protocol, 0, 0, .. source, 10, 0, 0, 1, .. content]);

    static byte[] Dhcp(byte[] from, byte[] source, (int From, int To) ports, byte op, byte[] client, byte[] current, byte[] given, params byte[] options)
    {
        byte[] message = new byte[240];
        (message[0], message[1], message[2]) = (op, 1, 6);
        current.CopyTo(message, 12);
        given.CopyTo(message, 16);
        client.CopyTo(message, 28);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(236), 0x63825363);
        byte[] udp = new byte[8];
        BinaryPrimitives.WriteUInt16BigEndian(udp, (ushort)ports.From);
        BinaryPrimitives.WriteUInt16BigEndian(udp.AsSpan(2), (ushort)ports.To);
        return Ip(from, source, 17, [.. udp, .. message, .. options]);
    }

    static byte[] Ack(byte[] client, params byte[] options) => Dhcp(other, [10, 0, 0, 1], (67, 68), 2, client, [0, 0, 0, 0], [10, 0, 0, 7], options);

    static SeenPacket? Read(byte[] frame, bool fromGuest = true) => SeenPacket.Read(frame, guest, fromGuest);

    [Fact]
    public void An_address_is_learned_of_arp_and_ip_that_the_guest_sends_under_its_own_name()
    {
        Assert.Equal(new SeenPacket(SeenKind.Used, IPAddress.Parse("10.0.0.7"), IPAddress.Any, 0), Read(Arp(guest, guest, 10, 0, 0, 7)));
        Assert.Equal(IPAddress.Parse("10.0.0.8"), Read(Ip(guest, [10, 0, 0, 8]))?.Address);
        foreach (byte[] nothing in (byte[][])[Arp(other, guest, 10, 0, 0, 7), Arp(guest, other, 10, 0, 0, 7), Ip(other, [10, 0, 0, 8]), Ip(guest, [0, 0, 0, 0]), Ip(guest, [224, 0, 0, 1]),
            Ip(guest, [255, 255, 255, 255]), Ip(guest, [127, 0, 0, 1]), Frame(guest, 0x86dd, 0x60), Frame(guest, 0x0800), Frame(guest, 0x0806, 0, 1), [1, 2, 3]])
            Assert.Null(Read(nothing));
        Assert.Null(Read(Arp(guest, guest, 10, 0, 0, 7), fromGuest: false));
    }

    [Fact]
    public void What_a_server_lends_is_read_with_its_term_and_what_a_guest_gives_back()
    {
        Assert.Equal(new SeenPacket(SeenKind.Lent, IPAddress.Parse("10.0.0.7"), IPAddress.Parse("10.0.0.1"), 3600), Read(Ack(guest, 0, 53, 1, 5, 51, 4, 0, 0, 14, 16, 255), fromGuest: false));
        Assert.Equal(uint.MaxValue, Read(Ack(guest, 53, 1, 5, 255), fromGuest: false)?.Seconds);
        Assert.Null(Read(Ack(guest, 53, 1, 2, 255), fromGuest: false));        // an offer
        Assert.Null(Read(Ack(other, 53, 1, 5, 255), fromGuest: false));        // another's
        Assert.Null(Read(Ack(guest, 53, 9, 5), fromGuest: false));             // cut short
        Assert.Null(Read(Ack(guest, 53, 1, 5, 255)));                          // a guest is no server of its own
        Assert.Equal(new SeenPacket(SeenKind.Returned, IPAddress.Parse("10.0.0.7"), IPAddress.Any, 0),
            Read(Dhcp(guest, [10, 0, 0, 7], (68, 67), 1, guest, [10, 0, 0, 7], [0, 0, 0, 0], 53, 1, 7, 255)));
        Assert.Equal(SeenKind.Returned, Read(Dhcp(guest, [0, 0, 0, 0], (68, 67), 1, guest, [0, 0, 0, 0], [0, 0, 0, 0], 53, 1, 4, 50, 4, 10, 0, 0, 7, 255))?.Kind);
    }

    [Fact]
    public void Any_length_of_a_packet_is_read_without_fault()
    {
        byte[] whole = Ack(guest, 53, 1, 5, 51, 4, 0, 0, 14, 16, 255);
        for (int length = 0; length < whole.Length; length++)
            Assert.Null(Read(whole[..length], fromGuest: false) is { Kind: SeenKind.Used } wrong ? wrong : null);
    }

    [Fact]
    public void Leases_are_kept_in_libvirts_lines()
    {
        var lease = new Lease(IPAddress.Parse("10.0.0.7"), IPAddress.Parse("10.0.0.1"), DateTimeOffset.FromUnixTimeSeconds(2000));
        string key = LeaseLines.KeyOf(Binding("x").OwnerUuid, new MacAddress(0x525400000001));
        string text = LeaseLines.Write([(key, lease)]);
        Assert.Equal("2000 11111111-2222-3333-4444-5555555555aa-52:54:00:00:00:01 10.0.0.7 10.0.0.1\n", text);
        Assert.Equal([lease], LeaseLines.Read("nonsense\n" + text, DateTimeOffset.FromUnixTimeSeconds(1999))[key]);
        Assert.Empty(LeaseLines.Read(text, DateTimeOffset.FromUnixTimeSeconds(2000)));
    }

    static FilterBindingDef Binding(string filter, string parameters = "") => FilterBindingDef.Parse(
        $"<filterbinding><owner><name>g</name><uuid>11111111-2222-3333-4444-5555555555aa</uuid></owner><portdev name='v0'/><mac address='52:54:00:00:00:01'/><filterref filter='{filter}'><parameter name='MAC' value='52:54:00:00:00:01'/>{parameters}</filterref></filterbinding>");

    static string Parameter(string name, string value) => $"<parameter name='{name}' value='{value}'/>";

    static string[] Frames(CardPlan plan)
    {
        HostTables host = HostTables.Empty.Copy();
        plan.Apply(new CardFilter("v0", host));
        return [.. host.All[0].Chains.Chains.SelectMany(static chain => chain.Value.Select(rule => $"{chain.Key} {string.Join(' ', rule.Words)}"))];
    }

    [Fact]
    public void Without_an_address_little_passes_and_it_is_learned_as_wished()
    {
        CardPlan any = CardPlan.Of(shipped, Binding("clean-traffic"), []), dhcp = CardPlan.Of(shipped, Binding("clean-traffic", Parameter("CTRL_IP_LEARNING", "DHCP") + Parameter("DHCPSERVER", "10.0.0.1")), []);
        Assert.Equal((LearningMode.Any, LearningMode.Dhcp), (any.Learning, dhcp.Learning));
        Assert.Contains("libvirt-J-v0 -s ! 52:54:00:00:00:01 -j DROP", Frames(any));
        Assert.Contains("libvirt-P-v0 -d ff:ff:ff:ff:ff:ff -p 0x800 --ip-src 10.0.0.1 --ip-protocol udp --ip-sport 67 --ip-dport 68 -j ACCEPT", Frames(dhcp));
        Refused("unresolvable variables or unavailable list elements: IP", "clean-traffic", Parameter("CTRL_IP_LEARNING", "none"));
        Refused("unavailable list elements: IP, GATEWAY_MAC", "clean-traffic-gateway", "");
        Refused("learning value 'bogus' invalid", "clean-traffic", Parameter("CTRL_IP_LEARNING", "bogus"));
        Refused("referenced filter 'nothing' is missing", "nothing", "");

        static void Refused(string text, string filter, string parameters) =>
            Assert.Contains(text, Assert.Throws<VireoException>(() => CardPlan.Of(shipped, Binding(filter, parameters), [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_learned_stands_for_the_address_and_what_was_told_stays()
    {
        CardPlan any = CardPlan.Of(shipped, Binding("clean-traffic"), ["10.0.0.7"]);
        Assert.Null(any.Learning);
        Assert.Contains(Frames(any), static rule => rule.EndsWith("--ip-source 10.0.0.7 -j RETURN", StringComparison.Ordinal));
        Assert.Equal(LearningMode.Dhcp, CardPlan.Of(shipped, Binding("clean-traffic", Parameter("CTRL_IP_LEARNING", "dhcp")), ["10.0.0.7"]).Learning);
        Assert.Contains(Frames(CardPlan.Of(shipped, Binding("clean-traffic", Parameter("IP", "10.0.0.9")), ["10.0.0.7"])),
            static rule => rule.EndsWith("--ip-source 10.0.0.9 -j RETURN", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_filter_that_is_shipped_refers_to_others_that_are()
    {
        Assert.Equal(24, shipped.All.Count);
        Assert.All(shipped.All.Values.SelectMany(static filter => filter.Entries.OfType<FilterInclude>()), static include => Assert.NotNull(shipped.Find(include.Filter.Filter)));
        Assert.Equal(24, shipped.All.Values.Select(static filter => filter.Uuid).Distinct().Count());
    }
}
