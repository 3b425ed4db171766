using Vireo.Core.Errors;

namespace Vireo.Host.Pci;

/// <summary>Which driver of the kernel has a PCI function, by sysfs: <c>driver_override</c>, <c>unbind</c>, <c>drivers_probe</c> and <c>reset</c>.</summary>
/// <param name="root">What stands before /sys; empty on a real host.</param>
public sealed class PciBinding(string root = "")
{
    const string Vfio = "vfio-pci";

    string Devices => root + "/sys/bus/pci/devices";

    /// <summary>The address (<c>0000:01:00.0</c>) of the function that libvirt calls so (<c>pci_0000_01_00_0</c>); null: there is none.</summary>
    public string? AddressOf(string nodeName) => !nodeName.StartsWith("pci_", StringComparison.Ordinal) || !Directory.Exists(Devices) ? null
        : Directory.EnumerateFileSystemEntries(Devices).Select(static entry => Path.GetFileName(entry))
            .FirstOrDefault(address => string.Equals($"pci_{address.Replace(':', '_').Replace('.', '_')}", nodeName, StringComparison.Ordinal));

    /// <summary>The driver that has it; null: none has.</summary>
    public string? DriverOf(string address) => new FileInfo($"{Devices}/{address}/driver").LinkTarget is { } target ? Path.GetFileName(target) : null;

    /// <summary>Gives a function to the driver that lends functions to guests.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the kernel refuses. The driver that had it has it again.</exception>
    public void Detach(string address)
    {
        if (DriverOf(address) is Vfio)
            return;
        Override(address, Vfio);
        try
        {
            Rebind(address);
            if (DriverOf(address) is not Vfio)
                throw VireoException.Internal(ErrorDomain.None, $"driver '{Vfio}' did not take PCI device '{address}'");
        }
        catch (VireoException)
        {
            Override(address, "\n");
            Rebind(address);
            throw;
        }
    }

    /// <summary>Gives a function back to its own driver.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the kernel refuses.</exception>
    public void Reattach(string address)
    {
        Override(address, "\n");
        Rebind(address);
    }

    /// <summary>Resets a function in the way that the kernel finds best.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: it cannot be reset; VIR_ERR_SYSTEM_ERROR: the kernel refuses.</exception>
    public void Reset(string address)
    {
        // Who opens a function by this driver has it reset.
        if (DriverOf(address) is Vfio)
            return;
        if (!File.Exists($"{Devices}/{address}/reset"))
            throw VireoException.Internal(ErrorDomain.None, $"Unable to reset PCI device {address}: no FLR, PM reset or bus reset available");
        Write($"{Devices}/{address}/reset", "1", $"Unable to reset PCI device {address}");
    }

    void Override(string address, string driver)
    {
        if (!File.Exists($"{Devices}/{address}/driver_override"))
            throw VireoException.System(ErrorDomain.None, LibC.ENOENT, $"Failed to add driver '{driver}' to driver_override  interface of PCI device '{address}'");
        Write($"{Devices}/{address}/driver_override", driver, $"Failed to add driver '{driver}' to driver_override  interface of PCI device '{address}'");
    }

    void Rebind(string address)
    {
        if (DriverOf(address) is not null)
            Write($"{Devices}/{address}/driver/unbind", address, $"Failed to unbind PCI device '{address}'");
        Write(root + "/sys/bus/pci/drivers_probe", address, $"Failed to trigger a probe for PCI device '{address}'");
    }

    static void Write(string file, string text, string failing)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.None, fault is UnauthorizedAccessException ? LibC.EACCES : fault.HResult & 0xffff, failing);
        }
    }
}
