using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Status;

/// <summary>Cards that a network gave, as clients see them and as status files have them.</summary>
public sealed class NetworkCardsTests
{
    // As libvirtd wrote it.
    const string Stock = """
        <interface type='network'>
          <mac address='52:54:00:11:22:02'/>
          <source network='hn' portid='9415ece2-6624-4400-9098-dc49daa19423'/>
          <vlan>
            <tag id='42'/>
          </vlan>
          <actual type='hostdev' managed='yes'>
            <driver name='vfio'/>
            <source>
              <address type='pci' domain='0x0000' bus='0x00' slot='0x10' function='0x3'/>
            </source>
            <vlan>
              <tag id='42'/>
            </vlan>
          </actual>
          <alias name='hostdev0'/>
          <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
        </interface>
        """;

    [Fact]
    public void A_function_of_a_network_comes_out_of_a_status_file_as_it_went_in()
    {
        DomainDef live = NetworkCards.FromStatus(Machine(Stock));
        var card = live.Devices.Interfaces[0];
        Assert.Equal(("hn", "9415ece2-6624-4400-9098-dc49daa19423"), (NetworkCards.PortOf(card).Network, NetworkCards.PortOf(card).Port.ToString()));
        Assert.Equal(["0000:00:10.3 True"], LentDevices.Functions(live).Select(static f => $"{HostPci.NameOf(f.Address)} {f.IsManaged}"));
        string shown = live.ToXml(DomainFormat.Secure);
        Assert.Contains("<interface type='hostdev' managed='yes'>", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hn", shown, StringComparison.Ordinal);       // libvirt tells clients nothing of the network
        Assert.Equal(Machine(Stock), NetworkCards.ForStatus(live));
        Assert.Contains(Indented(Stock), NetworkCards.ForStatus(live).ToXml(DomainFormat.Status), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_came_from_a_network_is_the_networks_in_the_definition()
    {
        var written = NetworkCards.Written(NetworkCards.FromStatus(Machine(Stock)).Devices.Interfaces[0]);
        Assert.Equal(new InterfaceSource.OfNetwork { Network = "hn" }, written.Source);
        Assert.Equal((null, null), (written.Managed, written.Driver));
    }

    [Theory]
    [InlineData("<interface type='hostdev'><source><address type='pci' domain='0' bus='0' slot='3' function='1'/></source>{0}<bandwidth><inbound average='3'/></bandwidth></interface>",
        "bandwidth settings are not supported for hostdev interfaces")]
    [InlineData("<interface type='direct'><source dev='m0' mode='private'/>{0}<vlan><tag id='4'/></vlan></interface>", "vlan tag not supported for this connection type")]
    [InlineData("<interface type='user'>{0}<vlan><tag id='4'/></vlan></interface>", "vlan tag not supported for this connection type")]
    [InlineData("<interface type='direct'><source dev='m0' mode='passthrough'/>{0}<vlan><tag id='4'/></vlan></interface>", null)]
    [InlineData("<interface type='bridge'><source bridge='br0'/>{0}<vlan><tag id='4'/></vlan><virtualport type='openvswitch'/></interface>", null)]
    public void What_a_connection_cannot_do_is_refused(string written, string? text)
    {
        var card = Machine(string.Format(System.Globalization.CultureInfo.InvariantCulture, written, "<mac address='52:54:00:11:22:01'/>")).Devices.Interfaces[0];
        Assert.Equal(text is null ? null : $"unsupported configuration: interface 52:54:00:11:22:01 - {text}",
            (Record.Exception(() => NetworkCards.Check(card)) as Vireo.Core.Errors.VireoException)?.Message);
    }

    static string Indented(string text) => string.Join('\n', text.Split('\n').Select(static line => "    " + line));

    static DomainDef Machine(string card) => DomainDef.Parse($"""
        <domain type='qemu' id='1'><name>d1</name><uuid>78e12a5f-53df-40f7-9b10-917b4b0ee34f</uuid><memory>65536</memory>
        <os><type arch='x86_64' machine='pc'>hvm</type></os><devices>{card}</devices></domain>
        """, DomainParse.Status);
}
