using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Xunit;

namespace Vireo.Tests.Model;

/// <summary>Drivers of network cards as libvirt 9.0.0 writes and refuses them.</summary>
public class InterfaceNormalsTests
{
    static DomainDef Complete(string document) => GeneralDefaults.Apply(DomainDef.Parse(document), new GeneralContext());

    static DomainDef Define(string card) => Complete($"<domain type='kvm'><name>n</name><memory>1</memory><os><type>hvm</type></os><devices>{card}</devices></domain>");

    const string Function = "<source><address type='pci' domain='0' bus='3' slot='7' function='1'/></source>";

    [Fact]
    public void What_lends_a_card_of_the_host_stands_before_it_and_the_guests_options_behind()
    {
        string written = Define($"<interface type='hostdev' managed='yes'>{Function}<model type='virtio'/><driver name='vfio' queues='2' txmode='iothread' iommu='on'><host csum='off'/></driver></interface>").ToXml();
        Assert.Contains("""
                <interface type='hostdev' managed='yes'>
                  <driver name='vfio'/>
                  <source>
                    <address type='pci' domain='0x0000' bus='0x03' slot='0x07' function='0x1'/>
                  </source>
                  <model type='virtio'/>
                  <driver iommu='on'/>
            """, written, StringComparison.Ordinal);
        Assert.Equal(written, Complete(written).ToXml());
    }

    [Theory]
    [InlineData("<interface type='hostdev'>" + Function + "<driver name='vhost'/></interface>", "vhost")]
    [InlineData("<interface type='user'><model type='virtio'/><driver name='vfio'/></interface>", "vfio")]
    public void A_card_is_lent_by_what_lends_cards_and_driven_by_what_drives_them(string card, string name)
    {
        VireoException refused = Assert.Throws<VireoException>(() => Define(card));
        Assert.Equal((ErrorCode.XmlError, ErrorDomain.Xml, $"XML error: Invalid value for attribute 'name' in element 'driver': '{name}'."), (refused.Code, refused.Domain, refused.Message));
    }

    [Fact]
    public void Only_a_card_of_the_host_is_managed() =>
        Assert.DoesNotContain("managed", Define("<interface type='network' managed='yes'><source network='a'/></interface>").ToXml(), StringComparison.Ordinal);
}
