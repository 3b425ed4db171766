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
}
