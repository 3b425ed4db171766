using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>Drive addresses of the host's SCSI units, and slots of smart cards.</summary>
static class DriveAddresses
{
    /// <summary>A narrow bus is assumed, whatever the controller could take.</summary>
    const uint UnitsPerBus = 7;

    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        DeviceSet set = machine.Devices;
        var taken = new HashSet<(uint Controller, uint Unit)>();
        foreach (Device device in set.Disks.Where(static d => d.Target.Bus is DiskBus.Scsi).Cast<Device>().Concat(set.Hostdevs))
            if (device.Address is DeviceAddress.Drive { Bus: 0, Target: 0 } drive)
                taken.Add((drive.Controller, drive.Unit));
        var slots = new HashSet<(uint Controller, uint Slot)>();
        foreach (Smartcard card in set.Smartcards)
            if (card.Address is DeviceAddress.Ccid ccid)
                slots.Add((ccid.Controller, ccid.Slot));
        return machine with
        {
            Devices = set with
            {
                Hostdevs = set.Hostdevs.Map(h => h is { Source: HostdevSource.OfScsi, Address: null } ? h with { Address = Unit(taken) } : h),
                Smartcards = set.Smartcards.Map(c => c.Address is null ? c with { Address = Slot(slots) } : c),
            },
        };
    }

    static DeviceAddress.Drive Unit(HashSet<(uint, uint)> taken)
    {
        for (uint controller = 0; ; controller++)
        {
            for (uint unit = 0; unit < UnitsPerBus; unit++)
                if (taken.Add((controller, unit)))
                    return new DeviceAddress.Drive { Controller = controller, Unit = unit };
        }
    }

    static DeviceAddress.Ccid Slot(HashSet<(uint, uint)> taken)
    {
        uint slot = 0;
        while (!taken.Add((0, slot)))
            slot++;
        return new DeviceAddress.Ccid { Slot = slot };
    }
}
