using Vireo.Core;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition;

/// <summary>
/// Numbers the images of all disks, from the last disk to the first and from each top image down: those that the document names, then those that only the
/// images name.
/// </summary>
static class ImageIndexes
{
    public static DomainDef Apply(DomainDef machine)
    {
        uint next = 1;
        Disk[] disks = [.. machine.Devices.Disks];
        for (int i = disks.Length - 1; i >= 0; i--)
            disks[i] = Number(disks[i], ref next);
        return machine with { Devices = machine.Devices with { Disks = disks.ToValueList() } };
    }

    /// <summary>Numbers the images of a machine as the document has it, finds what is below them, and numbers that.</summary>
    /// <param name="written">The machine.</param>
    /// <param name="find">Finds the images below.</param>
    public static DomainDef Apply(DomainDef written, Func<DomainDef, DomainDef> find)
    {
        uint next = NextOf(written);
        DomainDef found = find(Apply(written));
        Disk[] disks = [.. found.Devices.Disks];
        for (int i = disks.Length - 1; i >= 0; i--)
            if (disks[i].Source.Index is not null)
                disks[i] = disks[i] with { BackingStore = Number(disks[i].BackingStore, ref next) };
        return found with { Devices = found.Devices with { Disks = disks.ToValueList() } };
    }

    /// <summary>The number that follows those of all images.</summary>
    public static uint NextOf(DomainDef machine)
    {
        uint next = 1;
        foreach (Disk disk in machine.Devices.Disks)
            if (disk.Source.Index is null)
                Number(disk, ref next);
            else
                for (BackingStore? store = new() { Source = disk.Source, Next = disk.BackingStore }; store is { Source: not null }; store = store.Next)
                    next++;
        return next;
    }

    /// <summary>The highest number that images of a machine that runs have or, where nothing shows it, had at its start.</summary>
    public static uint HighestOf(DomainDef machine)
    {
        uint highest = NextOf(machine) - 1;
        foreach (Disk disk in machine.Devices.Disks)
            for (BackingStore? store = new() { Source = disk.Source, Next = disk.BackingStore }; store is { Source: not null }; store = store.Next)
                highest = Math.Max(highest, Math.Max(store.Index ?? 0, store.Source.Index ?? 0));
        return highest;
    }

    static Disk Number(Disk disk, ref uint next)
    {
        if (disk.Source.Index is not null || disk.Target.Bus is DiskBus.Sd || disk.Source is DiskSource.OfVhostUser)
            return disk;                                 // those that have no block nodes
        if (BlockGraph.IsEmpty(disk.Source))
        {
            next++;                                      // an empty drive has a number too; nothing shows it
            return disk;
        }
        return disk with
        {
            Source = disk.Source with { Index = next++ },
            BackingStore = Number(disk.BackingStore, ref next),
        };
    }

    static BackingStore? Number(BackingStore? store, ref uint next) => store is not { Source: not null }
        ? store
        : store with { Index = store.Index ?? next++, Next = Number(store.Next, ref next) };
}
