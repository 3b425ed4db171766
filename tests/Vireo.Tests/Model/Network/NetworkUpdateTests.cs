using Vireo.Core.Errors;
using Vireo.Model.Network;
using Xunit;

namespace Vireo.Tests.Model.Network;

public class NetworkUpdateTests
{
    static readonly NetworkDef Nat = NetworkDef.Define(NetworkSamples.Nat);

    [Theory]
    [InlineData(NetworkUpdateCommand.AddFirst, NetworkSection.DnsTxt, "<txt name='new' value='v'/>", "    <txt name='new' value='v'/>\n    <txt name='owner' value='team a'/>\n")]
    [InlineData(NetworkUpdateCommand.AddLast, NetworkSection.DnsSrv, "<srv service='x' protocol='udp'/>", "weight='5'/>\n    <srv service='x' protocol='udp'/>\n")]
    [InlineData(NetworkUpdateCommand.Delete, NetworkSection.DnsHost, "<host><hostname>copier</hostname></host>", "weight='5'/>\n  </dns>\n")]
    [InlineData(NetworkUpdateCommand.Delete, NetworkSection.DnsSrv, "<srv service='ldap'/>", "value='team a'/>\n    <host ip")]
    [InlineData(NetworkUpdateCommand.AddLast, NetworkSection.IpDhcpRange, "<range start='192.0.2.20' end='192.0.2.30'/>", "</range>\n      <range start='192.0.2.20' end='192.0.2.30'/>\n")]
    [InlineData(NetworkUpdateCommand.Modify, NetworkSection.IpDhcpHost, "<host mac='52:54:0:AA:bb:2' name='two' ip='192.0.2.11'/>", "<host mac='52:54:0:AA:bb:2' name='two' ip='192.0.2.11'/>\n      <bootp")]
    [InlineData(NetworkUpdateCommand.Delete, NetworkSection.IpDhcpHost, "<host name='one'/>", "</range>\n      <bootp")]
    [InlineData(NetworkUpdateCommand.Delete, NetworkSection.ForwardInterface, "<interface dev='eth7'/>", "<forward mode='nat'>\n")]
    [InlineData(NetworkUpdateCommand.AddLast, NetworkSection.PortGroup, "<portgroup name='g'/>", "  <portgroup name='g'>\n  </portgroup>\n")]
    public void A_section_is_changed(NetworkUpdateCommand command, NetworkSection section, string xml, string part)
    {
        NetworkDef changed = NetworkUpdate.ApplyChecked(Nat, command, section, -1, xml);
        Assert.Contains(part, changed.ToXml(), StringComparison.Ordinal);
        Assert.DoesNotContain(part, Nat.ToXml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NetworkUpdateCommand.Modify, NetworkSection.Bridge, "<x/>", ErrorCode.OperationUnsupported, "can't update 'bridge' section of network 'lab'")]
    [InlineData(NetworkUpdateCommand.Modify, NetworkSection.DnsTxt, "<txt/>", ErrorCode.OperationUnsupported, "DNS TXT records cannot be modified, only added or deleted")]
    [InlineData(NetworkUpdateCommand.AddLast, NetworkSection.DnsTxt, "<x/>", ErrorCode.XmlError, "unexpected element <x>, expecting <txt>, while updating network 'lab'")]
    [InlineData(NetworkUpdateCommand.AddLast, NetworkSection.DnsTxt, "<txt name='owner' value='q'/>", ErrorCode.OperationInvalid, "there is already a DNS TXT record with name 'owner' in network lab")]
    [InlineData(NetworkUpdateCommand.AddLast, NetworkSection.IpDhcpHost, "<host mac='x'/>", ErrorCode.XmlError, "Cannot parse MAC address 'x' in network 'lab'")]
    [InlineData(NetworkUpdateCommand.AddLast, NetworkSection.IpDhcpRange, "<range start='10.0.0.1' end='10.0.0.2'/>", ErrorCode.InternalError, "range 10.0.0.1 - 10.0.0.2 is not entirely within network 192.0.2.1/24")]
    [InlineData(NetworkUpdateCommand.Delete, NetworkSection.PortGroup, "<portgroup name='g'/>", ErrorCode.OperationInvalid, "couldn't find a portgroup entry in network 'lab' matching <portgroup name='g'>")]
    [InlineData(NetworkUpdateCommand.AddLast, NetworkSection.ForwardInterface, "<interface dev='eth8'/>", ErrorCode.XmlError, "multiple forwarding interfaces specified for network 'lab', only one is supported")]
    [InlineData((NetworkUpdateCommand)9, NetworkSection.PortGroup, "<portgroup name='g'/>", ErrorCode.OperationUnsupported, "unrecognized network update command code 9")]
    public void What_cannot_be_changed_is_said_in_libvirts_words(NetworkUpdateCommand command, NetworkSection section, string xml, ErrorCode code, string text)
    {
        VireoException refused = Assert.Throws<VireoException>(() => NetworkUpdate.ApplyChecked(Nat, command, section, -1, xml));
        Assert.Equal(code, refused.Code);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }
}
