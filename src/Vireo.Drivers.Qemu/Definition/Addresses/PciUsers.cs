using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>Which devices sit on PCI, what kind of slot they want, and in which order they get one.</summary>
static class PciUsers
{
    /// <summary>
    /// Everything on PCI, in the order in which addresses are given out. Bridges and ports come first. Only a <paramref name="modern"/>
    /// binary has virtio devices that are at home on PCI Express.
    /// </summary>
    public static IEnumerable<(Device Device, PciConnect Wants)> Of(DomainDef machine, bool pcie, bool modern)
    {
        DeviceSet set = machine.Devices;
        foreach (Controller controller in set.Controllers.AsSpan().ToArray())
            if (controller.Type is ControllerType.Pci && BridgeWants(controller.Model) is { } wants)
                yield return (controller, wants);
        foreach (Device device in Others(set))
            if (device.Address is null or DeviceAddress.Pci && Wants(device, pcie, modern) is { } wants)
                yield return (device, wants);
    }

    static IEnumerable<Device> Others(DeviceSet set) =>
    [
        .. set.Filesystems, .. set.Interfaces.Where(static c => !IsOfHost(c)), .. set.Sounds, .. set.Controllers, .. set.Disks, .. set.Interfaces.Where(IsOfHost), .. set.Hostdevs, .. One(set.MemoryBalloon), .. set.Rngs,
        .. set.Watchdogs, .. One(set.Iommu), .. set.Videos, .. set.SharedMemories, .. set.Inputs, .. set.Serials, .. One(set.Vsock), .. set.Memories,
        .. set.Cryptos, .. set.Panics, .. One(set.Pstore),
    ];

    // Devices of the host come together, whatever they are.
    static bool IsOfHost(Interface card) => card.Source is InterfaceSource.OfHostdev;

    static Device[] One(Device? device) => device is null ? [] : [device];

    static PciConnect? BridgeWants(string? model) => model switch
    {
        "pcie-root-port" => PciConnect.RootPort | PciConnect.Aggregate,
        "pci-bridge" => PciConnect.PciBridge,
        "dmi-to-pci-bridge" => PciConnect.DmiToPci,
        "pcie-to-pci-bridge" => PciConnect.PcieToPci,
        "pcie-switch-upstream-port" => PciConnect.Upstream,
        "pcie-switch-downstream-port" => PciConnect.Downstream,
        "pci-expander-bus" => PciConnect.PciExpander,
        "pcie-expander-bus" => PciConnect.PcieExpander,
        _ => null,
    };

    static PciConnect? Wants(Device device, bool pcie, bool modern)
    {
        const PciConnect old = PciConnect.Pci | PciConnect.Hotplug;
        PciConnect express = (pcie ? PciConnect.Pcie : PciConnect.Pci) | PciConnect.Hotplug;
        PciConnect virtio = modern ? express : old;
        return device switch
        {
            Interface { Source: InterfaceSource.OfHostdev } => express,
            Interface { Model: "usb-net" or "spapr-vlan" } => null,
            Interface { Model: "e1000e" } => express,
            Interface { Model: "virtio" or "virtio-non-transitional" } => virtio,
            Interface { Model: { } model } when CardModels.Find(model) is null => express,
            Interface => old,
            Sound { Model: SoundModel.Ac97 or SoundModel.Es1370 or SoundModel.Ich6 or SoundModel.Ich9 } => old,
            Controller { Type: ControllerType.Usb, Model: "none" } => null,
            Controller { Type: ControllerType.Usb, Model: "nec-xhci" or "qemu-xhci" } => express,
            Controller { Type: ControllerType.Usb } => old,
            Controller { Type: ControllerType.Scsi, Model: "virtio-scsi" or "virtio-non-transitional" } => virtio,
            Controller { Type: ControllerType.Scsi, Model: "ibmvscsi" or "ncr53c90" } => null,
            Controller { Type: ControllerType.Scsi or ControllerType.Sata } => old,
            Controller { Type: ControllerType.VirtioSerial, Model: "virtio-transitional" } => old,
            Controller { Type: ControllerType.VirtioSerial } => virtio,
            Disk { Target.Bus: DiskBus.Virtio, Model: DiskModel.VirtioTransitional } => old,
            Disk { Target.Bus: DiskBus.Virtio } => virtio,
            Hostdev { Source: HostdevSource.OfPci } => express,
            Hostdev { Source: HostdevSource.OfMdev, Model: HostdevModel.VfioPci } => express,
            Hostdev { Source: HostdevSource.OfScsiHost, Model: HostdevModel.VirtioTransitional } => old,
            Hostdev { Source: HostdevSource.OfScsiHost } => virtio,
            MemoryBalloon { Model: BalloonModel.None } => null,
            MemoryBalloon { Model: BalloonModel.VirtioTransitional } => old,
            MemoryBalloon => virtio,
            Rng { Model: RngModel.VirtioTransitional } => old,
            Rng => virtio,
            Watchdog { Model: WatchdogModel.I6300Esb } => old,
            Panic { Model: PanicModel.PvPanic } => old,
            Iommu { Model: IommuModel.Virtio } => pcie ? PciConnect.Pcie : PciConnect.Pci,
            Video { Model.Type: VideoType.None or VideoType.RamFb } => null,
            Video { Model.Type: VideoType.Virtio } => virtio,
            Video => old,
            Input { Bus: InputBus.Virtio, Model: InputModel.VirtioTransitional } => old,
            Input { Bus: InputBus.Virtio } => virtio,
            Serial { TargetType: SerialTarget.PciSerial } => old,
            Vsock { Model: VsockModel.VirtioTransitional } => old,
            Vsock => virtio,
            Crypto => virtio,
            Filesystem { Model: InputModel.VirtioTransitional } => old,
            Filesystem => virtio,
            SharedMemory => old,
            Pstore => old,
            MemoryDevice { Model: MemoryModel.VirtioPmem or MemoryModel.VirtioMem } => express,
            _ => null,
        };
    }
}
