using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Definition;

public class DefinitionPassesTests
{
    static DomainDef Define(string devices, string machine = "pc") => DefinitionPasses.Complete(
        DomainDef.Parse($"""
            <domain type='qemu'><name>guest</name><memory>1024</memory>
            <os><type arch='x86_64' machine='{machine}'>hvm</type></os><devices>{devices}</devices></domain>
            """),
        new DefinitionContext { Facts = TestFacts.Modern });

    [Fact]
    public void A_machine_is_written_with_its_full_name()
    {
        Assert.Equal("pc-i440fx-7.2", Define("").Os.Machine);
        Assert.Equal("pc-q35-7.2", Define("", "q35").Os.Machine);
    }

    [Fact]
    public void The_cpu_that_the_machine_has_anyway_is_written_down() => Assert.Equal("qemu64", Define("").Cpu?.Model?.Name);

    [Fact]
    public void A_console_alone_brings_its_serial_port()
    {
        DomainDef machine = Define("<console type='pty'/>");
        Assert.Equal(SerialTarget.IsaSerial, Assert.Single(machine.Devices.Serials.AsSpan().ToArray()).TargetType);
        Assert.Equal(ConsoleTarget.Serial, machine.Devices.Consoles[0].TargetType);
    }

    [Fact]
    public void Pci_express_devices_get_root_ports_and_one_is_left_over()
    {
        DomainDef machine = Define("<disk type='file'><source file='/a'/><target dev='vda'/></disk>", "q35");
        int ports = machine.Devices.Controllers.Count(c => c.Model == "pcie-root-port");
        int used = machine.Devices.Count(d => d.Address is DeviceAddress.Pci { Bus: > 0 });
        Assert.Equal(used + 1, ports);
    }

    [Fact]
    public void Cards_of_the_host_get_their_places_with_its_other_devices()
    {
        const string card = "<interface type='hostdev' managed='no'><source><address type='pci' bus='7' slot='1' function='3'/></source></interface>";
        DomainDef machine = Define(card + "<interface type='user'/><disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/></disk>"
            + "<hostdev mode='subsystem' type='pci'><source><address bus='6' slot='2' function='0'/></source></hostdev>");
        static uint Slot(Device device) => Assert.IsType<DeviceAddress.Pci>(device.Address).Slot;
        DeviceSet set = machine.Devices;
        Assert.Equal([2u, 3u, 4u, 5u], new[] { Slot(set.Interfaces[1]), Slot(set.Disks[0]), Slot(set.Interfaces[0]), Slot(set.Hostdevs[0]) });
        Assert.Null(set.Interfaces[0].Managed);
    }

    [Theory]
    [InlineData("address='10.0.0.1' prefix='24' peer='10.0.0.2'", "<ip address='10.0.0.1' family='ipv4' prefix='24' peer='10.0.0.2'/>")]
    [InlineData("address='FD00:0::A' prefix='0'", "<ip address='fd00::a' family='ipv6'/>")]
    [InlineData("address='10.0.0.1' family='ipx'", "<ip address='10.0.0.1' family='ipv4'/>")]
    public void An_address_of_a_card_says_its_family(string written, string shown) =>
        Assert.Contains(shown, Define($"<interface type='ethernet'><source><ip {written}/></source></interface>").ToXml(), StringComparison.Ordinal);

    [Theory]
    [InlineData("address='10.0.0.1' family='ipv6'", "XML error: Invalid address '10.0.0.1' in <ip>")]
    [InlineData("address='there'", "XML error: Invalid address 'there' in <ip>")]
    [InlineData("address='10.0.0.1' prefix='33'", "XML error: Invalid prefix value '33' in <ip>")]
    [InlineData("address='fd00::1' peer='10.0.0.1'", "invalid argument: Invalid peer '10.0.0.1' in <ip>")]
    public void What_is_no_address_of_a_card_is_refused(string written, string refusal) =>
        Assert.Equal(refusal, Assert.Throws<VireoException>(() => Define($"<interface type='ethernet'><source><ip {written}/></source></interface>")).Message);

    [Fact]
    public void The_chipset_of_i440fx_keeps_slot_1()
    {
        DomainDef machine = Define("<interface type='user'/>");
        Assert.Equal(2u, Assert.IsType<DeviceAddress.Pci>(machine.Devices.Interfaces[0].Address).Slot);
    }

    [Fact]
    public void Completing_twice_changes_nothing()
    {
        DomainDef once = Define("<graphics type='vnc'/><rng model='virtio'><backend model='random'/></rng>", "q35");
        Assert.Equal(once.ToXml(), DefinitionPasses.Complete(once, new DefinitionContext { Facts = TestFacts.Modern }).ToXml());
    }

    [Theory]
    [InlineData("<controller type='pci' index='256' model='pcie-root-port'/>", "unsupported configuration: PCI controller index 256 too high, maximum is 255")]
    [InlineData("<disk type='file'><source file='/a'/><target dev='sdzzzzzz' bus='sata'/></disk>", "internal error: No more available PCI slots")]
    [InlineData("<disk type='file'><source file='/a'/><target dev='hdz' bus='ide'/></disk>", "internal error: Only 1 IDE controller is supported")]
    [InlineData("<disk type='file' device='floppy'><target dev='fdzz' bus='fdc'/></disk>", "internal error: Only 1 fdc controller is supported")]
    [InlineData("<smartcard mode='host'><address type='ccid' controller='1' slot='0'/></smartcard>", "unsupported configuration: this QEMU binary lacks multiple smartcard support")]
    [InlineData("<channel type='pty'><target type='virtio' name='a'/><address type='virtio-serial' controller='4294967295' bus='0' port='1'/></channel>",
        "internal error: No more available PCI slots")]
    public void A_controller_beyond_what_a_machine_can_have_is_refused(string device, string why) =>
        Assert.Equal(why, Assert.Throws<VireoException>(() => Define(device, "q35")).Message);
}
