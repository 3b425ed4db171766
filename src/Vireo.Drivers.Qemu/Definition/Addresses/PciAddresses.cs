using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

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
        if (!Platform.Of(machine, context.Facts).HasPci)
            return machine;
        CheckWritten(machine);
        machine = WithMissingBuses(machine, type, context);
        PciTopology topology = Topology(machine, type, context, grows: false);
        Dictionary<Device, PciPlace> placed = Assign(machine, type, topology, context);
        return Write(machine, placed, context);
    }

    /// <summary>A free place for a device on the buses that a machine has; null: there is none, or it is not one for PCI.</summary>
    internal static DeviceAddress.Pci? FindFree(DomainDef machine, Device device, DefinitionContext context)
    {
        MachineType type = MachineType.OfDefinition(machine);
        PciTopology topology = Topology(machine, type, context, grows: false);
        Assign(machine, type, topology, context);
        Device bare = device with { Address = null };
        bool modern = context.Facts.Has(QemuFlag.VirtioPciNonTransitional);
        foreach (var (one, wants) in PciUsers.Of(machine with { Devices = new DeviceSet().With(bare) }, topology.Pcie, modern))
            if (ReferenceEquals(one, bare) && topology.TakeNext(wants, null, Group(device, type, context)) is { } place)
                return new DeviceAddress.Pci { Domain = (uint)place.Domain, Bus = (uint)place.Bus, Slot = (uint)place.Slot, Function = (uint)place.Function };
        return null;
    }

    static DomainDef WithMissingBuses(DomainDef machine, MachineType type, DefinitionContext context)
    {
        PciTopology topology = Topology(machine, type, context, grows: true);
        int before = topology.Buses.Count == 0 ? 0 : topology.Buses.Keys.Max();
        if (topology.Buses.Count == 0)
            return machine;
        topology.GrowTo(before);
        foreach (var (device, wants) in PciUsers.Of(machine, topology.Pcie, context.Facts.Has(QemuFlag.VirtioPciNonTransitional)))
            if (device.Address is DeviceAddress.Pci pci)
                topology.GrowTo((int)pci.Bus, wants);
        bool full = IsFull(machine, type, context);
        Assign(machine, type, topology, context);
        if (!topology.Pcie && !full)
            topology.TakeNext(PciConnect.Pci | PciConnect.Hotplug);
        else if (topology.Pcie && before == 0 && topology.Buses.Count > 1)
            topology.TakeNext(PciConnect.Pcie | PciConnect.Hotplug);
        List<Controller> controllers = [.. machine.Devices.Controllers];
        foreach (var (index, bus) in topology.Buses)
            if (!controllers.Exists(c => c.Type is ControllerType.Pci && c.Index == (uint)index))
                controllers.Add(new Controller { Type = ControllerType.Pci, Index = (uint)index, Model = Model(bus.Kind) });
        return machine with { Devices = machine.Devices with { Controllers = controllers.ToValueList() } };
    }

    // Of every device, even one that PCI is no place for: a far bus would make all those below it.
    static void CheckWritten(DomainDef machine)
    {
        var found = new Findings();
        foreach (Device device in machine.Devices)
            if (device.Address is DeviceAddress.Pci && !device.IsUnplaced())
                AddressRules.Check(device, machine, found);
        found.ThrowFirst();
    }

    /// <summary>The document itself takes every slot of every bus that it has, so that no room for another device is wanted.</summary>
    static bool IsFull(DomainDef machine, MachineType type, DefinitionContext context)
    {
        PciTopology topology = Topology(machine, type, context, grows: false);
        foreach (Device device in machine.Devices)
            if (device.Address is DeviceAddress.Pci pci && pci.Slot < 32)
                topology.Find((int)pci.Bus)?.Take((int)pci.Slot, (int)pci.Function & 7, shared: false);
        return topology.Buses.Values.All(static bus => bus.IsFull);
    }

    static PciTopology Topology(DomainDef machine, MachineType type, DefinitionContext context, bool grows)
    {
        bool pcie = machine.Devices.Controllers.Any(static c => c is { Type: ControllerType.Pci, Model: "pcie-root" });
        bool hostBridges = type.IsPseries && context.Facts.Has(QemuFlag.SpaprPciHostBridge);
        var topology = new PciTopology(pcie, grows, context.Facts.Has(QemuFlag.PciePciBridge), hostBridges);
        foreach (Controller controller in machine.Devices.Controllers)
            if (controller.Type is ControllerType.Pci && Kind(controller.Model) is { } kind)
                topology.AddBus((int)(controller.Index ?? 0), kind);
        return topology;
    }

    static Dictionary<Device, PciPlace> Assign(DomainDef machine, MachineType type, PciTopology topology, DefinitionContext context)
    {
        var placed = new Dictionary<Device, PciPlace>(ReferenceEqualityComparer.Instance);
        (Device Device, PciConnect Wants)[] users = [.. PciUsers.Of(machine, topology.Pcie, context.Facts.Has(QemuFlag.VirtioPciNonTransitional))];
        foreach (var (device, wants) in users)
            if (device.Address is DeviceAddress.Pci pci && !device.IsUnplaced())
                Reserve(pci, (wants & PciConnect.Aggregate) != 0, Group(device, type, context), topology);
        // What PCI is no place for, and was given one there all the same, keeps it.
        HashSet<Device> known = new(users.Select(static user => user.Device), ReferenceEqualityComparer.Instance);
        foreach (Device device in machine.Devices)
            if (device.Address is DeviceAddress.Pci odd && !device.IsUnplaced() && !known.Contains(device)
                && device is not (Controller { Type: ControllerType.Usb, Model: "none" } or GuestConsole))
                Reserve(odd, false, Group(device, type, context), topology);
        Chipset.Place(machine, type, topology, placed);
        bool usb2 = false;
        foreach (var (device, wants) in users)
        {
            if (!device.IsUnplaced() || placed.ContainsKey(device))
                continue;
            if (device is Controller { Type: ControllerType.Usb, Model: "ich9-ehci1" or "ich9-uhci1" or "ich9-uhci2" or "ich9-uhci3" })
            {
                if (!usb2)
                    Chipset.PlaceUsb2(machine, [], topology, placed);
                usb2 = true;
                continue;
            }
            int? onBus = device is Iommu ? 0 : device is Controller { Model: "pci-expander-bus" or "pcie-expander-bus" or "dmi-to-pci-bridge" } ? 0 : null;
            if (topology.TakeNext(wants, onBus, Group(device, type, context)) is { } place)
                placed[device] = place;
            else if (topology.Buses.Count == 0)
                throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain, "No PCI buses available");
            else
                throw VireoException.Internal(ErrorDomain.Domain, device is not Controller { Type: ControllerType.Pci } bridge ? "No more available PCI slots"
                    : $"a PCI slot is needed to connect a PCI controller model='{bridge.Model}', but none is available, and it cannot be automatically added");
        }
        return placed;
    }

    /// <summary>A pseries machine gives devices of one IOMMU group a host bridge of their own.</summary>
    static int Group(Device device, MachineType type, DefinitionContext context)
    {
        HostPciAddress? host = !type.IsPseries ? null : device switch
        {
            Hostdev { Source: HostdevSource.OfPci pci } => pci.Address,
            Interface { Source: InterfaceSource.OfHostdev { Address: DeviceAddress.Pci card } } =>
                new HostPciAddress { Domain = card.Domain, Bus = card.Bus, Slot = card.Slot, Function = card.Function },
            _ => null,
        };
        return host is not null && context.HostPci(host)?.IommuGroup is { } group ? group + 1 : 0;
    }

    static void Reserve(DeviceAddress.Pci pci, bool shared, int group, PciTopology topology)
    {
        var place = new PciPlace((int)pci.Domain, (int)pci.Bus, (int)pci.Slot, (int)pci.Function);
        if (topology.Find(place.Bus) is null && !topology.GrowTo(place.Bus))
            throw VireoException.Internal(ErrorDomain.Qemu, $"Only PCI buses up to {topology.Buses.Keys.LastOrDefault()} are available");
        if (!topology.TryTake(place, shared, group))
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain,
                $"Attempted double use of PCI Address {place}");
    }

    static DomainDef Write(DomainDef machine, Dictionary<Device, PciPlace> placed, DefinitionContext context)
    {
        HashSet<(int Bus, int Slot)> shared = SharedSlots(machine, placed);
        DeviceAddress? Where(Device device)
        {
            DeviceAddress.Pci? written = device.Address as DeviceAddress.Pci;
            DeviceAddress.Pci? address = placed.TryGetValue(device, out PciPlace place)
                ? (written ?? new()) with { Domain = (uint)place.Domain, Bus = (uint)place.Bus, Slot = (uint)place.Slot, Function = (uint)place.Function, Multifunction = null }
                : written;
            if (address is null)
                return device.Address;
            return address is { Function: 0, Multifunction: null } && shared.Contains(((int)address.Bus, (int)address.Slot))
                ? address with { Multifunction = true }
                : address;
        }
        DeviceSet set = machine.Devices.WithAddresses(Where);
        bool pseries = MachineType.OfDefinition(machine).IsPseries;
        return machine with { Devices = set with { Controllers = PciTargets.Complete(set.Controllers, pseries, context) } };
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
        PciBusKind.PciRoot => "pci-root",
        PciBusKind.PciBridge => "pci-bridge",
        PciBusKind.DmiToPciBridge => "dmi-to-pci-bridge",
        PciBusKind.PcieToPciBridge => "pcie-to-pci-bridge",
        _ => "pcie-root-port",
    };
}
