using System.Net;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Shell.NetDoctor;
using Vireo.Shell.Session;
using Xunit;

namespace Vireo.Tests.Shell;

/// <summary><c>vireo net doctor</c> on made-up hosts: the network is the test driver's <c>default</c>, by NAT on virbr0.</summary>
public sealed class NetDoctorTests
{
    const string Own = """
        *filter
        :INPUT ACCEPT [0:0]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :LIBVIRT_FWI - [0:0]
        :LIBVIRT_FWO - [0:0]
        :LIBVIRT_INP - [0:0]
        -A INPUT -j LIBVIRT_INP
        -A FORWARD -j LIBVIRT_FWI
        -A FORWARD -j LIBVIRT_FWO
        -A LIBVIRT_FWI -d 192.168.122.0/24 -o virbr0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A LIBVIRT_FWI -o virbr0 -j REJECT --reject-with icmp-port-unreachable
        -A LIBVIRT_FWO -s 192.168.122.0/24 -i virbr0 -j ACCEPT
        -A LIBVIRT_FWO -i virbr0 -j REJECT --reject-with icmp-port-unreachable
        -A LIBVIRT_INP -i virbr0 -p udp -m udp --dport 53 -j ACCEPT
        -A LIBVIRT_INP -i virbr0 -p udp -m udp --dport 67 -j ACCEPT
        COMMIT
        *nat
        :POSTROUTING ACCEPT [0:0]
        :LIBVIRT_PRT - [0:0]
        -A POSTROUTING -j LIBVIRT_PRT
        -A LIBVIRT_PRT -s 192.168.122.0/24 -d 224.0.0.0/24 -j RETURN
        -A LIBVIRT_PRT -s 192.168.122.0/24 ! -d 192.168.122.0/24 -p tcp -j MASQUERADE --to-ports 1024-65535
        COMMIT
        """;

    const string Firewalld = """
        {"nftables": [{"metainfo": {"version": "1.0.6"}}, {"table": {"family": "ip", "name": "filter"}},
         {"chain": {"family": "ip", "table": "filter", "name": "FORWARD", "type": "filter", "hook": "forward", "prio": 0, "policy": "drop"}},
         {"table": {"family": "inet", "name": "firewalld"}},
         {"set": {"family": "inet", "table": "firewalld", "name": "ports", "type": "inet_service", "elem": [53, {"range": [60, 70]}]}},
         {"chain": {"family": "inet", "table": "firewalld", "name": "filter_FORWARD", "type": "filter", "hook": "forward", "prio": 10, "policy": "accept"}},
         {"chain": {"family": "inet", "table": "firewalld", "name": "filter_INPUT", "type": "filter", "hook": "input", "prio": 10, "policy": "drop"}},
         {"chain": {"family": "inet", "table": "firewalld", "name": "filter_FORWARD_POLICIES"}},
         {"chain": {"family": "inet", "table": "firewalld", "name": "FWD_public"}},
         {"rule": {"family": "inet", "table": "firewalld", "chain": "filter_INPUT", "handle": 1, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "udp", "field": "dport"}}, "right": "@ports"}}, {"accept": null}]}},
         {"rule": {"family": "inet", "table": "firewalld", "chain": "filter_FORWARD", "handle": 2, "expr": [{"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}}, {"counter": {"packets": 0, "bytes": 0}}, {"accept": null}]}},
         {"rule": {"family": "inet", "table": "firewalld", "chain": "filter_FORWARD", "handle": 3, "expr": [{"jump": {"target": "filter_FORWARD_POLICIES"}}]}},
         {"rule": {"family": "inet", "table": "firewalld", "chain": "filter_FORWARD_POLICIES", "handle": 4, "expr": [{"vmap": {"key": {"meta": {"key": "iifname"}}, "data": {"set": [["lo", {"accept": null}], ["virbr*", {"goto": {"target": "FWD_public"}}]]}}}]}},
         {"rule": {"family": "inet", "table": "firewalld", "chain": "FWD_public", "handle": 5, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": {"prefix": {"addr": "192.168.0.0", "len": 16}}}}, {"reject": {"type": "icmpx", "expr": "admin-prohibited"}}]}}]}
        """;

    static MadeUpHost Healthy() => new()
    {
        Programs =
        {
            ["ip -j address show"] = """
                [{"ifname":"lo","flags":["UP","LOWER_UP"],"addr_info":[{"local":"127.0.0.1","prefixlen":8}]},
                 {"ifname":"eth0","flags":["UP","LOWER_UP"],"addr_info":[{"local":"10.0.0.5","prefixlen":24}]},
                 {"ifname":"virbr0","flags":["UP"],"addr_info":[{"local":"192.168.122.1","prefixlen":24}]},{"ifname":"vnet0","flags":["UP"],"master":"virbr0"}]
                """,
            ["ip -j route get 1.1.1.1"] = """[{"dst":"1.1.1.1","gateway":"10.0.0.1","dev":"eth0"}]""",
            ["iptables-save"] = Own,
            ["ip6tables-save"] = "",
            ["nft -j list ruleset"] = """{"nftables": []}""",
        },
        Files =
        {
            ["/proc/sys/net/ipv4/ip_forward"] = "1\n",
            ["/proc/self/net/udp"] = "  1: 00000000:0043 00000000:0000 07\n",
            ["/etc/resolv.conf"] = "nameserver 10.0.0.1\n",
        },
    };

    [Fact]
    public async Task A_way_without_an_obstacle_is_told_step_by_step()
    {
        (int exit, string said) = await AskAsync(Healthy());
        Assert.True(exit == DoctorCommand.Fine, said);
        Assert.DoesNotContain("BAD", said, StringComparison.Ordinal);
        Assert.DoesNotContain("look", said, StringComparison.Ordinal);
        foreach (string step in (string[])["virbr0 is up, with vnet0", "no other device shares", "listens at port 67", "name server at 192.168.122.1 answers", "1.1.1.1 is reached by eth0",
            "a guest's question for an address passes", "sends to 1.1.1.1 passes", "what 1.1.1.1 answers passes", "packets leave with the host's address"])
            Assert.Contains(step, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Docker_drops_is_named_with_what_helps()
    {
        MadeUpHost host = Healthy();
        host.Programs["iptables-save"] = Own.Replace(":FORWARD ACCEPT", ":FORWARD DROP", StringComparison.Ordinal)
            .Replace("-A FORWARD -j LIBVIRT_FWI\n-A FORWARD -j LIBVIRT_FWO", "-A FORWARD -j DOCKER-USER", StringComparison.Ordinal)
            .Replace(":LIBVIRT_INP", ":DOCKER-USER - [0:0]\n:LIBVIRT_INP", StringComparison.Ordinal);
        (int exit, string said) = await AskAsync(host);
        Assert.Equal(DoctorCommand.Broken, exit);
        Assert.Contains("sends to 1.1.1.1 is dropped by iptables filter FORWARD, whose policy is to drop, of Docker", said, StringComparison.Ordinal);
        Assert.Contains("iptables -I DOCKER-USER -i virbr0 -j ACCEPT", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_nftables_are_followed_through_sets_and_maps_and_those_of_iptables_are_not_asked_twice()
    {
        MadeUpHost host = Healthy();
        host.Programs["nft -j list ruleset"] = Firewalld;
        (int exit, string said) = await AskAsync(host);
        Assert.Equal(DoctorCommand.Broken, exit);
        Assert.Contains("sends to 1.1.1.1 is dropped by nftables inet firewalld FWD_public, rule 'FWD_public handle 5', of firewalld", said, StringComparison.Ordinal);
        Assert.Contains("what 1.1.1.1 answers passes", said, StringComparison.Ordinal);
        Assert.Contains("a guest's question for an address passes", said, StringComparison.Ordinal);
        Assert.Contains("--zone=libvirt", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forwarding", "/proc/sys/net/ipv4/ip_forward is 0")]
    [InlineData("bridge", "there is no device virbr0")]
    [InlineData("down", "virbr0 is down")]
    [InlineData("subnet", "eth0 has addresses of 192.168.122.1/24 too")]
    [InlineData("address", "virbr0 has lost its address 192.168.122.1/24")]
    [InlineData("flushed", "no rule gives packets of 192.168.122.2/24 the host's address")]
    [InlineData("server", "dnsmasq does not run")]
    [InlineData("names", "nobody answers at 192.168.122.1 port 53")]
    [InlineData("route", "the host itself has no route to 1.1.1.1")]
    [InlineData("rule", "rule '-A FORWARD -i virbr+ -m comment --comment \"not \\\"here\\\"\" -j DROP', of the host's administrator")]
    public async Task What_is_broken_is_named(string what, string expected)
    {
        MadeUpHost host = Healthy();
        string links = host.Programs["ip -j address show"];
        host.Programs["ip -j address show"] = what switch
        {
            "bridge" => links.Replace("virbr0", "virbr5", StringComparison.Ordinal),
            "down" => links.Replace("\"virbr0\",\"flags\":[\"UP\"]", "\"virbr0\",\"flags\":[]", StringComparison.Ordinal),
            "subnet" => links.Replace("10.0.0.5", "192.168.122.9", StringComparison.Ordinal),
            "address" => links.Replace("192.168.122.1", "172.16.0.1", StringComparison.Ordinal),
            _ => links,
        };
        if (what is "forwarding")
            host.Files["/proc/sys/net/ipv4/ip_forward"] = "0\n";
        if (what is "flushed")
            host.Programs["iptables-save"] = "";
        if (what is "server")
            host.Files["/proc/self/net/udp"] = "";
        if (what is "rule")
            host.Programs["iptables-save"] = Own.Replace("-A FORWARD -j LIBVIRT_FWI", "-A FORWARD -i virbr+ -m comment --comment \"not \\\"here\\\"\" -j DROP", StringComparison.Ordinal);
        if (what is "route")
            host.Programs.Remove("ip -j route get 1.1.1.1");
        host.Answers = what is not "names";
        (int exit, string said) = await AskAsync(host);
        Assert.Equal(DoctorCommand.Broken, exit);
        Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_depends_on_things_unseen_is_doubtful_and_what_cannot_be_looked_at_is_said()
    {
        MadeUpHost host = Healthy();
        host.Programs["iptables-save"] = Own.Replace("-A FORWARD -j LIBVIRT_FWI", "-A FORWARD -m set --match-set blocked src -j DROP\n-A FORWARD -j LIBVIRT_FWI", StringComparison.Ordinal);
        host.Programs.Remove("nft -j list ruleset");
        (int exit, string said) = await AskAsync(host);
        Assert.Equal(DoctorCommand.Fine, exit);
        Assert.Contains("may be dropped by iptables filter FORWARD, rule '-A FORWARD -m set --match-set blocked src -j DROP'", said, StringComparison.Ordinal);
        Assert.Contains("nft is not installed or refuses", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usage: vireo net doctor", "net", "doctor")]
    [InlineData("usage: vireo net doctor", "net", "doctor", "default", "--to", "nowhere")]
    [InlineData("run it on that host", "net", "doctor", "default", "-c", "qemu+ssh://far/system")]
    [InlineData("domain not found", "net", "doctor", "nobody", "-c", "test:///default")]
    public async Task What_makes_no_sense_is_refused(string expected, params string[] arguments)
    {
        (int exit, string said) = await AskAsync(Healthy(), arguments);
        Assert.Equal(DoctorCommand.Unusable, exit);
        Assert.Contains(expected, said, StringComparison.OrdinalIgnoreCase);
    }

    static async Task<(int Exit, string Said)> AskAsync(HostTools host, params string[] arguments)
    {
        using var output = new StringWriter();
        var opener = new ConnectionOpener(TestDriver.Create(), new RemotePlaces("/nowhere", "/nowhere", IsRoot: false, static _ => false) { Variable = static _ => null }, null);
        int exit = await DoctorCommand.RunAsync(new ShellProgram.Surroundings
        {
            Name = "vireo",
            Arguments = arguments.Length > 0 ? arguments : ["net", "doctor", "default", "-c", "test:///default"],
            Environment = static _ => null,
            Input = TextReader.Null,
            Output = output,
            Errors = output,
            Open = opener.OpenAsync,
        }, host);
        return (exit, output.ToString());
    }

    sealed class MadeUpHost : HostTools
    {
        public Dictionary<string, string> Programs { get; } = [];

        public Dictionary<string, string> Files { get; } = [];

        public bool Answers { get; set; } = true;

        public override Task<string?> RunAsync(string program, params string[] arguments) => Task.FromResult(Programs.GetValueOrDefault(string.Join(' ', [program, .. arguments])));

        public override string? Read(string path) => Files.GetValueOrDefault(path);

        public override Task<bool> AnswersAsync(IPAddress server) => Task.FromResult(Answers);
    }
}
