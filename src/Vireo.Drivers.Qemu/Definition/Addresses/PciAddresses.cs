using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>
/// PCI addresses, and the bridges and root ports that they need. A first run on a topology that grows finds the controllers that
/// are missing; a second one with all of them there gives the addresses.
/// </summary>
static class PciAddresses
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        MachineType type = MachineType.OfDefinition(machine);
        if (!type.IsI440fx && !type.IsQ35)
            return machine;
        machine = WithMissingBuses(machine, type, context);
        PciTopology topology = Topology(machine, type, context, grows: false);
        Dictionary<Device, PciPlace> placed = Assign(machine, type, topology);
        return Write(machine, placed, context);
    }

    static DomainDef WithMissingBuses(DomainDef machine, MachineType type, DefinitionContext context)
    {
        PciTopology topology = Topology(machine, type, context, grows: true);
        int before = topology.Buses.Count == 0 ? 0 : topology.Buses.Keys.Max();
        foreach (Device device in machine.Devices)
            if (device.Address is DeviceAddress.Pci pci)
                topology.GrowTo((int)pci.Bus);
        Assign(machine, type, topology);
        if (!type.HasPcieRoot)
            topology.TakeNext(PciConnect.Pci | PciConnect.Hotplug);
        else if (before == 0 && topology.Buses.Count > 1)
            topology.TakeNext(PciConnect.Pcie | PciConnect.Hotplug);
        List<Controller> controllers = [.. machine.Devices.Controllers];
        foreach (var (index, bus) in topology.Buses)
            if (!controllers.Exists(c => c.Type is ControllerType.Pci && c.Index == (uint)index))
                controllers.Add(new Controller { Type = ControllerType.Pci, Index = (uint)index, Model = Model(bus.Kind) });
        return machine with { Devices = machine.Devices with { Controllers = controllers.ToValueList() } };
    }

    static PciTopology Topology(DomainDef machine, MachineType type, DefinitionContext context, bool grows)
    {
        var topology = new PciTopology(type.HasPcieRoot, grows, context.Facts.Has(QemuFlag.PciePciBridge));
        foreach (Controller controller in machine.Devices.Controllers)
            if (controller.Type is ControllerType.Pci && Kind(controller.Model) is { } kind)
                topology.AddBus((int)(controller.Index ?? 0), kind);
        return topology;
    }

    static Dictionary<Device, PciPlace> Assign(DomainDef machine, MachineType type, PciTopology topology)
    {
        var placed = new Dictionary<Device, PciPlace>(ReferenceEqualityComparer.Instance);
        (Device Device, PciConnect Wants)[] users = [.. PciUsers.Of(machine, topology.Pcie)];
        foreach (var (device, wants) in users)
            if (device.Address is DeviceAddress.Pci pci)
                Reserve(device, pci, (wants & PciConnect.Aggregate) != 0, topology);
        Chipset.Place(machine, type, topology, placed);
        bool usb2 = false;
        foreach (var (device, wants) in users)
        {
            if (device.Address is not null || placed.ContainsKey(device))
                continue;
            if (device is Controller { Type: ControllerType.Usb, Model: "ich9-ehci1" or "ich9-uhci1" or "ich9-uhci2" or "ich9-uhci3" })
            {
                if (!usb2)
                    Chipset.PlaceUsb2(machine, [], topology, placed);
                usb2 = true;
                continue;
            }
            int? onBus = device is Iommu ? 0 : device is Controller { Model: "pci-expander-bus" or "pcie-expander-bus" or "dmi-to-pci-bridge" } ? 0 : null;
            if (topology.TakeNext(wants, onBus) is { } place)
                placed[device] = place;
            else
                throw VireoException.Internal(ErrorDomain.Qemu, "No more available PCI slots");
        }
        return placed;
    }

    static void Reserve(Device device, DeviceAddress.Pci pci, bool shared, PciTopology topology)
    {
        var place = new PciPlace((int)pci.Domain, (int)pci.Bus, (int)pci.Slot, (int)pci.Function);
        if (topology.Find(place.Bus) is null && !topology.GrowTo(place.Bus))
            throw VireoException.Internal(ErrorDomain.Qemu, $"Only PCI buses up to {topology.Buses.Keys.LastOrDefault()} are available");
        if (!topology.TryTake(place, shared))
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain,
                $"Attempted double use of PCI Address {place}");
    }

    static DomainDef Write(DomainDef machine, Dictionary<Device, PciPlace> placed, DefinitionContext context)
    {
        HashSet<(int Bus, int Slot)> shared = SharedSlots(machine, placed);
        DeviceAddress? Where(Device device)
        {
            DeviceAddress.Pci? address = placed.TryGetValue(device, out PciPlace place)
                ? new DeviceAddress.Pci { Domain = (uint)place.Domain, Bus = (uint)place.Bus, Slot = (uint)place.Slot, Function = (uint)place.Function }
                : device.Address as DeviceAddress.Pci;
            if (address is null)
                return device.Address;
            return address is { Function: 0, Multifunction: null } && shared.Contains(((int)address.Bus, (int)address.Slot))
                ? address with { Multifunction = true }
                : address;
        }
        DeviceSet set = machine.Devices;
        return machine with
        {
            Devices = set with
            {
                Controllers = set.Controllers.Map(c => PciTargets.Complete(c with { Address = Where(c) }, context)),
                Interfaces = set.Interfaces.Map(d => d with { Address = Where(d) }),
                Sounds = set.Sounds.Map(d => d with { Address = Where(d) }),
                Disks = set.Disks.Map(d => d with { Address = Where(d) }),
                MemoryBalloon = set.MemoryBalloon is { } balloon ? balloon with { Address = Where(balloon) } : null,
                Rngs = set.Rngs.Map(d => d with { Address = Where(d) }),
                Watchdogs = set.Watchdogs.Map(d => d with { Address = Where(d) }),
                Iommu = set.Iommu is { } iommu ? iommu with { Address = Where(iommu) } : null,
                Videos = set.Videos.Map(d => d with { Address = Where(d) }),
                Inputs = set.Inputs.Map(d => d with { Address = Where(d) }),
                Serials = set.Serials.Map(d => d with { Address = Where(d) }),
                Vsock = set.Vsock is { } vsock ? vsock with { Address = Where(vsock) } : null,
                Cryptos = set.Cryptos.Map(d => d with { Address = Where(d) }),
            },
        };
    }

    /// <summary>Slots in which more than one function is taken.</summary>
    static HashSet<(int Bus, int Slot)> SharedSlots(DomainDef machine, Dictionary<Device, PciPlace> placed)
    {
        var shared = new HashSet<(int, int)>();
        foreach (PciPlace place in placed.Values)
            if (place.Function > 0)
                shared.Add((place.Bus, place.Slot));
        foreach (Device device in machine.Devices)
            if (device.Address is DeviceAddress.Pci { Function: > 0 } pci)
                shared.Add(((int)pci.Bus, (int)pci.Slot));
        return shared;
    }

    static PciBusKind? Kind(string? model) => model switch
    {
        "pci-root" => PciBusKind.PciRoot,
        "pcie-root" => PciBusKind.PcieRoot,
        "pci-bridge" => PciBusKind.PciBridge,
        "dmi-to-pci-bridge" => PciBusKind.DmiToPciBridge,
        "pcie-to-pci-bridge" => PciBusKind.PcieToPciBridge,
        "pcie-root-port" => PciBusKind.RootPort,
        "pcie-switch-upstream-port" => PciBusKind.Upstream,
        "pcie-switch-downstream-port" => PciBusKind.Downstream,
        "pci-expander-bus" => PciBusKind.PciExpander,
        "pcie-expander-bus" => PciBusKind.PcieExpander,
        _ => null,
    };

    static string Model(PciBusKind kind) => kind switch
    {
        PciBusKind.PciBridge => "pci-bridge",
        PciBusKind.DmiToPciBridge => "dmi-to-pci-bridge",
        PciBusKind.PcieToPciBridge => "pcie-to-pci-bridge",
        _ => "pcie-root-port",
    };
}
