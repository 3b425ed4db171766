using Vireo.Core.Errors;
using Vireo.Model.Interfaces;
using Vireo.Model.Network;
using Vireo.Model.NwFilter;
using Vireo.Model.Secret;
using Xunit;

namespace Vireo.Tests.Model.Network;

public class NetworkDocumentTests
{
    public static TheoryData<string, string> Documents => new()
    {
        { "nat", NetworkSamples.Nat }, { "switch", NetworkSamples.Switch }, { "pci", NetworkSamples.Pci }, { "port", NetworkSamples.Port },
        { "filter", NetworkSamples.Filter }, { "binding", NetworkSamples.Binding }, { "bridge", NetworkSamples.Bridge }, { "bond", NetworkSamples.Bond },
        { "secret", NetworkSamples.Secret },
    };

    internal static string Written(string xml) => xml switch
    {
        _ when xml.StartsWith("<networkport", StringComparison.Ordinal) => NetworkPortDef.Define(xml).ToXml(),
        _ when xml.StartsWith("<filterbinding", StringComparison.Ordinal) => FilterBindingDef.Parse(xml).ToXml(),
        _ when xml.StartsWith("<filter", StringComparison.Ordinal) => FilterDef.Define(xml).ToXml(),
        _ when xml.StartsWith("<interface", StringComparison.Ordinal) => InterfaceDef.Define(xml).ToXml(),
        _ when xml.StartsWith("<secret", StringComparison.Ordinal) => SecretDef.Define(xml).ToXml(),
        _ => NetworkDef.Define(xml, inactive: false).ToXml(),
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_finished_document_comes_out_as_it_went_in(string name, string xml)
    {
        Assert.NotEmpty(name);
        Assert.Equal(xml, Written(xml));
    }

    [Fact]
    public void An_inactive_network_has_no_counts_of_guests()
    {
        string inactive = NetworkDef.Define(NetworkSamples.Switch).ToXml(inactive: true);
        Assert.DoesNotContain("connections", inactive, StringComparison.Ordinal);
        Assert.Contains("<interface dev='eth1'/>", inactive, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_written_is_null_until_defaults_fill_it_in()
    {
        NetworkDef written = NetworkDef.Parse("<network><forward dev='e'/><name>n</name><ip address='10.1'/></network>");
        Assert.Null(written.Bridge);
        Assert.Null(written.Forward!.Mode);
        Assert.Equal("10.0.0.1", written.Ips[0].Address.ToString());
        NetworkDef filled = NetworkDefaults.Fill(written);
        Assert.Equal((true, 0ul), (filled.Bridge!.Stp!.Value, filled.Bridge.Delay!.Value));
        Assert.Equal((ForwardMode.Nat, "e"), (filled.Forward!.Mode!.Value, filled.Forward.Interfaces[0].Device));
    }

    [Fact]
    public void Attributes_of_several_elements_of_a_filter_are_laid_over_each_other()
    {
        FilterDef filter = FilterDef.Define("<filter name='f'><rule action='drop' direction='in'><tcp dscp='1' srcportstart='5'/><udp dscp='9'/><tcp match='no' dscp='2' srcportend='07'/></rule></filter>");
        Assert.Contains("    <tcp match='no' dscp='2'/>\n    <tcp srcportstart='5' srcportend='7'/>\n", filter.ToXml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<mac protocolid='0x0806' srcmacmask='ff:ff:0:0:0:0'/>", "<mac srcmacmask='ff:ff:00:00:00:00' protocolid='arp'/>")]
    [InlineData("<vlan vlanid='$V[ @3 ]' encap-protocol='IPv6'/>", "<vlan vlanid='$V[@3]' encap-protocol='ipv6'/>")]
    [InlineData("<stp root-address='1:2:3:4:5:6' age-hi='0x7'/>", "<stp root-address='01:02:03:04:05:06' age-hi='0x7'/>")]
    [InlineData("<rarp opcode='3' arpdstipmask='255.0.0.0'/>", "<rarp opcode='Request_Reverse' arpdstipmask='8'/>")]
    [InlineData("<ip protocol='6' dstportstart='80'/>", "<ip protocol='tcp' dstportstart='80'/>")]
    [InlineData("<ipv6 srcipmask='ffff::' typeend='255'/>", "<ipv6 srcipmask='16' typeend='255'/>")]
    [InlineData("<udp state='related,new'/>", "<udp state='NEW,RELATED'/>")]
    [InlineData("<icmpv6 code='3'/>", "<icmpv6 code='3'/>")]
    public void Values_of_filters_are_written_in_normal_form(string written, string normal)
    {
        FilterDef filter = FilterDef.Define($"<filter name='f'><rule action='drop' direction='in'>{written}</rule></filter>");
        Assert.Contains($"    {normal}\n", filter.ToXml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<network/>", ErrorCode.NoName, ErrorDomain.Network, "missing name information")]
    [InlineData("<network><mtu size='x'/><name>n</name></network>", ErrorCode.XmlError, ErrorDomain.Network, "XML error: Invalid mtu size 'x' in network 'n'")]
    [InlineData("<network><name>a/b</name></network>", ErrorCode.XmlDetail, ErrorDomain.Xml, "invalid char in name: /")]
    [InlineData("<network><name>n</name><forward/></network>", ErrorCode.XmlError, ErrorDomain.Network, "XML error: nat forwarding requested, but no IP address provided for network 'n'")]
    [InlineData("<network><name>n</name><ip address='10.0.0.1' prefix='8'><dhcp><range start='10.0.0.9' end='10.9.0.0'/></dhcp></ip></network>",
        ErrorCode.InternalError, ErrorDomain.None, "internal error: range 10.0.0.9 - 10.9.0.0 is too large (> 65535)")]
    [InlineData("<network><name>n</name><dns><srv service='s' protocol='tcp' target='t' port='x'/></dns></network>",
        ErrorCode.XmlDetail, ErrorDomain.Network, "invalid DNS SRV port attribute for service 's' in network 'n'")]
    [InlineData("<network><name>n</name><vlan><tag id='4096'/></vlan></network>", ErrorCode.XmlError, ErrorDomain.None, "XML error: vlan tag id 4096 too large (maximum 4095)")]
    [InlineData("<network><name>n</name><virtualport type='802.1Qbh'><parameters managerid='1'/></virtualport></network>",
        ErrorCode.XmlError, ErrorDomain.Net, "XML error: extra managerid unsupported in <virtualport type='802.1Qbh'>")]
    [InlineData("<networkport/>", ErrorCode.InternalError, ErrorDomain.Network, "internal error: network port has no uuid")]
    [InlineData("<filter/>", ErrorCode.InternalError, ErrorDomain.Nwfilter, "internal error: filter has no name")]
    [InlineData("<filter name='f' chain='x'/>", ErrorCode.InvalidArg, ErrorDomain.Nwfilter, "invalid argument: Invalid chain name 'x'. Please use a chain name called 'root'")]
    [InlineData("<filter name='f'><rule action='drop' direction='in'><tcp dscp='64'/></rule></filter>", ErrorCode.InternalError, ErrorDomain.Nwfilter, "internal error: dscp has illegal value 64")]
    [InlineData("<interface type='vlan' name='v'/>", ErrorCode.XmlError, ErrorDomain.Interface, "XML error: vlan interface misses the vlan element")]
    [InlineData("<secret><usage type='tls'/></secret>", ErrorCode.InternalError, ErrorDomain.Secret, "internal error: TLS usage specified, but name is missing")]
    public void What_is_wrong_is_said_in_libvirts_words_and_with_its_place(string xml, ErrorCode code, ErrorDomain domain, string text)
    {
        VireoException refused = Assert.Throws<VireoException>(() => Written(xml));
        Assert.Equal((code, domain), (refused.Code, refused.Domain));
        Assert.StartsWith(text, refused.Message, StringComparison.Ordinal);
        Assert.Contains(" (line 1, column ", refused.Message, StringComparison.Ordinal);
    }
}
