using System.Globalization;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>Looks at the host's PCI devices in sysfs.</summary>
/// <param name="devices">The folder with a link for each device.</param>
public sealed class HostPciLookup(string devices = "/sys/bus/pci/devices")
{
    const long ConventionalConfig = 256;

    /// <summary>What a device is; null: it is not there.</summary>
    public HostPciFacts? Find(HostPciAddress at)
    {
        string folder = Path.Join(devices, string.Create(CultureInfo.InvariantCulture, $"{at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x}"));
        var config = new FileInfo(Path.Join(folder, "config"));
        if (!config.Exists)
            return null;
        string? group = Path.GetFileName(new DirectoryInfo(Path.Join(folder, "iommu_group")).LinkTarget);
        bool grouped = int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return new HostPciFacts(grouped ? number : null, config.Length > ConventionalConfig);   // PCI Express has 4 KiB of configuration
    }
}
