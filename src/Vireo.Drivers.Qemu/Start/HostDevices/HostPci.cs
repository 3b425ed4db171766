using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.HostDevices;

/// <summary>PCI functions of the host on their way from the host's drivers to VFIO, and back: what is written to sysfs.</summary>
/// <param name="sys">Where sysfs is.</param>
/// <param name="write">Writes a word to a file there.</param>
/// <param name="load">Loads a module of the kernel.</param>
sealed class HostPci(string sys, Action<string, string> write, Func<string, bool> load)
{
    const string Vfio = "vfio-pci";
    const int HeaderAt = 0x0e, HeaderBits = 0x7f;

    /// <summary>The host's.</summary>
    internal static HostPci OfHost(Func<string, bool> load) => new("/sys", static (file, word) => File.WriteAllText(file, word), load);

    /// <summary>A function's name.</summary>
    internal static string NameOf(HostPciAddress at) => string.Create(CultureInfo.InvariantCulture, $"{at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x}");

    /// <summary>Gives a function to VFIO.</summary>
    /// <param name="at">The function.</param>
    /// <param name="managed">It is taken from its driver; else somebody has done that.</param>
    /// <param name="relaxed">A switch may let it speak to its neighbours past the IOMMU.</param>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: it is not there; VIR_ERR_CONFIG_UNSUPPORTED: it is a bridge; VIR_ERR_OPERATION_INVALID: nobody has taken it from its driver, or a switch above it does not keep it apart;
    /// VIR_ERR_INTERNAL_ERROR: VFIO does not take it.</exception>
    internal void Take(HostPciAddress at, bool managed, bool relaxed = false)
    {
        string name = NameOf(at), config = Path.Join(FolderOf(name), "config");
        if (!File.Exists(config))
            throw VireoException.System(ErrorDomain.None, 2, $"Device {name} not found: could not access {config}");
        using (FileStream bytes = File.OpenRead(config))
        {
            bytes.Position = HeaderAt;
            if (bytes.ReadByte() is var header and >= 0 && (header & HeaderBits) != 0)
                throw QemuErrors.Unsupported($"Non-endpoint PCI devices cannot be assigned to guests");
        }
        if (!relaxed && !PciIsolation.IsKept(FolderOf(name)))
            throw QemuErrors.Invalid($"PCI device {name} is not assignable");
        if (DriverOf(name) is Vfio)
            return;
        if (!managed)
            throw QemuErrors.Invalid($"Unmanaged PCI device {name} must be manually detached from the host");
        if (!Directory.Exists(Path.Join(sys, "bus/pci/drivers", Vfio)) && !load(Vfio))
            throw VireoException.Internal(ErrorDomain.None, $"Failed to load PCI driver module {Vfio}");
        write(Path.Join(FolderOf(name), "driver_override"), Vfio);
        Rebind(name);
        if (DriverOf(name) is Vfio)
            return;
        write(Path.Join(FolderOf(name), "driver_override"), "\n");
        Rebind(name);
        throw VireoException.Internal(ErrorDomain.None, $"Failed to bind PCI device '{name}' to {Vfio}");
    }

    /// <summary>Gives a function back to its driver; idle if VFIO does not have it.</summary>
    internal void GiveBack(HostPciAddress at)
    {
        string name = NameOf(at);
        if (DriverOf(name) is not Vfio)
            return;
        write(Path.Join(FolderOf(name), "driver_override"), "\n");
        Rebind(name);
    }

    /// <summary>The node by which VFIO lends the group of a device; null: it is in none.</summary>
    /// <param name="device">Its folder below the bus's devices.</param>
    internal string? GroupNodeOf(string device) =>
        new FileInfo(Path.Join(sys, "bus", device, "iommu_group")).LinkTarget is { } group ? "/dev/vfio/" + Path.GetFileName(group) : null;

    /// <summary>Looks after a mediated device.</summary>
    /// <exception cref="VireoException">VIR_ERR_DEVICE_MISSING: it is not there; VIR_ERR_CONFIG_UNSUPPORTED: it is for another kind of guest's device.</exception>
    internal void Find(Vireo.Core.Uuid device, HostdevModel? model)
    {
        string folder = Path.Join(sys, "bus/mdev/devices", device.ToString());
        if (!Directory.Exists(folder))
            throw new VireoException(ErrorCode.DeviceMissing, ErrorDomain.None, $"mediated device '{device}' not found");
        string offers = File.ReadAllText(Path.Join(folder, "mdev_type/device_api")).Trim(), wanted = model?.ToXml() ?? "";
        if (offers != wanted)
            throw QemuErrors.Unsupported($"invalid device API '{wanted}' for device {device}: device only supports '{offers}'");
    }

    string FolderOf(string name) => Path.Join(sys, "bus/pci/devices", name);

    string? DriverOf(string name) => new FileInfo(Path.Join(FolderOf(name), "driver")).LinkTarget is { } driver ? Path.GetFileName(driver) : null;

    void Rebind(string name)
    {
        if (DriverOf(name) is not null)
            write(Path.Join(FolderOf(name), "driver/unbind"), name);
        write(Path.Join(sys, "bus/pci/drivers_probe"), name);
    }
}
