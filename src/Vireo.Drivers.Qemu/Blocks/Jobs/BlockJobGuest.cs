using Vireo.Driver;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>A machine whose disks have jobs. Its user holds the machine's job.</summary>
/// <param name="Keeper">The driver.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Live">What runs.</param>
sealed record BlockJobGuest(QemuKeeper Keeper, QemuMachine Machine, LiveQemu Live)
{
    internal MachinePlugGuest Plug { get; } = new(Keeper, Machine, Live);

    internal BlockJobTable Jobs => Live.BlockJobs;

    internal DomainDef Def => Plug.Def;

    /// <summary>The disk as it is now.</summary>
    internal Disk? DiskOf(string target) => Machine.Snapshot.Live?.Devices.Disks.FirstOrDefault(d => d.Target.Device == target);

    /// <summary>Publishes a disk in the place of what it was, and writes it down.</summary>
    internal void Publish(string target, Func<Disk, Disk> change) => Plug.Publish(def => Change(def, target, change));

    internal static DomainDef Change(DomainDef def, string target, Func<Disk, Disk> change) =>
        def.Devices.Disks.FirstOrDefault(d => d.Target.Device == target) is { } now ? def with { Devices = def.Devices.Replace(now, change(now)) } : def;

    /// <summary>Both events of a job; the older one names the image that the disk has now.</summary>
    internal static DomainEvent[] Told(QemuMachine machine, BlockJob job, BlockJobStatus status)
    {
        string path = machine.Snapshot.Live?.Devices.Disks.FirstOrDefault(d => d.Target.Device == job.Disk) is { } disk
            ? Capabilities.DomainBlocks.PathOf(disk) ?? (disk.Source as DiskSource.OfNetwork)?.Name ?? "" : "";
        return [new DomainBlockJobEvent(machine.Snapshot.Ref, path, job.Type, status), new DomainBlockJob2Event(machine.Snapshot.Ref, job.Disk, job.Type, status)];
    }
}
