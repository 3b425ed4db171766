using System.Collections.Frozen;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Definition;

public class PlatformTests
{
    static DomainDef Define(string arch, string machine, string devices, string[] flags, Func<HostPciAddress, HostPciFacts?>? host = null) =>
        DefinitionPasses.Complete(
            DomainDef.Parse($"""
                <domain type='qemu'><name>guest</name><memory>1048576</memory>
                <os><type arch='{arch}' machine='{machine}'>hvm</type></os><devices>{devices}</devices></domain>
                """),
            new DefinitionContext
            {
                Facts = TestFacts.Modern with { Arch = arch, Flags = flags.ToFrozenSet(), Tcg = new AcceleratorFacts { Machines = [new MachineFacts(machine)] } },
                HostPci = host ?? (static _ => null),
            });

    const string Disk = "<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/></disk>";
    static string Card(int bus) => $"<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='{bus}' slot='0' function='0'/></source></hostdev>";

    [Fact]
    public void Virtio_on_s390_is_a_channel_device_with_the_next_free_number()
    {
        DomainDef machine = Define("s390x", "s390-ccw-virtio", $"{Disk}<memballoon model='virtio'><address type='ccw' cssid='0xfe' ssid='0' devno='0'/></memballoon>", []);
        Assert.Equal(1u, Assert.IsType<DeviceAddress.Ccw>(machine.Devices.Disks[0].Address).DevNo);
        Assert.Equal(PanicModel.S390, machine.Devices.Panics[0].Model);
        Assert.DoesNotContain(machine.Devices.Controllers, static c => c.Type is ControllerType.Pci);
    }

    [Fact]
    public void One_channel_number_cannot_be_used_twice()
    {
        const string twice = "<address type='ccw' cssid='0xfe' ssid='0' devno='7'/>";
        var refused = Assert.Throws<VireoException>(() => Define("s390x", "s390-ccw-virtio",
            $"<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/>{twice}</disk><memballoon model='virtio'>{twice}</memballoon>", []));
        Assert.Equal(ErrorCode.InternalError, refused.Code);
        Assert.Contains("fe.0.0007", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_for_pci_on_s390_gets_it_with_both_ids()
    {
        DomainDef machine = Define("s390x", "s390-ccw-virtio",
            "<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><address type='pci'><zpci uid='0x1'/></address></disk>"
            + "<disk type='file'><source file='/b'/><target dev='vdb' bus='virtio'/><address type='pci'/></disk>", ["zpci"]);
        DeviceAddress.Pci[] places = [.. machine.Devices.Disks.Select(static d => Assert.IsType<DeviceAddress.Pci>(d.Address))];
        Assert.Equal([(1u, 1u, 0u), (2u, 2u, 1u)], places.Select(static p => (p.Slot, p.ZPci!.Uid!.Value, p.ZPci.Fid!.Value)));
    }

    [Fact]
    public void Memory_mapped_virtio_is_for_machines_without_pci()
    {
        Assert.IsType<DeviceAddress.VirtioMmio>(Define("aarch64", "virt", Disk, ["virtio-mmio"]).Devices.Disks[0].Address);
        Assert.IsType<DeviceAddress.Pci>(
            Define("aarch64", "virt", Disk, ["virtio-mmio", "gpex-pcihost", "virtio-pci-non-transitional", "pcie-root-port"]).Devices.Disks[0].Address);
    }

    [Fact]
    public void A_host_device_of_a_pseries_machine_gets_a_host_bridge_for_its_group()
    {
        string devices = Disk + Card(1) + Card(2);
        DomainDef machine = Define("ppc64", "pseries", devices, ["spapr-pci-host-bridge"], static a => new HostPciFacts((int)a.Bus, false));
        Assert.Equal(0u, Assert.IsType<DeviceAddress.Pci>(machine.Devices.Disks[0].Address).Bus);
        Assert.Equal([1u, 2u], machine.Devices.Hostdevs.Select(static d => Assert.IsType<DeviceAddress.Pci>(d.Address).Bus));
        Assert.Equal([0u, 1u, 2u], machine.Devices.Controllers.Where(static c => c.Model == "pci-root").Select(static c => c.Target!.Index!.Value));
    }

    [Fact]
    public void Devices_on_powers_virtual_bus_have_registers_of_their_own()
    {
        DomainDef machine = Define("ppc64", "pseries",
            "<controller type='scsi' index='0'/><controller type='scsi' index='1'/><serial type='pty'/><serial type='pty'/>", ["spapr-pci-host-bridge"]);
        Assert.Equal([0x2000ul, 0x3000ul], machine.Devices.Controllers.Where(static c => c.Type is ControllerType.Scsi)
            .Select(static c => Assert.IsType<DeviceAddress.SpaprVio>(c.Address).Reg!.Value));
        Assert.Equal([0x30000000ul, 0x30001000ul], machine.Devices.Serials.Select(static s => Assert.IsType<DeviceAddress.SpaprVio>(s.Address).Reg!.Value));
    }

    [Theory]
    [InlineData("aarch64", "virt", "virtio")]
    [InlineData("armv7l", "vexpress-a9", "lan9118")]
    [InlineData("s390x", "s390-ccw-virtio", "virtio")]
    [InlineData("riscv64", "virt", "virtio")]
    public void A_network_card_without_a_model_is_the_machines_own(string arch, string machine, string model) =>
        Assert.Equal(model, Define(arch, machine, "<interface type='user'/>", ["virtio-mmio"]).Devices.Interfaces[0].Model);

    [Theory]
    [InlineData("sparc", "SS-5", null)]
    [InlineData("mips", "malta", "pci-root")]
    [InlineData("riscv64", "virt", null)]
    [InlineData("ppc", "ppce500", "pci-root")]
    public void The_root_bus_is_the_machines(string arch, string machine, string? root) =>
        Assert.Equal(root, Define(arch, machine, "<controller type='usb' model='none'/><memballoon model='none'/>", [])
            .Devices.Controllers.FirstOrDefault(static c => c.Type is ControllerType.Pci)?.Model);
}
