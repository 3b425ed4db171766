namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>
/// The machine's PCI buses while addresses are given out. A growing topology adds the bridges and root ports that are missing,
/// so that a first run over the devices finds out how many controllers there must be.
/// </summary>
sealed class PciTopology(bool pcie, bool grows, bool hasPcieToPciBridge)
{
    readonly SortedDictionary<int, PciBus> buses = [];

    /// <summary>The machine's root is PCI Express.</summary>
    public bool Pcie { get; } = pcie;

    /// <summary>The buses by index.</summary>
    public IReadOnlyDictionary<int, PciBus> Buses => buses;

    public void AddBus(int index, PciBusKind kind) => buses[index] = new PciBus(kind);

    public PciBus? Find(int bus) => buses.GetValueOrDefault(bus);

    /// <summary>Takes a place that was asked for; false if it is taken or there is no such bus.</summary>
    public bool TryTake(PciPlace place, bool shared = false)
    {
        if (Find(place.Bus) is not { } bus || bus.IsTaken(place.Slot, place.Function))
            return false;
        bus.Take(place.Slot, place.Function, shared);
        return true;
    }

    /// <summary>Adds the buses up to one that a device asks for, if this topology grows.</summary>
    public bool GrowTo(int index)
    {
        if (buses.ContainsKey(index))
            return true;
        if (!grows)
            return false;
        for (int i = 1; i <= index; i++)
            if (!buses.ContainsKey(i))
                AddBus(i, Pcie ? PciBusKind.RootPort : PciBusKind.PciBridge);
        return true;
    }

    /// <summary>Gives the next free place to a device; null if there is none.</summary>
    public PciPlace? TakeNext(PciConnect wants, int? onBus = null, int atLeastSlot = 0)
    {
        bool shared = (wants & PciConnect.Aggregate) != 0;
        PciPlace? place = Search(wants, shared, onBus, atLeastSlot);
        if (place is null && onBus is null && Grow(wants))
            place = Search(wants, shared, null, atLeastSlot);
        if (place is { } found)
            buses[found.Bus].Take(found.Slot, found.Function, shared);
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

    PciPlace? Search(PciConnect wants, bool shared, int? onBus, int atLeastSlot)
    {
        foreach (var (index, bus) in buses)
        {
            if (onBus is { } only && index != only || !bus.Fits(wants))
                continue;
            int slot = bus.NextSlot(shared, atLeastSlot, out int function);
            if (slot >= 0)
                return new PciPlace(0, index, slot, function);
        }
        return null;
    }

    bool Grow(PciConnect wants)
    {
        if (!grows)
            return false;
        int next = buses.Keys.LastOrDefault() + 1;
        if ((wants & (PciConnect.Pcie | PciConnect.Upstream | PciConnect.PcieToPci)) != 0 && Pcie)
        {
            AddBus(next, PciBusKind.RootPort);
            return true;
        }
        if ((wants & (PciConnect.Pci | PciConnect.PciBridge)) == 0)
            return false;
        if (!Pcie || buses.Values.Any(b => b.Kind is PciBusKind.DmiToPciBridge or PciBusKind.PcieToPciBridge))
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
