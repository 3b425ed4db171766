using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Drivers.Qemu.Start.Usb;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

public sealed class HostDevicesTests : IDisposable
{
    readonly string tree = Directory.CreateTempSubdirectory("tree").FullName;

    public void Dispose() => Directory.Delete(tree, recursive: true);

    [Fact]
    public void A_lun_is_reached_by_its_generic_node()
    {
        Directory.CreateDirectory(Path.Join(tree, "2:0:3:4/scsi_generic/sg7"));
        Assert.Equal("/dev/sg7", HostScsi.NodeOf(Lun("scsi_host2", 3, 4), tree));
    }

    [Fact]
    public void A_lun_that_is_not_there_is_the_systems_error()
    {
        var error = Assert.Throws<VireoException>(() => HostScsi.NodeOf(Lun("scsi_host2", 0, 0), tree));
        Assert.Equal($"cannot open directory '{tree}/2:0:0:0/scsi_generic': No such file or directory", error.Message);
    }

    [Fact]
    public void An_adapter_has_a_number() =>
        Assert.Equal(ErrorCode.InternalError, Assert.Throws<VireoException>(() => HostScsi.NodeOf(Lun("scsi_hostx", 0, 0), tree)).Code);

    [Theory]
    [InlineData("<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='6' slot='2' function='0'/></source></hostdev>", "host doesn't support passthrough of host PCI devices")]
    [InlineData("<interface type='hostdev'><source><address type='pci' domain='0' bus='6' slot='2' function='0'/></source></interface>", "host doesn't support passthrough of host PCI devices")]
    [InlineData("<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/></source></hostdev>",
        "Mediated host device assignment requires VFIO support")]
    public void Who_cannot_lend_says_so(string device, string message)
    {
        DomainDef machine = Machine(device);
        Assert.Contains(message, Assert.Throws<VireoException>(() => HostAssignment.Check(machine, lends: false, tree)).Message, StringComparison.Ordinal);
        HostAssignment.Check(machine, lends: true, tree);
    }

    [Fact]
    public void An_nvme_controller_must_be_there()
    {
        DomainDef machine = Machine("<disk type='nvme' device='disk'><source type='pci' namespace='1'><address domain='0' bus='1' slot='0' function='0'/></source><target dev='vda'/></disk>");
        Assert.Contains("0000:01:00.0 not found", Assert.Throws<VireoException>(() => HostAssignment.Check(machine, lends: true, tree)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Join(tree, "0000:01:00.0"));
        File.WriteAllText(Path.Join(tree, "0000:01:00.0/config"), "");
        HostAssignment.Check(machine, lends: true, tree);
    }

    [Theory]
    [InlineData("<vendor id='0x1d6b'/><product id='0x0002'/>", 2)]
    [InlineData("<address bus='1' device='2'/>", 2)]
    [InlineData("<vendor id='0x1d6b'/><product id='0xffff'/>", "Did not find USB device 1d6b:ffff")]
    [InlineData("<address bus='1' device='9'/>", "Did not find USB device bus:1 device:9")]
    [InlineData("<vendor id='0x1d6b'/><product id='0x0009'/><address bus='1' device='9'/>", "Did not find USB device 1d6b:0009 bus:1 device:9")]
    public void A_usb_device_must_be_there_or_may_be_missing(string source, object expected)
    {
        string folder = Directory.CreateDirectory(Path.Join(tree, "1-1")).FullName;
        foreach (string[] fact in (string[][])[["idVendor", "1d6b"], ["idProduct", "0002"], ["busnum", "1"], ["devnum", "2"]])
            File.WriteAllText(Path.Join(folder, fact[0]), fact[1] + "\n");
        string Device(string policy) => $"<hostdev mode='subsystem' type='usb'><source{policy}>{source}</source></hostdev>";
        HostdevSource.OfUsb Found(string policy) => (HostdevSource.OfUsb)HostUsbDevices.Find(Machine(Device(policy)), tree).Devices.Hostdevs[0].Source;

        if (expected is string message)
        {
            Assert.Equal($"internal error: {message}", Assert.Throws<VireoException>(() => Found("")).Message);
            Assert.True(Found(" startupPolicy='optional'") is { Missing: true, Bus: null });
        }
        else
            Assert.Equal((1u, 2u), (Found("").Bus, Found("").DeviceNumber));
    }

    [Fact]
    public void Without_a_usb_bus_nothing_is_looked_for()
    {
        DomainDef machine = Machine("<hostdev mode='subsystem' type='usb'><source startupPolicy='optional'><vendor id='1'/><product id='2'/></source></hostdev>");
        Assert.Equal("cannot open directory '/nosuch': No such file or directory", Assert.Throws<VireoException>(() => HostUsbDevices.Find(machine, "/nosuch")).Message);
    }

    static HostdevSource.OfScsi Lun(string adapter, uint target, ulong unit) => new() { Adapter = adapter, Bus = 0, Target = target, Unit = unit };

    static DomainDef Machine(string device) =>
        DomainDef.Parse($"<domain type='kvm'><name>a</name><memory>1024</memory><os><type arch='x86_64'>hvm</type></os><devices>{device}</devices></domain>");
}
