using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>Devices whose place on bus 0 is part of the machine, and places that the machine itself needs.</summary>
static class Chipset
{
    /// <summary>Takes the machine's own places and gives the chipset's devices theirs.</summary>
    public static void Place(DomainDef machine, MachineType type, PciTopology topology, Dictionary<Device, PciPlace> placed)
    {
        if (type.IsI440fx)
            PlaceI440fx(machine, topology, placed);
        else if (type.IsQ35)
            PlaceQ35(machine, topology, placed);
    }

    static void PlaceI440fx(DomainDef machine, PciTopology topology, Dictionary<Device, PciPlace> placed)
    {
        foreach (Controller controller in machine.Devices.Controllers)
        {
            if (controller.Index is not (null or 0))
                continue;
            if (!controller.IsUnplaced())
            {
                if (controller is { Type: ControllerType.Ide, Address: DeviceAddress.Pci and not { Domain: 0, Bus: 0, Slot: 1, Function: 1 } })
                    throw Wrong("Primary IDE controller must have PCI address 0:0:1.1");
                if (controller is { Type: ControllerType.Usb, Model: null or "piix3-uhci", Address: DeviceAddress.Pci and not { Domain: 0, Bus: 0, Slot: 1, Function: 2 } })
                    throw Wrong("PIIX3 USB controller at index 0 must have PCI address 0:0:1.2");
                continue;
            }
            PciPlace? fixedTo = controller switch
            {
                { Type: ControllerType.Ide } => new PciPlace(0, 0, 1, 1),
                { Type: ControllerType.Usb, Model: null or "piix3-uhci" } => new PciPlace(0, 0, 1, 2),
                _ => null,
            };
            if (fixedTo is { } place && !Put(controller, place, topology, placed))
                throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain, $"Attempted double use of PCI Address {place}");
        }
        if (topology.Find(0) is { } root)
            foreach (int function in (ReadOnlySpan<int>)[0, 1, 2, 3])
                root.Take(1, function, shared: false);
        PlacePrimaryVideo(machine, 2, topology, placed);
    }

    static VireoException Wrong(string text) => VireoException.Internal(ErrorDomain.Qemu, text);

    static void PlaceQ35(DomainDef machine, PciTopology topology, Dictionary<Device, PciPlace> placed)
    {
        foreach (Controller controller in machine.Devices.Controllers)
        {
            if (!controller.IsUnplaced())
                continue;
            if (controller is { Type: ControllerType.Sata, Index: null or 0 })
                Put(controller, new PciPlace(0, 0, 0x1f, 2), topology, placed);
            else if (controller is { Type: ControllerType.Pci, Model: "dmi-to-pci-bridge" })
                Put(controller, new PciPlace(0, 0, 0x1e, 0), topology, placed);
        }
        if (topology.Find(0) is { } root)
        {
            root.Take(0x1f, 0, shared: false);
            root.Take(0x1f, 2, shared: false);
            root.Take(0x1f, 3, shared: false);
        }
        PlacePrimaryVideo(machine, 1, topology, placed);
        foreach (Sound sound in machine.Devices.Sounds)
            if (sound.Model is SoundModel.Ich9 && sound.IsUnplaced() && Put(sound, new PciPlace(0, 0, 0x1b, 0), topology, placed))
                break;
        PlaceUsb2(machine, [0x1d, 0x1a], topology, placed);
    }

    /// <summary>The functions of a USB 2 controller and its companions share a slot.</summary>
    public static void PlaceUsb2(DomainDef machine, ReadOnlySpan<int> slots, PciTopology topology, Dictionary<Device, PciPlace> placed)
    {
        var slotOf = new Dictionary<uint, PciPlace>();
        foreach (Controller controller in machine.Devices.Controllers)
            if (Usb2Function(controller) >= 0 && controller.Address is DeviceAddress.Pci given && !controller.IsUnplaced())
                slotOf.TryAdd(controller.Index ?? 0, new PciPlace((int)given.Domain, (int)given.Bus, (int)given.Slot, 0));
        foreach (Controller controller in machine.Devices.Controllers)
        {
            int function = Usb2Function(controller);
            if (function < 0 || !controller.IsUnplaced() || placed.ContainsKey(controller))
                continue;
            if (!slotOf.TryGetValue(controller.Index ?? 0, out PciPlace slot))
            {
                PciPlace? free = null;
                foreach (int candidate in slots)
                    if (topology.Find(0) is { } root && root.IsSlotFree(candidate))
                    {
                        free = new PciPlace(0, 0, candidate, 0);
                        break;
                    }
                free ??= topology.FindSlot(PciConnect.Pci | PciConnect.Hotplug);
                if (free is null)
                    continue;
                slotOf[controller.Index ?? 0] = slot = free.Value;
            }
            Put(controller, slot with { Function = function }, topology, placed);
        }
    }

    static int Usb2Function(Controller controller) => controller is { Type: ControllerType.Usb, Model: { } model }
        ? model switch { "ich9-ehci1" => 7, "ich9-uhci1" => 0, "ich9-uhci2" => 1, "ich9-uhci3" => 2, _ => -1 }
        : -1;

    static void PlacePrimaryVideo(DomainDef machine, int slot, PciTopology topology, Dictionary<Device, PciPlace> placed)
    {
        foreach (Video video in machine.Devices.Videos)
        {
            if (video.Model?.Primary is not true || video.Model.Type is VideoType.None or VideoType.RamFb)
                continue;
            if (video.IsUnplaced())
                Put(video, new PciPlace(0, 0, slot, 0), topology, placed);
            return;
        }
    }

    static bool Put(Device device, PciPlace place, PciTopology topology, Dictionary<Device, PciPlace> placed)
    {
        if (!topology.TryTake(place))
            return false;
        placed[device] = place;
        return true;
    }
}
