using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Capabilities;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Agent;

public sealed class GuestDisksTests
{
    static readonly DomainDef machine = DomainDef.Parse("""
        <domain type='qemu'><name>g</name><memory>1</memory><os><type>hvm</type></os><devices>
          <disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><address type='pci' domain='0' bus='0' slot='6' function='0'/></disk>
          <disk type='file'><source file='/b'/><target dev='sdb' bus='scsi'/><address type='drive' controller='1' bus='0' target='2' unit='3'/></disk>
          <controller type='scsi' index='1' model='virtio-scsi'><address type='pci' domain='0' bus='0' slot='7' function='0'/></controller>
        </devices></domain>
        """);

    static GuestDisk Disk(string bus, int slot, uint target = 0, uint unit = 0) => new(bus, 0, target, unit, $"0000:00:0{slot}.0", null, null);

    [Fact]
    public void A_disk_is_found_by_its_own_address_or_by_that_of_its_controller()
    {
        Assert.Equal("vda", GuestFileSystems.TargetOf(machine, Disk("virtio", 6)));
        Assert.Equal("sdb", GuestFileSystems.TargetOf(machine, Disk("scsi", 7, 2, 3)));
        Assert.Null(GuestFileSystems.TargetOf(machine, Disk("scsi", 7, 2, 4)));
        Assert.Null(GuestFileSystems.TargetOf(machine, Disk("virtio", 8)));
    }

    [Fact]
    public void What_a_guest_says_of_its_disks_is_read_without_trust()
    {
        using var good = JsonDocument.Parse("""[{"name":"/dev/vda1","partition":true,"dependencies":["/dev/vda"]},{"name":"/dev/vda","partition":false,"alias":"x"}]""");
        var disks = new GuestGetDisks().Read(good.RootElement);
        Assert.Equal(["/dev/vda1", "/dev/vda"], disks.Select(static one => one.Name));
        Assert.Equal(["/dev/vda"], disks[0].DependsOn);
        foreach (string bad in (string[])["{}", "[{}]", """[{"name":"a"}]""", """[{"name":"a","partition":true,"dependencies":[5]}]"""])
        {
            using var document = JsonDocument.Parse(bad);
            Assert.Throws<VireoException>(() => new GuestGetDisks().Read(document.RootElement));
        }
    }
}
