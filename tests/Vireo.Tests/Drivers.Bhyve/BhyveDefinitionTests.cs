using Vireo.Core.Errors;
using Vireo.Drivers.Bhyve.Definition;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Bhyve;

/// <summary>What a user may leave out of a bhyve machine's definition.</summary>
public class BhyveDefinitionTests
{
    static DomainDef Complete(string devices, string machine = "", bool ahci32 = true) => BhyveDefinition.Complete(
        DomainDef.Parse($"<domain type='bhyve'><name>b</name><memory>65536</memory>{machine}<os><type>hvm</type></os><devices>{devices}</devices></domain>", DomainParse.Inactive),
        new BhyveContext { Ahci32Ports = ahci32 });

    static IEnumerable<(ControllerType, uint?)> Slots(DomainDef machine) =>
        machine.Devices.Controllers.Select(static c => (c.Type, (c.Address as DeviceAddress.Pci)?.Slot));

    [Fact]
    public void A_serial_port_needs_the_bridge_in_slot_1()
    {
        Assert.Equal([(ControllerType.Pci, null), (ControllerType.Isa, 1u)], Slots(Complete("<serial type='nmdm'><source master='/dev/nmdm0A' slave='/dev/nmdm0B'/></serial>")));
        Assert.Equal([(ControllerType.Pci, null)], Slots(Complete("")));
    }

    [Fact]
    public void A_null_modem_without_devices_has_the_machines_own()
    {
        DomainDef machine = Complete("<console type='nmdm'/>");
        var source = Assert.IsType<ChardevSource.OfNmdm>(machine.Devices.Serials[0].Source);
        Assert.Equal(($"/dev/nmdm{machine.Uuid}A", $"/dev/nmdm{machine.Uuid}B"), (source.Master, source.Slave));
    }

    [Theory]
    [InlineData(true, "hdag", 1, 0)]
    [InlineData(true, "hdb", 0, 1)]
    [InlineData(false, "hdb", 1, 0)]
    public void Sata_disks_stand_where_their_name_says(bool ahci32, string name, int controller, int unit)
    {
        DomainDef machine = Complete($"<disk type='file'><source file='/d'/><target dev='{name}' bus='sata'/></disk>", ahci32: ahci32);
        var place = Assert.IsType<DeviceAddress.Drive>(machine.Devices.Disks[0].Address);
        Assert.Equal(((uint)controller, (uint)unit), (place.Controller, place.Unit));
        Assert.Equal(controller + 1, machine.Devices.Controllers.Count(static c => c.Type is ControllerType.Sata));
    }

    [Fact]
    public void A_screen_brings_its_card()
    {
        Video card = Assert.Single(Complete("<graphics type='vnc' port='-1' autoport='yes'/>").Devices.Videos);
        Assert.Equal(VideoType.Gop, card.Model!.Type);
        Assert.Equal(2u, Assert.IsType<DeviceAddress.Pci>(card.Address).Slot);
    }

    [Fact]
    public void A_machine_with_a_boot_loader_has_no_boot_order_of_its_own() =>
        Assert.True(Complete("", "<bootloader>/usr/local/sbin/grub-bhyve</bootloader>").Os.Boot.IsEmpty);

    [Fact]
    public void More_devices_than_slots_and_two_in_one_place_are_refused()
    {
        string many = string.Concat(Enumerable.Range(0, 31).Select(static i => $"<interface type='bridge'><mac address='52:54:00:00:00:{i:x2}'/><source bridge='b'/></interface>"));
        Assert.Equal("internal error: No more available PCI slots", Assert.Throws<VireoException>(() => Complete(many)).Message);
        const string Taken = "<interface type='bridge'><source bridge='b'/><address type='pci' domain='0' bus='0' slot='3' function='0'/></interface>";
        Assert.Equal(ErrorCode.XmlError, Assert.Throws<VireoException>(() => Complete(Taken + Taken)).Code);
    }
}
