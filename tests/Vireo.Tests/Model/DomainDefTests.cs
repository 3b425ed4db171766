using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Model;

public class DomainDefTests
{
    static readonly DomainDef Live = DomainDef.Parse(DomainDocuments.Ordinary, DomainParse.None);

    [Fact]
    public void A_document_comes_out_as_it_went_in() =>
        Assert.Equal(DomainDocuments.Ordinary, Live.ToXml(DomainFormat.Secure));

    [Fact]
    public void Passwords_are_written_only_when_asked_for()
    {
        Assert.DoesNotContain("passwd", Live.ToXml(DomainFormat.None), StringComparison.Ordinal);
        Assert.Contains("passwd='secret'", Live.ToXml(DomainFormat.Secure), StringComparison.Ordinal);
    }

    [Fact]
    public void An_inactive_definition_has_nothing_that_only_a_running_machine_has()
    {
        string inactive = Live.ToXml(DomainFormat.Inactive);
        foreach (string gone in (string[])["id='3'", "virtio-disk0", "/dev/pts", "state='connected'"])
            Assert.DoesNotContain(gone, inactive, StringComparison.Ordinal);
        Assert.Contains("<alias name='ua-agent'/>", inactive, StringComparison.Ordinal);
        DomainDef read = DomainDef.Parse(DomainDocuments.Ordinary, DomainParse.Inactive);
        Assert.Null(read.Id);
        Assert.Equal(inactive, read.ToXml(DomainFormat.Inactive));
    }

    [Fact]
    public void Two_readings_are_equal_and_a_change_is_not()
    {
        DomainDef again = DomainDef.Parse(DomainDocuments.Ordinary, DomainParse.None);
        Assert.Equal(Live, again);
        Assert.Equal(Live.GetHashCode(), again.GetHashCode());
        Assert.NotEqual(Live, again with { Devices = again.Devices with { Disks = again.Devices.Disks.RemoveAt(0) } });
    }

    [Fact]
    public void What_was_not_written_is_null()
    {
        DomainDef def = DomainDef.Parse("<domain type='test'><name>n</name><devices><disk><target dev='hda'/></disk><interface/><serial/></devices></domain>");
        Assert.Null(def.Uuid);
        Assert.Null(def.Vcpu);
        Assert.Null(def.OnCrash);
        Assert.IsType<DiskSource.OfFile>(def.Devices.Disks[0].Source);
        Assert.Null(def.Devices.Disks[0].Target.Bus);
        Assert.IsType<InterfaceSource.OfUser>(def.Devices.Interfaces[0].Source);
        Assert.IsType<ChardevSource.OfPty>(def.Devices.Serials[0].Source);
    }

    [Theory]
    [InlineData("unit='b'", 1048576, 1024)]
    [InlineData("", 1024, 1024)]
    [InlineData("unit='M'", 1, 1024)]
    [InlineData("unit='MB'", 1, 977)]
    [InlineData("unit='GiB'", 2, 2097152)]
    public void Memory_is_counted_in_KiB_rounded_up(string unit, int written, int kib)
    {
        DomainDef def = DomainDef.Parse($"<domain type='test'><name>n</name><memory {unit}>{written}</memory></domain>");
        Assert.Equal(new MemorySize((ulong)kib), def.Memory);
    }

    [Fact]
    public void A_definition_stands_inside_another_document()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        output.Open("domstatus");
        output.Attribute("state", "running");
        Live.WriteXml(output);
        output.Close("domstatus");
        string status = output.ToString();
        Assert.StartsWith("<domstatus state='running'>\n  <domain type='kvm'", status, StringComparison.Ordinal);

        using XmlInput input = XmlInput.Open(status, "domstatus", new XmlInputOptions("domain_status"));
        DomainDef? inner = null;
        int at = input.Enter();
        while (input.NextChild(at))
            if (input.Name == "domain")
                inner = DomainDef.ReadXml(input);
        input.Finish();
        Assert.Equal(Live.ToXml(DomainFormat.None), inner!.ToXml(DomainFormat.None));
    }

    [Fact]
    public void One_device_is_read_and_written_alone()
    {
        Device device = Device.Parse("<watchdog model='itco' action='reset'><address type='pci' slot='5'/></watchdog>");
        Assert.Equal(new Watchdog { Model = WatchdogModel.Itco, Action = WatchdogAction.Reset, Address = new DeviceAddress.Pci { Slot = 5 } }, device);
        Assert.Equal("<watchdog model='itco' action='reset'>\n  <address type='pci' domain='0x0000' bus='0x00' slot='0x05' function='0x0'/>\n</watchdog>\n", device.ToXml());
        Assert.Throws<Vireo.Core.Errors.VireoException>(() => Device.Parse("<zz/>"));
    }

    [Fact]
    public void The_enumeration_of_devices_has_every_kind_with_an_address()
    {
        Assert.Equal(14, Live.Devices.Count());
        Assert.Equal("virtio-disk0", Live.Devices.First().Alias);
    }
}
