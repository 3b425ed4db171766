using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks;

/// <summary>What becomes of images that a daemon was making when it ended.</summary>
static class NewImages
{
    /// <summary>Deletes those that nothing of the machine names.</summary>
    internal static void Sweep(QemuKeeper keeper, QemuMachine machine)
    {
        if (keeper.NewFiles.Of(machine.Name).Count == 0)
        {
            keeper.NewFiles.Forget(machine.Name);
            return;
        }
        HashSet<string> used = UsedBy(machine.Snapshot);
        keeper.NewFiles.Sweep(machine.Name, used.Contains);
    }

    /// <summary>Every machine's: of those that do not run. Whose machine is gone is left to nobody.</summary>
    internal static void SweepAll(QemuKeeper keeper)
    {
        foreach (string name in keeper.NewFiles.Machines())
            if (keeper.Machines.Find(name) is not { } machine)
                keeper.NewFiles.Sweep(name, static _ => false);
            else if (!machine.Snapshot.IsActive)
                Sweep(keeper, machine);
    }

    /// <summary>The images that what runs and what would run name.</summary>
    internal static HashSet<string> UsedBy(MachineSnapshot now)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (DomainDef? def in (DomainDef?[])[now.Live, now.Persistent])
            foreach (Disk disk in def?.Devices.Disks ?? [])
                used.UnionWith(BlockJobEnd.ImagesOf(disk));
        return used;
    }
}
