using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Vireo.EndToEnd.Network;
using Xunit;

namespace Vireo.EndToEnd.NwFilter;

/// <summary>Debian's virsh says the same about filters of stock libvirtd's and of ours, and the same rules stand in the kernel.</summary>
public sealed class FilterComparisonTests(TwoNetworkDaemons daemons) : IClassFixture<TwoNetworkDaemons>
{
    const string One = "11111111-2222-3333-4444-555555555501", Two = "11111111-2222-3333-4444-555555555502";

    static readonly string[] shipped =
    [
        "allow-arp", "allow-dhcp", "allow-dhcp-server", "allow-dhcpv6", "allow-dhcpv6-server", "allow-incoming-ipv4", "allow-incoming-ipv6", "allow-ipv4", "allow-ipv6", "clean-traffic",
        "clean-traffic-gateway", "no-arp-ip-spoofing", "no-arp-mac-spoofing", "no-arp-spoofing", "no-ip-multicast", "no-ip-spoofing", "no-ipv6-multicast", "no-ipv6-spoofing",
        "no-mac-broadcast", "no-mac-spoofing", "no-other-l2-traffic", "no-other-rarp-traffic", "qemu-announce-self", "qemu-announce-self-rarp",
    ];

    static string Filter(string name, string content, string? uuid = null) => $"<filter name='{name}'>{(uuid is null ? "" : $"<uuid>{uuid}</uuid>")}{content}</filter>";

    static string Binding(string port, string filter, string parameters = "") =>
        $"<filterbinding><owner><name>g</name><uuid>{Two}</uuid></owner><portdev name='{port}'/><mac address='52:54:00:00:00:01'/><filterref filter='{filter}'>{parameters}</filterref></filterbinding>";

    static string Value(string name, string value) => $"<parameter name='{name}' value='{value}'/>";

    static readonly Dictionary<string, string> documents = new()
    {
        ["T1"] = Filter("t1", "<rule action='drop' direction='out'><mac srcmacaddr='$MAC' match='no'/></rule>", One),
        ["T1NOW"] = Filter("t1", "<rule action='drop' direction='in'><ip srcipaddr='10.1.2.3'/></rule><rule action='accept' direction='inout'><tcp dstportstart='22'/></rule>", One),
        ["T1OTHER"] = Filter("t1", ""),
        ["T1NAMED"] = Filter("t3", "", One),
        ["T1LOOP"] = Filter("t1", "<filterref filter='t2'/>", One),
        ["T2"] = Filter("t2", "<filterref filter='t1'/><rule action='accept' direction='out'><ip srcipaddr='$A[@0]' dstipaddr='$B[1]'/></rule>", Two),
        ["MISSING"] = Filter("t2", "<filterref filter='nowhere'/>", Two),
        ["SLASH"] = Filter("a/b", ""),
        ["NODEV"] = Binding("nodev", "t1"),
        ["NOFILTER"] = Binding("v0", "nofilter"),
        ["V0"] = Binding("v0", "t1"),
        ["P0"] = Binding("p0", "t2", Value("A", "10.0.0.1") + Value("A", "10.0.0.2") + Value("B", "10.0.0.8") + Value("B", "10.0.0.9")),
        ["P0SHORT"] = Binding("p0", "t2", Value("A", "10.0.0.1") + Value("B", "10.0.0.8")),
        ["CLEAN"] = Binding("p0", "clean-traffic", Value("IP", "10.0.0.7")),
        ["GATE"] = Binding("p0", "clean-traffic-gateway", Value("IP", "10.0.0.7") + Value("GATEWAY_MAC", "52:54:00:00:00:09")),
        ["NOGATE"] = Binding("p0", "clean-traffic-gateway", Value("IP", "10.0.0.7")),
        ["NOLEARNING"] = Binding("p0", "clean-traffic", Value("CTRL_IP_LEARNING", "none")),
        ["BADLEARNING"] = Binding("p0", "clean-traffic", Value("CTRL_IP_LEARNING", "bogus")),
        ["DHCP"] = Binding("p0", "clean-traffic", Value("CTRL_IP_LEARNING", "dhcp") + Value("DHCPSERVER", "10.0.0.1")),
    };

    [Fact]
    public Task Filters_that_are_shipped() => CompareAsync(["nwfilter-list", .. shipped.Select(static name => "nwfilter-dumpxml " + name)]);

    [Fact]
    public Task A_filters_life() => CompareAsync(
    [
        "nwfilter-define ${T1}", "nwfilter-dumpxml t1", "nwfilter-dumpxml " + One, "nwfilter-define ${T1OTHER}", "nwfilter-define ${T1NAMED}", "nwfilter-define ${MISSING}",
        "nwfilter-define ${T2}", "nwfilter-define ${T1LOOP}", "nwfilter-dumpxml t1", "nwfilter-define ${SLASH}", "nwfilter-define /nowhere", "nwfilter-list", "nwfilter-undefine t1", "nwfilter-undefine t1",
        "nwfilter-dumpxml t1", "nwfilter-undefine t2", "nwfilter-list",
    ]);

    [Theory]
    [InlineData("nwfilter-define ${T1};nwfilter-binding-create ${NODEV};nwfilter-binding-create ${NOFILTER};nwfilter-binding-create ${V0};nwfilter-binding-create ${V0};nwfilter-binding-list;nwfilter-binding-dumpxml v0;rules;"
        + "nwfilter-define ${T1NOW};rules;nwfilter-undefine t1;nwfilter-binding-delete nobody;nwfilter-binding-dumpxml nobody;nwfilter-binding-delete v0;nwfilter-binding-delete v0;rules;nwfilter-undefine t1;nwfilter-binding-delete nodev;nwfilter-binding-list")]
    [InlineData("nwfilter-define ${T1NOW};nwfilter-define ${T2};nwfilter-binding-create ${P0SHORT};nwfilter-binding-create ${P0};nwfilter-binding-dumpxml p0;rules;nwfilter-binding-delete p0;rules;nwfilter-undefine t2;nwfilter-undefine t1")]
    [InlineData("nwfilter-binding-create ${CLEAN};rules;nwfilter-binding-delete p0;nwfilter-binding-create ${GATE};rules;nwfilter-binding-delete p0;nwfilter-binding-create ${NOGATE};rules")]
    [InlineData("nwfilter-binding-create ${NOLEARNING};nwfilter-binding-create ${BADLEARNING};nwfilter-binding-create ${DHCP};rules;nwfilter-binding-dumpxml p0;nwfilter-binding-delete p0;rules")]
    public Task Bindings_and_their_rules(string lines) => CompareAsync(lines.Split(';'));

    [Theory]
    [InlineData("nwfilter+unix:///system", "uri;version;hostname;nwfilter-list;net-list")]
    [InlineData("nwfilter+unix:///session", "uri")]
    public Task A_connection_to_filters_alone(string scheme, string lines) => CompareAsync(lines.Split(';'), scheme);

    async Task CompareAsync(IEnumerable<string> lines, string scheme = "qemu+unix:///system")
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        Needs.Program("ebtables-save");
        using var files = new Documents();
        foreach ((string name, string text) in documents)
            files.With(name, text);
        string stock = await OnAsync(daemons.Stock.Socket, daemons.Stock.Pid), ours = await OnAsync(daemons.Vireo.Daemon.Socket, daemons.Vireo.Daemon.Pid);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string socket, int pid)
        {
            Task<CommandResult> InAsync(string script) => Command.RunAsync(Needs.Program("nsenter"), ["-t", pid.ToString(), "-n", "--", "sh", "-c", script]);
            await InAsync("ip link add v0 type veth peer name p0; ip link set v0 up; ip link set p0 up");
            string uri = $"{scheme}?socket={socket}";
            return (await Transcript.OfAsync(line => line is "rules" ? InAsync("(ebtables-save; iptables-save -t filter; ip6tables-save -t filter) | grep ^-A | sort")
                : Command.RunAsync(Command.Find("virsh")!, ["-c", uri, files.Fill(line)]), lines)).Replace(socket, "SOCKET", StringComparison.Ordinal).Replace(daemons.Vireo.Daemon.Root, "", StringComparison.Ordinal);
        }
    }
}
