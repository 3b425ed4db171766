using Vireo.Core;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Devices of the host that the guest has as its own.</summary>
sealed class HostdevPlanner : IDevicePlanner<Hostdev>
{
    public DevicePlan Plan(Hostdev device, PlanContext at) => device.Source switch
    {
        HostdevSource.OfPci when device.Driver is HostdevDriver.Kvm or HostdevDriver.Xen => throw DiskErrors.Hosts($"invalid PCI passthrough type '{device.Driver.Value.ToXml()}'"),
        HostdevSource.OfPci pci => Pci(device, pci.Address, device.Teaming, at),
        HostdevSource.OfUsb usb => Usb(device, usb, at),
        HostdevSource.OfScsi scsi => ScsiHostdev.Plan(device, scsi, at),
        HostdevSource.OfScsiHost host => VhostScsi(device, host, at),
        HostdevSource.OfMdev mediated => Mediated(device, mediated, at),
        _ => DevicePlan.Nothing,
    };

    /// <summary>A network card of the host's, which stands among the interfaces.</summary>
    public static DevicePlan PlanCard(Interface card, PlanContext at) =>
        card.Source is InterfaceSource.OfHostdev { Missing: not true, Address: DeviceAddress.Pci pci }
            ? Pci(card, new HostPciAddress { Domain = pci.Domain, Bus = pci.Bus, Slot = pci.Slot, Function = pci.Function }, card.Teaming, at)
            : DevicePlan.Nothing;

    static DevicePlan Pci(Device device, HostPciAddress host, Teaming? teaming, PlanContext at) => new()
    {
        Host = [new HostStep.TakePci(host)],
        Frontends =
        [
            new QemuDevice("vfio-pci")
            {
                { "host", $"{host.Domain:x4}:{host.Bus:x2}:{host.Slot:x2}.{host.Function:x}" },
                { "id", device.Alias },
                { "bootindex", at.BootIndex(device) },
                { "failover_pair_id", teaming is { Type: TeamingKind.Transient } ? teaming.Persistent : null },
                at.Address(device),
                Rom(device.Rom),
            },
        ],
    };

    /// <summary>What becomes of a PCI device's option ROM.</summary>
    public static QemuProperties Rom(DeviceRom? rom) => new()
    {
        { "rombar", rom?.Enabled is false ? null : rom?.Bar switch { true => (int?)1, false => 0, null => null } },
        { "romfile", rom?.Enabled is false ? "" : rom?.File },
    };

    static DevicePlan Usb(Hostdev device, HostdevSource.OfUsb usb, PlanContext at)
    {
        bool isThere = usb.Missing is not true;             // one that may be missing is a port with nothing in it
        if (isThere && usb.Bus is null or 0 && usb.DeviceNumber is null or 0)
            throw DiskErrors.Hosts("USB host device is missing bus/device information");
        string node = NodeOf(usb);
        bool byNode = at.Facts.Has(QemuFlag.UsbHostNode);
        return new DevicePlan
        {
            Host = isThere ? [new HostStep.Allow(node)] : [],
            Frontends =
            [
                new QemuDevice("usb-host")
                {
                    { "hostdevice", isThere && byNode ? node : null },
                    { "hostbus", byNode ? null : usb.Bus },
                    { "hostaddr", byNode ? null : usb.DeviceNumber },
                    { "id", device.Alias },
                    { "guest-reset", usb.GuestReset is null ? null : usb.GuestReset is not UsbGuestReset.Off },
                    { "guest-resets-all", usb.GuestReset switch { UsbGuestReset.On => true, UsbGuestReset.Uninitialized => false, _ => null } },
                    { "bootindex", at.BootIndex(device) },
                    at.Address(device),
                },
            ],
        };
    }

    /// <summary>The node of a USB device whose place is known.</summary>
    public static string NodeOf(HostdevSource.OfUsb usb) => $"/dev/bus/usb/{usb.Bus:d3}/{usb.DeviceNumber:d3}";

    static DevicePlan VhostScsi(Hostdev device, HostdevSource.OfScsiHost host, PlanContext at)
    {
        VirtioModel model = device.Model switch
        {
            HostdevModel.VirtioTransitional => VirtioModel.Transitional,
            HostdevModel.VirtioNonTransitional => VirtioModel.NonTransitional,
            _ => VirtioModel.Plain,
        };
        return new DevicePlan
        {
            Frontends =
            [
                new QemuDevice(at.Virtio("vhost-scsi", device, model))
                {
                    at.VirtioOptions(null, model),
                    { "wwpn", host.Wwpn },
                    { "vhostfd", at.Pass(new DescriptorStep.OpenDevice("/dev/vhost-scsi", NodeUse.VhostScsi)) },
                    { "id", device.Alias },
                    at.Address(device),
                },
            ],
        };
    }

    static string? Display(Hostdev device, PlanContext at) => device.Model is not HostdevModel.VfioPci ? null
        : device.Display is true ? "on" : device.Display is false || at.Facts.Has("vfio-pci.display") ? "off" : null;

    static DevicePlan Mediated(Hostdev device, HostdevSource.OfMdev mediated, PlanContext at) => new()
    {
        Host = [new HostStep.TakeMediated(mediated.Uuid)],
        Frontends =
        [
            new QemuDevice(device.Model switch
            {
                HostdevModel.VfioCcw => "vfio-ccw",
                HostdevModel.VfioAp => "vfio-ap",
                _ => device.RamFb is true ? "vfio-pci-nohotplug" : "vfio-pci",
            })
            {
                { "id", device.Alias },
                { "sysfsdev", $"/sys/bus/mdev/devices/{mediated.Uuid}" },
                { "display", Display(device, at) },
                { "ramfb", device.RamFb is true ? true : null },
                { "bootindex", at.BootIndex(device) },
                at.Address(device),
            },
        ],
    };
}
