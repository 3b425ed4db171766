using Vireo.Drivers.Network.Firewall;
using Vireo.Model.Network;
using Xunit;

namespace Vireo.Tests.Drivers.Network;

/// <summary>Rules of a network are missed when somebody took some away.</summary>
public sealed class SavedFilterTests
{
    const string Filter = """
        -N LIBVIRT_FWI
        -N LIBVIRT_FWO
        -N LIBVIRT_FWX
        -N LIBVIRT_INP
        -N LIBVIRT_OUT
        -A INPUT -j LIBVIRT_INP
        -A FORWARD -j LIBVIRT_FWX
        -A FORWARD -j LIBVIRT_FWI
        -A FORWARD -j LIBVIRT_FWO
        -A OUTPUT -j LIBVIRT_OUT
        -A LIBVIRT_FWI -o virbr7 -j REJECT --reject-with icmp-port-unreachable
        -A LIBVIRT_FWO -i virbr7 -j REJECT --reject-with icmp-port-unreachable
        -A LIBVIRT_FWX -i virbr7 -o virbr7 -j ACCEPT
        -A LIBVIRT_INP -i virbr7 -p udp -m udp --dport 53 -j ACCEPT
        -A LIBVIRT_INP -i virbr7 -p tcp -m tcp --dport 53 -j ACCEPT
        -A LIBVIRT_INP -i virbr7 -p udp -m udp --dport 67 -j ACCEPT
        -A LIBVIRT_INP -i virbr7 -p tcp -m tcp --dport 67 -j ACCEPT
        -A LIBVIRT_OUT -o virbr7 -p udp -m udp --dport 53 -j ACCEPT
        -A LIBVIRT_OUT -o virbr7 -p tcp -m tcp --dport 53 -j ACCEPT
        -A LIBVIRT_OUT -o virbr7 -p udp -m udp --dport 68 -j ACCEPT
        -A LIBVIRT_OUT -o virbr7 -p tcp -m tcp --dport 68 -j ACCEPT
        """;

    const string Postrouting = "-N LIBVIRT_PRT\n-A POSTROUTING -j LIBVIRT_PRT\n";

    [Theory]
    [InlineData("", true)]
    [InlineData("-A LIBVIRT_INP -i virbr7 -p udp -m udp --dport 53 -j ACCEPT", false)]
    [InlineData("-A FORWARD -j LIBVIRT_FWO", false)]
    [InlineData("-N LIBVIRT_FWX", false)]
    [InlineData("-A LIBVIRT_FWX -i virbr7 -o virbr7 -j ACCEPT", false)]
    public void Whatever_is_taken_is_missed(string taken, bool has)
    {
        NetworkDef network = NetworkDef.Define("<network><name>n</name><bridge name='virbr7'/><ip address='10.13.1.1' prefix='24'/></network>");
        var tables = new Dictionary<string, string>
        {
            ["filter"] = taken.Length == 0 ? Filter : Filter.Replace(taken, "-A LIBVIRT_INP -i virbr70 -j ACCEPT", StringComparison.Ordinal),
            ["nat"] = Postrouting,
            ["mangle"] = Postrouting,
        };
        var saved = new SavedFilter(new Dictionary<FirewallLayer, IReadOnlyDictionary<string, string>> { [FirewallLayer.Ipv4] = tables });
        Assert.Equal(has, saved.Has(network, NetworkFirewall.Rules(network, "virbr7")));
    }
}
