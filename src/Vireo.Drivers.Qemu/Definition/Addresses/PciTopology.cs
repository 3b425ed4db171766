namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>
/// The machine's PCI buses while addresses are given out. A growing topology adds the bridges and root ports that are missing,
/// so that a first run over the devices finds out how many controllers there must be.
/// </summary>
sealed class PciTopology(bool pcie, bool grows, bool hasPcieToPciBridge, bool growsByHostBridges = false)
{
    /// <summary>The number of a bus is a byte.</summary>
    public const int LastBus = 255;

    readonly SortedDictionary<int, PciBus> buses = [];

    /// <summary>The machine's root is PCI Express.</summary>
    public bool Pcie { get; } = pcie;

    /// <summary>The buses by index.</summary>
    public IReadOnlyDictionary<int, PciBus> Buses => buses;

    public void AddBus(int index, PciBusKind kind) => buses[index] = new PciBus(kind);

    public PciBus? Find(int bus) => buses.GetValueOrDefault(bus);

    /// <summary>Takes a place that was asked for; false if it is taken or there is no such bus.</summary>
    public bool TryTake(PciPlace place, bool shared = false, int group = 0)
    {
        if (Find(place.Bus) is not { } bus || bus.IsTaken(place.Slot, place.Function))
            return false;
        if (bus.IsEmpty && place.Bus > 0)
            bus.Isolate(group);
        else if (bus.IsolationGroup != group)
            bus.Isolate(0);                               // its owner mixes groups: then it is like any other
        bus.Take(place.Slot, place.Function, shared);
        return true;
    }

    /// <summary>Adds the buses up to one that a device asks for, if this topology grows.</summary>
    public bool GrowTo(int index, PciConnect wants = PciConnect.None)
    {
        if (!grows)
            return buses.ContainsKey(index);
        while (Pcie && (wants & PciConnect.Pci) != 0 && !HasConventional && buses.Keys.LastOrDefault() < index)
            Grow(PciConnect.Pci);
        for (int i = 1; i <= index; i++)
            if (!buses.ContainsKey(i))
                AddBus(i, Pcie && (wants & PciConnect.Pci) == 0 ? PciBusKind.RootPort : growsByHostBridges ? PciBusKind.PciRoot : PciBusKind.PciBridge);
        return true;
    }

    /// <summary>Gives the next free place to a device; null if there is none.</summary>
    public PciPlace? TakeNext(PciConnect wants, int? onBus = null, int group = 0)
    {
        bool shared = (wants & PciConnect.Aggregate) != 0;
        PciPlace? place = Search(wants, shared, onBus, group);
        if (place is null && onBus is null && Grow(wants))
            place = Search(wants, shared, null, group);
        if (place is { } found)
        {
            buses[found.Bus].Isolate(group);
            buses[found.Bus].Take(found.Slot, found.Function, shared);
        }
        return place;
    }

    /// <summary>A whole slot that is free, without taking it.</summary>
    public PciPlace? FindSlot(PciConnect wants)
    {
        PciPlace? place = Search(wants, false, null, 0);
        if (place is null && Grow(wants))
            place = Search(wants, false, null, 0);
        return place;
    }

    PciPlace? Search(PciConnect wants, bool shared, int? onBus, int group) =>
        Search(wants, shared, onBus, (_, bus) => bus.IsolationGroup == group)
        ?? (group == 0 ? null : Search(wants, shared, onBus, static (index, bus) => index > 0 && bus.IsEmpty));

    PciPlace? Search(PciConnect wants, bool shared, int? onBus, Func<int, PciBus, bool> suits)
    {
        foreach (var (index, bus) in buses)
        {
            if (onBus is { } only && index != only || !bus.Fits(wants) || !suits(index, bus))
                continue;
            int slot = bus.NextSlot(shared, out int function);
            if (slot >= 0)
                return new PciPlace(0, index, slot, function);
        }
        return null;
    }

    bool HasConventional => buses.Values.Any(static b => b.Kind is PciBusKind.DmiToPciBridge or PciBusKind.PcieToPciBridge);

    bool Grow(PciConnect wants)
    {
        if (!grows)
            return false;
        int next = buses.Keys.LastOrDefault() + 1;
        if (next > LastBus)
            return false;
        if ((wants & (PciConnect.Pcie | PciConnect.Upstream | PciConnect.PcieToPci)) != 0 && Pcie)
        {
            AddBus(next, PciBusKind.RootPort);
            return true;
        }
        if ((wants & (PciConnect.Pci | PciConnect.PciBridge)) == 0)
            return false;
        if (!Pcie && growsByHostBridges)
        {
            AddBus(next, PciBusKind.PciRoot);
            return true;
        }
        if (!Pcie || HasConventional)
        {
            AddBus(next, PciBusKind.PciBridge);
            return true;
        }
        if (hasPcieToPciBridge)
        {
            AddBus(next, PciBusKind.RootPort);
            buses[next].Take(0, 0, false);                // the bridge itself will sit there
            AddBus(next + 1, PciBusKind.PcieToPciBridge);
        }
        else
        {
            AddBus(next, PciBusKind.DmiToPciBridge);
            AddBus(next + 1, PciBusKind.PciBridge);
        }
        return true;
    }
}
