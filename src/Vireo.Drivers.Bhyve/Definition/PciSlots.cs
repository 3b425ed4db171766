using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Bhyve.Definition;

/// <summary>
/// Slots of the machine's one PCI bus. Slot 0 is the host bridge; slot 1 is kept for the LPC bridge, without which a guest with a serial port does not boot.
/// </summary>
sealed class PciSlots
{
    const uint Lpc = 1, Last = 31;

    readonly HashSet<(uint Slot, uint Function)> taken = [(0, 0)];

    public static DomainDef Apply(DomainDef machine)
    {
        var slots = new PciSlots();
        foreach (Device device in machine.Devices)
            if (device.Address is DeviceAddress.Pci place)
                slots.Take(place);
        DeviceSet set = machine.Devices;
        set = set with
        {
            Controllers = set.Controllers.Map(c => c switch
            {
                { Address: not null } or { Type: ControllerType.Pci } => c,
                { Type: ControllerType.Isa } => c with { Address = slots.TakeLpc() },
                _ => c with { Address = slots.TakeNext() },
            }),
        };
        set = set with { Interfaces = set.Interfaces.Map(card => card.Address is null ? card with { Address = slots.TakeNext() } : card) };
        set = set with { Disks = set.Disks.Map(disk => disk is { Target.Bus: DiskBus.Virtio, Address: null } ? disk with { Address = slots.TakeNext() } : disk) };
        set = set with { Videos = set.Videos.Map(video => video.Address is null ? video with { Address = slots.TakeNext() } : video) };
        set = set with { Sounds = set.Sounds.Map(sound => sound.Address is null ? sound with { Address = slots.TakeNext() } : sound) };
        return machine with { Devices = set };
    }

    void Take(DeviceAddress.Pci place)
    {
        if (place is not { Domain: 0, Bus: 0, Slot: <= Last })
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Bhyve, "Only PCI domain 0, bus 0 and slots up to 31 are available");
        if (!taken.Add((place.Slot, place.Function)))
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Bhyve, $"Attempted double use of PCI Address 0000:00:{place.Slot:x2}.{place.Function:x}");
    }

    DeviceAddress.Pci TakeLpc()
    {
        var place = new DeviceAddress.Pci { Slot = Lpc };
        Take(place);
        return place;
    }

    DeviceAddress.Pci TakeNext()
    {
        for (uint slot = Lpc + 1; slot <= Last; slot++)
        {
            uint at = slot;
            if (taken.Any(t => t.Slot == at))
                continue;
            taken.Add((slot, 0));
            return new DeviceAddress.Pci { Slot = slot };
        }
        throw VireoException.Internal(ErrorDomain.Bhyve, "No more available PCI slots");
    }
}
