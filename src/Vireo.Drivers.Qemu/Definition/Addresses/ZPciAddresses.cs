using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>
/// The two ids that s390 gives each PCI function: the user's (uid, from 1) and the function's (fid, from 0). Those that are half
/// written come before those that are not.
/// </summary>
static class ZPciAddresses
{
    const uint LastUid = 0xffff;

    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        if (MachineType.OfDefinition(machine).Arch != "s390x" || !context.Facts.Has(QemuFlag.ZPci))
            return machine;
        List<Device> users = [.. Users(machine.Devices)];
        var ids = new Ids();
        foreach (Device device in users)
            ids.Take(((DeviceAddress.Pci)device.Address!).ZPci);
        var made = new Dictionary<Device, DeviceAddress>(ReferenceEqualityComparer.Instance);
        foreach (Device device in users.OrderBy(static d => ((DeviceAddress.Pci)d.Address!).ZPci is null))
        {
            var address = (DeviceAddress.Pci)device.Address!;
            made.Add(device, address with { ZPci = ids.Complete(address.ZPci) });
        }
        return machine with { Devices = machine.Devices.WithAddresses(d => made.GetValueOrDefault(d) ?? d.Address) };
    }

    static IEnumerable<Device> Users(DeviceSet set) => set.Where(static d => d is not CharDevice && d.Address is DeviceAddress.Pci);

    sealed class Ids
    {
        readonly HashSet<uint> uids = [];
        readonly HashSet<uint> fids = [];
        uint nextUid = 1, nextFid;

        public void Take(ZPci? written)
        {
            if (written?.Uid is { } uid && !uids.Add(uid))
                throw VireoException.Internal(ErrorDomain.Device, string.Create(CultureInfo.InvariantCulture, $"zPCI uid 0x{uid:x4} is already reserved"));
            if (written?.Fid is { } fid && !fids.Add(fid))
                throw VireoException.Internal(ErrorDomain.Device, string.Create(CultureInfo.InvariantCulture, $"zPCI fid 0x{fid:x8} is already reserved"));
        }

        public ZPci Complete(ZPci? written) => new() { Uid = written?.Uid ?? NextUid(), Fid = written?.Fid ?? NextFid() };

        uint NextUid()
        {
            while (!uids.Add(nextUid))
                nextUid++;
            return nextUid <= LastUid ? nextUid : throw VireoException.Internal(ErrorDomain.Device, "There is no more free uid.");
        }

        uint NextFid()
        {
            while (!fids.Add(nextFid))
                nextFid++;
            return nextFid;
        }
    }
}
