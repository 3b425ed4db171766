using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>What stands in the kernel after a network was started, by stock libvirtd and by us, and what is left after it was stopped.</summary>
public sealed partial class KernelTests
{
    const string Mac = "<mac address='52:54:00:0a:0b:0c'/>";

    public static TheoryData<string, string> Networks => new()
    {
        { "nat", $"<forward mode='nat'/>{Mac}<ip address='10.11.1.1' prefix='24'><dhcp><range start='10.11.1.2' end='10.11.1.254'/></dhcp></ip>" },
        { "nat by a device", $"<forward mode='nat' dev='lo'><nat><port start='2000' end='3000'/></nat></forward>{Mac}<ip address='10.11.1.1' prefix='24'/>" },
        { "routed", $"<forward mode='route'/>{Mac}<ip address='10.11.1.1' prefix='24'/><ip family='ipv6' address='fd00:11::1' prefix='64'/>" },
        { "isolated", $"<bridge stp='off' delay='3'/><mtu size='1400'/>{Mac}<ip address='10.11.1.1' prefix='24'><dhcp><range start='10.11.1.2' end='10.11.1.9'/></dhcp></ip>" },
        { "open", $"<forward mode='open'/>{Mac}<ip address='10.11.1.1' prefix='24'/>" },
        { "without addresses", Mac },
        { "without names", $"<forward mode='nat'/>{Mac}<dns enable='no'/><ip address='10.11.1.1' prefix='24'/>" },
        { "with routes", $"{Mac}<ip address='10.11.1.1' prefix='24'/><ip family='ipv6' address='fd00:11::1' prefix='64'/><route address='10.12.0.0' prefix='16' gateway='10.11.1.2'/><route family='ipv6' address='fd00:12::' prefix='64' gateway='fd00:11::2'/>" },
        { "of IPv6", $"<forward mode='nat'><nat ipv6='yes'/></forward>{Mac}<ip family='ipv6' address='fd00:11::1' prefix='64'><dhcp><range start='fd00:11::10' end='fd00:11::20'/></dhcp></ip>" },
        { "with a boot server", $"<forward mode='nat'/>{Mac}<domain name='lab' localOnly='yes'/><dns><host ip='10.11.1.8'><hostname>eight</hostname></host></dns><ip address='10.11.1.1' prefix='24'><tftp root='/tmp'/><dhcp><range start='10.11.1.2' end='10.11.1.9'/><host mac='52:54:00:00:00:01' name='one' ip='10.11.1.3'/><bootp file='boot'/></dhcp></ip>" },
    };

    [Theory, MemberData(nameof(Networks))]
    public async Task It_is_what_stock_makes(string name, string content)
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is { } why, StockDaemon.WhyNot() ?? "");
        Needs.Program("nsenter");
        string document = $"<network><name>n</name><uuid>7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01</uuid>{content}</network>";
        await using StockDaemon stock = await StockDaemon.StartAsync();
        await using NetworkDaemon ours = await NetworkDaemon.StartAsync();
        var theirs = new Place(stock.Socket, stock.Root, stock.Pid);
        var mine = new Place(ours.Daemon.Socket, ours.Daemon.Root, ours.Daemon.Pid);
        foreach (Place place in (Place[])[theirs, mine])
            await place.StartAsync(document);
        string expected = await theirs.DescribeAsync(), actual = await mine.DescribeAsync();
        Assert.True(expected == actual, $"{name}, stock:\n{expected}\nours:\n{actual}");
        foreach (Place place in (Place[])[theirs, mine])
            await place.VirshAsync("net-destroy", "n");
        (expected, actual) = (await theirs.DescribeAsync(), await mine.DescribeAsync());
        Assert.True(expected == actual, $"{name} stopped, stock:\n{expected}\nours:\n{actual}");
        await ours.UntilUnservedAsync();
    }

    /// <summary>A daemon and its network.</summary>
    sealed partial record Place(string Socket, string Root, int Pid)
    {
        public async Task<string> VirshAsync(params string[] arguments)
        {
            CommandResult result = await Command.RunAsync(Needs.Program("virsh"), ["-c", $"qemu+unix:///system?socket={Socket}", .. arguments]);
            Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result}");
            return result.Output;
        }

        public async Task StartAsync(string document)
        {
            string file = Path.Join(Root, "n.xml");
            await File.WriteAllTextAsync(file, document);
            await VirshAsync("net-define", file);
            await VirshAsync("net-start", "n");
        }

        public async Task<string> DescribeAsync() => string.Join('\n',
            await LinksAsync(), await InAsync("ip", "route"), await InAsync("ip", "-6", "route"), await InAsync("iptables-save"), await InAsync("ip6tables-save"),
            await InAsync("sh", "-c", "cd /proc/sys/net; for f in ipv4/ip_forward ipv6/conf/all/forwarding ipv6/conf/virbr*/disable_ipv6 ipv6/conf/virbr*/accept_ra ipv6/conf/virbr*/autoconf; do [ ! -f $f ] || echo $f $(cat $f); done"),
            await InAsync("sh", "-c", "ps -eo user,args | grep '[c]onf-file=" + (Root.Contains("stock", StringComparison.Ordinal) ? "/var" : Root) + "' | sort"),
            Files());

        /// <summary>Counters, times and numbers are not the same twice.</summary>
        async Task<string> LinksAsync()
        {
            JsonArray links = JsonNode.Parse(await InAsync("ip", "-d", "-j", "addr"))!.AsArray();
            foreach (JsonObject link in links.OfType<JsonObject>())
            {
                foreach (string name in (string[])["ifindex", "operstate", "qdisc", "flags", "txqlen"])
                    link.Remove(name);
                if (link["linkinfo"]?["info_data"] is JsonObject data)
                    foreach (string name in data.Select(static one => one.Key).Where(static one => one.EndsWith("_timer", StringComparison.Ordinal) || one.StartsWith("topology", StringComparison.Ordinal)).ToList())
                        data.Remove(name);
                if (link["addr_info"] is JsonArray addresses)
                    foreach (JsonObject address in addresses.OfType<JsonObject>())
                        address.Remove("tentative");
            }
            return links.ToJsonString().Replace(",\"", ",\n\"", StringComparison.Ordinal);
        }

        async Task<string> InAsync(params string[] command)
        {
            // Stock has namespaces of processes and mounts besides: its first process is the child of ours.
            int inside = Root.Contains("stock", StringComparison.Ordinal) ? int.Parse((await File.ReadAllTextAsync($"/proc/{Pid}/task/{Pid}/children")).Split(' ')[0]) : Pid;
            string[] spaces = inside == Pid ? ["-n"] : ["-n", "-m", "-p"];
            CommandResult result = await Command.RunAsync(Needs.Program("nsenter"), ["-t", inside.ToString(), .. spaces, "--", .. command]);
            return Normal(result.Output + result.Error);
        }

        string Files()
        {
            string folder = Path.Join(Root, "var/lib/libvirt/dnsmasq");
            return !Directory.Exists(folder) ? "" : string.Join('\n', Directory.GetFiles(folder).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal) && Path.GetFileName(file) is not "vireo-leases").Order(StringComparer.Ordinal)
                .Select(file => $"{Path.GetFileName(file)} {File.GetUnixFileMode(file)}\n{Normal(File.ReadAllText(file))}"));
        }

        string Normal(string text) => Helper().Replace(Comment().Replace(text.Replace(Root, "", StringComparison.Ordinal), "").Replace(" linkdown", "", StringComparison.Ordinal), "HELPER");

        [GeneratedRegex(@"^# .*\n", RegexOptions.Multiline)]
        private static partial Regex Comment();

        [GeneratedRegex(@"/usr/lib/libvirt/libvirt_leaseshelper|/var/lib/libvirt/dnsmasq/vireo-leases")]
        private static partial Regex Helper();
    }
}
