using Vireo.Core.Errors;
using Vireo.Drivers.Network.Firewall;
using Vireo.Drivers.Network.NameService;
using Vireo.Model.Network;
using Xunit;

namespace Vireo.Tests.Drivers.Network;

/// <summary>Rules and files of networks against those that libvirtd made.</summary>
public class StockNetworkTests
{
    public static TheoryData<string> Fenced => [.. StockNetwork.All.Where(static n => n.Value.Parts.ContainsKey("rules")).Select(static n => n.Key)];

    public static TheoryData<string> Served => [.. StockNetwork.All.Where(static n => n.Value.Refused is null).Select(static n => n.Key)];

    public static TheoryData<string> Refused => [.. StockNetwork.All.Where(static n => n.Value.Refused is not null).Select(static n => n.Key)];

    [Theory, MemberData(nameof(Fenced))]
    public void The_packet_filter_gets_the_same_rules(string name)
    {
        StockNetwork stock = StockNetwork.All[name];
        IEnumerable<string> rules = NetworkFirewall.Rules(NetworkDef.Define(stock.Xml), "virbr7")
            .Select(static rule => $"{(rule.Layer == FirewallLayer.Ipv6 ? 6 : 4)} {rule.Table} {rule.Chain} {string.Join(' ', rule.Words)}\n");
        Assert.Equal(stock.Parts["rules"], string.Concat(rules));
    }

    [Theory, MemberData(nameof(Served))]
    public void Dnsmasq_gets_the_same_files_or_is_not_needed(string name)
    {
        StockNetwork stock = StockNetwork.All[name];
        NetworkDef network = NetworkDef.Define(stock.Xml);
        Assert.Equal(stock.Parts.ContainsKey("conf"), DnsmasqFiles.Needed(network));
        if (!stock.Parts.TryGetValue("conf", out string? configuration))
            return;
        string pid = $"/run/libvirt/network/{network.Name}.pid";
        var files = DnsmasqFiles.Of(network, "virbr7", "/var/lib/libvirt/dnsmasq", pid);
        Assert.Equal(configuration, string.Concat(files.Configuration.Split('\n').Where(static line => line.Length > 0 && !line.StartsWith("##", StringComparison.Ordinal)).Select(static line => line + "\n")));
        Assert.Equal(stock.Parts.GetValueOrDefault("hosts", ""), files.Hosts);
        Assert.Equal(stock.Parts.GetValueOrDefault("names", ""), files.Names);
    }

    [Theory, MemberData(nameof(Refused))]
    public void What_cannot_be_served_is_refused_with_the_same_words(string name)
    {
        StockNetwork stock = StockNetwork.All[name];
        var refused = Assert.Throws<VireoException>(() => DnsmasqFiles.Of(NetworkDef.Define(stock.Xml), "virbr7", "/var/lib/libvirt/dnsmasq"));
        Assert.StartsWith(stock.Refused!, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_chains_that_are_missing_are_made()
    {
        var rules = new Dictionary<string, string> { ["filter"] = "-P INPUT ACCEPT\n-N LIBVIRT_INP\n-N LIBVIRT_OUT\n-N LIBVIRT_FWO\n-N LIBVIRT_FWI\n-N LIBVIRT_FWX\n-A INPUT -j LIBVIRT_INP\n-A OUTPUT -j LIBVIRT_OUT\n-A FORWARD -j LIBVIRT_FWX\n-A FORWARD -j LIBVIRT_FWI\n", ["nat"] = "-N LIBVIRT_PRT\n-A POSTROUTING -j LIBVIRT_PRT\n" };
        Assert.Equal(
        [
            "iptables -w --table filter --insert FORWARD --jump LIBVIRT_FWO",
            "iptables -w --table mangle --new-chain LIBVIRT_PRT",
            "iptables -w --table mangle --insert POSTROUTING --jump LIBVIRT_PRT",
        ], FirewallChains.Make(FirewallLayer.Ipv4, rules).Select(static command => string.Join(' ', command)));
    }
}
