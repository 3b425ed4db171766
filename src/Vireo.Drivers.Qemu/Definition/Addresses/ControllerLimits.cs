using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>
/// How many controllers there can be. Whoever names the controller of a high index makes all those below it too, so that this is
/// checked before any is made. Texts and codes are those of libvirt 9.0.0, which knows no limit for SCSI, SATA and virtio-serial
/// and runs out of PCI slots in the end.
/// </summary>
static class ControllerLimits
{
    /// <summary>No machine has more places for controllers.</summary>
    const uint PciSlots = (PciTopology.LastBus + 1) * 32;

    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        DeviceSet set = machine.Devices;
        foreach (Controller controller in set.Controllers)
            if (controller is { Type: ControllerType.Pci, Index: > PciTopology.LastBus })
                throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, $"PCI controller index {controller.Index} too high, maximum is {PciTopology.LastBus}");
        foreach (Disk disk in set.Disks)
            if (disk.Address is DeviceAddress.Drive { Controller: > 0 and var index })
                Check(disk.Target.Bus, index);
        foreach (Smartcard card in set.Smartcards)
            if (card.Address is DeviceAddress.Ccid { Controller: > 0 })
                throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu, "this QEMU binary lacks multiple smartcard support");
        foreach (Device device in set.Hostdevs.Cast<Device>().Concat(set.Channels).Concat(set.Consoles))
            if (device.Address is DeviceAddress.Drive { Controller: >= PciSlots } or DeviceAddress.VirtioSerial { Controller: >= PciSlots })
                throw TooMany();
        return machine;
    }

    static void Check(DiskBus? bus, uint index)
    {
        if (bus is DiskBus.Ide or DiskBus.Fdc)
            throw VireoException.Internal(ErrorDomain.Qemu, $"Only 1 {(bus is DiskBus.Ide ? "IDE" : "fdc")} controller is supported");
        if (index >= PciSlots)
            throw TooMany();
    }

    static VireoException TooMany() => VireoException.Internal(ErrorDomain.Domain, "No more available PCI slots");
}
