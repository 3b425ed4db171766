using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>Virtio devices of machines that carry them by other means than PCI, in the order in which they get their addresses.</summary>
static class VirtioTransports
{
    /// <summary>Memory-mapped devices have nothing but the transport's name.</summary>
    public static DomainDef Mmio(DomainDef machine, DefinitionContext context) =>
        Platform.Of(machine, context.Facts).Virtio is not VirtioTransport.Mmio && !HasMmio(machine, context) ? machine : machine with
        {
            Devices = machine.Devices.WithAddresses(static d => d.Address is null && IsVirtio(d) ? new DeviceAddress.VirtioMmio() : d.Address),
        };

    // On boards that have both, whoever puts one device there puts all there.
    static bool HasMmio(DomainDef machine, DefinitionContext context) => MachineType.OfDefinition(machine).IsVirt && context.Facts.Has(QemuFlag.VirtioMmio)
        && machine.Devices.Any(static d => d.Address is DeviceAddress.VirtioMmio);

    /// <summary>Devices on s390's channels.</summary>
    public static DomainDef Ccw(DomainDef machine, DefinitionContext context)
    {
        if (Platform.Of(machine, context.Facts).Virtio is not VirtioTransport.Ccw)
            return machine;
        Device[] users = [.. InOrder(machine.Devices)];
        return machine with { Devices = CcwAddresses.Assign(machine.Devices, users, static d => d.Address is null && (IsVirtio(d) || IsChannel(d))) };
    }

    /// <summary>Whether a device that names no other bus is a virtio device.</summary>
    public static bool IsVirtio(Device device) => device switch
    {
        Disk { Target.Bus: DiskBus.Virtio } => true,
        Interface { Source: InterfaceSource.OfHostdev } => false,
        Interface { Model: "virtio" or "virtio-transitional" or "virtio-non-transitional" } => true,
        Input { Bus: InputBus.Virtio } => true,
        Filesystem => true,
        Controller { Type: ControllerType.VirtioSerial } => true,
        Controller { Type: ControllerType.Scsi, Model: "virtio-scsi" or "virtio-transitional" or "virtio-non-transitional" } => true,
        MemoryBalloon { Model: not (BalloonModel.None or BalloonModel.Xen) } => true,
        Rng => true,
        Hostdev { Source: HostdevSource.OfScsiHost } => true,
        Video { Model.Type: VideoType.Virtio } => true,
        Vsock => true,
        Crypto => true,
        _ => false,
    };

    /// <summary>A channel of the host's.</summary>
    static bool IsChannel(Device device) => device is Hostdev { Source: HostdevSource.OfMdev, Model: HostdevModel.VfioCcw };

    static IEnumerable<Device> InOrder(DeviceSet set)
    {
        IEnumerable<Device>[] kinds =
        [
            set.Disks, set.Interfaces, set.Sounds, set.Hostdevs, set.Videos, set.Controllers, set.Inputs, set.Filesystems,
            set.MemoryBalloon is { } balloon ? [balloon] : [], set.Rngs, set.Vsock is { } vsock ? [vsock] : [], set.Cryptos,
        ];
        return kinds.SelectMany(static kind => kind);
    }
}
