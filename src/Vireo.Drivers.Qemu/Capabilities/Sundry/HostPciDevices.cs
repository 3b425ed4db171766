using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Host.Pci;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Takes PCI functions from the host, so that guests can have them, and gives them back. Those of running guests stay where they are.</summary>
sealed class HostPciDevices(QemuKeeper keeper) : INodeDeviceDetach
{
    readonly PciBinding binding = new();

    public async ValueTask DetachAsync(string name, string? driver, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw VireoException.UnsupportedFlags(flags, "qemuNodeDeviceDetachFlags", ErrorDomain.Qemu);
        if (driver is "kvm")
            throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Qemu, "KVM device assignment is no longer supported on this system");
        if (driver is not (null or "vfio"))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"unknown driver name '{driver}'");
        if (!HostAssignment.IsThere())
            throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Qemu, "VFIO device assignment is currently not supported on this system");
        string address = await AddressAsync(name, cancel).ConfigureAwait(false);
        CheckFree(address);
        binding.Detach(address);
    }

    public async ValueTask ReattachAsync(string name, CancellationToken cancel)
    {
        string address = await AddressAsync(name, cancel).ConfigureAwait(false);
        CheckFree(address);
        binding.Reattach(address);
    }

    public async ValueTask ResetAsync(string name, CancellationToken cancel)
    {
        string address = await AddressAsync(name, cancel).ConfigureAwait(false);
        CheckFree(address);
        binding.Reset(address);
    }

    async ValueTask<string> AddressAsync(string name, CancellationToken cancel)
    {
        if (binding.AddressOf(name) is { } address)
            return address;
        if (keeper.Options.Host.Find<INodeDeviceListing>() is { } devices)
            await devices.LookupByNameAsync(name, cancel).ConfigureAwait(false);
        throw VireoException.InvalidArgument(ErrorDomain.Domain, $"device {name} is not a PCI device");
    }

    void CheckFree(string address)
    {
        foreach (QemuMachine machine in keeper.Machines.All)
            if (machine.Snapshot is { IsActive: true, Def: { } def } && def.Devices.Hostdevs.Any(device => device.Source is HostdevSource.OfPci pci && Text(pci.Address) == address))
                throw VireoException.OperationInvalid(ErrorDomain.None, $"PCI device {address} is in use by driver QEMU, domain {machine.Name}");
    }

    static string Text(HostPciAddress at) => string.Create(CultureInfo.InvariantCulture, $"{at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x}");
}
