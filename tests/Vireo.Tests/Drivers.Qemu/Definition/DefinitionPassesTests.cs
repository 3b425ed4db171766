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
