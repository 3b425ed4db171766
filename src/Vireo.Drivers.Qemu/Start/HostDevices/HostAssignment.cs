using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.HostDevices;

/// <summary>Whether this host can lend whole devices to guests, which takes VFIO and an IOMMU that keeps them apart.</summary>
static class HostAssignment
{
    const string VhostScsi = "/dev/vhost-scsi";

    /// <summary>Refuses, in libvirt's words, a guest with a device that this host cannot lend.</summary>
    /// <param name="machine">The guest's definition.</param>
    /// <param name="lends">Whether the host has VFIO.</param>
    /// <param name="pciDevices">The folder of PCI devices in sysfs.</param>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED; VIR_ERR_SYSTEM_ERROR for an NVMe controller that is not there.</exception>
    internal static void Check(DomainDef machine, bool lends, string pciDevices = "/sys/bus/pci/devices")
    {
        foreach (Disk disk in machine.Devices.Disks)
            if (disk.Source is DiskSource.OfNvme { Address: { } at })
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x}"), file = $"{pciDevices}/{name}/config";
                if (!File.Exists(file))
                    throw VireoException.System(ErrorDomain.None, 2, $"Device {name} not found: could not access {file}");
            }
        if (!File.Exists(VhostScsi) && machine.Devices.Hostdevs.Any(static d => d.Source is HostdevSource.OfScsiHost))
            throw QemuErrors.Unsupported($"vhost-scsi device file '{VhostScsi}' cannot be found");
        if (machine.Devices.Interfaces.Any(static card => card is { Source: InterfaceSource.OfHostdev, Driver.Name: InterfaceDriverName.Kvm }))
            throw QemuErrors.Unsupported("host doesn't support legacy PCI passthrough");
        if (lends)
            return;
        if (machine.Devices.Hostdevs.Any(static d => d.Source is HostdevSource.OfPci) || machine.Devices.Interfaces.Any(static card => card.Source is InterfaceSource.OfHostdev))
            throw QemuErrors.Unsupported("host doesn't support passthrough of host PCI devices");
        if (machine.Devices.Hostdevs.Any(static d => d.Source is HostdevSource.OfMdev))
            throw QemuErrors.Unsupported("Mediated host device assignment requires VFIO support");
    }

    /// <summary>Whether VFIO is there and an IOMMU has groups.</summary>
    internal static bool IsThere() =>
        File.Exists("/dev/vfio/vfio") && Directory.Exists("/sys/kernel/iommu_groups") && Directory.EnumerateDirectories("/sys/kernel/iommu_groups").Any();
}
