namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>What a device wants of the slot it goes into, and what a bus offers.</summary>
[Flags]
enum PciConnect
{
    None = 0,

    /// <summary>A conventional PCI slot.</summary>
    Pci = 1,

    /// <summary>A PCI Express slot.</summary>
    Pcie = 2,

    /// <summary>Devices can come and go while the machine runs.</summary>
    Hotplug = 4,

    /// <summary>Room for a pci-bridge.</summary>
    PciBridge = 8,

    /// <summary>Room for a root port.</summary>
    RootPort = 16,

    /// <summary>Room for a dmi-to-pci-bridge.</summary>
    DmiToPci = 32,

    /// <summary>Room for a pcie-to-pci-bridge.</summary>
    PcieToPci = 64,

    /// <summary>Room for the upstream half of a switch.</summary>
    Upstream = 128,

    /// <summary>Room for the downstream half of a switch.</summary>
    Downstream = 256,

    /// <summary>Room for a pci-expander-bus.</summary>
    PciExpander = 512,

    /// <summary>Room for a pcie-expander-bus.</summary>
    PcieExpander = 1024,

    /// <summary>The device shares its slot with others of its kind, one function each.</summary>
    Aggregate = 2048,

    /// <summary>Every kind of room.</summary>
    Rooms = Pci | Pcie | PciBridge | RootPort | DmiToPci | PcieToPci | Upstream | Downstream | PciExpander | PcieExpander,
}

/// <summary>The kinds of buses, by the controller that makes them.</summary>
enum PciBusKind
{
    PciRoot,
    PcieRoot,
    PciBridge,
    DmiToPciBridge,
    PcieToPciBridge,
    RootPort,
    Upstream,
    Downstream,
    PciExpander,
    PcieExpander,
}

/// <summary>A PCI address; domains other than 0 occur on other architectures only.</summary>
readonly record struct PciPlace(int Domain, int Bus, int Slot, int Function)
{
    public override string ToString() => $"{Domain:x4}:{Bus:x2}:{Slot:x2}.{Function:x}";
}

/// <summary>One bus and which functions of its slots are taken.</summary>
sealed class PciBus(PciBusKind kind)
{
    readonly byte[] taken = new byte[32];
    readonly bool[] aggregate = new bool[32];

    public PciBusKind Kind { get; } = kind;

    /// <summary>The IOMMU group, from 1, whose devices have this bus for themselves; 0: emulated devices.</summary>
    public int IsolationGroup { get; private set; }

    /// <summary>Nothing is on the bus.</summary>
    public bool IsEmpty => taken.AsSpan().IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Makes an empty bus that of a group.</summary>
    public void Isolate(int group) => IsolationGroup = group;

    public PciConnect Offers { get; } = kind switch
    {
        PciBusKind.PciRoot => PciConnect.Hotplug | PciConnect.Pci | PciConnect.PciBridge | PciConnect.PciExpander,
        PciBusKind.PciBridge or PciBusKind.PcieToPciBridge => PciConnect.Hotplug | PciConnect.Pci | PciConnect.PciBridge,
        PciBusKind.PciExpander => PciConnect.Hotplug | PciConnect.Pci | PciConnect.PciBridge,
        PciBusKind.DmiToPciBridge => PciConnect.Pci | PciConnect.PciBridge,
        PciBusKind.PcieRoot => PciConnect.Pcie | PciConnect.RootPort | PciConnect.DmiToPci | PciConnect.PcieExpander,
        PciBusKind.PcieExpander => PciConnect.RootPort | PciConnect.DmiToPci,
        PciBusKind.Upstream => PciConnect.Downstream,
        _ => PciConnect.Hotplug | PciConnect.Pcie | PciConnect.Upstream | PciConnect.PcieToPci,
    };

    public int FirstSlot => Kind is PciBusKind.RootPort or PciBusKind.Downstream or PciBusKind.Upstream
        or PciBusKind.DmiToPciBridge or PciBusKind.PcieExpander or PciBusKind.PciExpander ? 0 : 1;

    public int LastSlot => Kind is PciBusKind.RootPort or PciBusKind.Downstream ? 0 : Kind is PciBusKind.PcieExpander ? 0 : 31;

    public bool Fits(PciConnect wants) =>
        (Offers & wants & PciConnect.Rooms) != 0 && ((wants & PciConnect.Hotplug) == 0 || (Offers & PciConnect.Hotplug) != 0);

    public bool IsFull => !taken.AsSpan(FirstSlot..(LastSlot + 1)).Contains((byte)0);

    public bool IsSlotFree(int slot) => taken[slot] == 0;

    public bool IsTaken(int slot, int function) => (taken[slot] & 1 << function) != 0;

    public void Take(int slot, int function, bool shared)
    {
        if (taken[slot] == 0)
            aggregate[slot] = shared;
        else if (!shared)
            aggregate[slot] = false;
        taken[slot] |= (byte)(1 << function);
    }

    public void TakeSlot(int slot)
    {
        taken[slot] = 0xff;
        aggregate[slot] = false;
    }

    /// <summary>The next free place for a device, or -1.</summary>
    public int NextSlot(bool shared, out int function)
    {
        function = 0;
        for (int slot = FirstSlot; slot <= LastSlot; slot++)
        {
            if (taken[slot] == 0)
                return slot;
            if (!shared || !aggregate[slot] || taken[slot] == 0xff)
                continue;
            while (IsTaken(slot, function))
                function++;
            return slot;
        }
        return -1;
    }
}
