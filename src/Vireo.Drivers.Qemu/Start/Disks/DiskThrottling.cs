using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Disks;

/// <summary>Limits of disks' traffic, which QEMU is told of before the guest runs.</summary>
static class DiskThrottling
{
    internal static async ValueTask RunAsync(StartRun run, CancellationToken cancel)
    {
        foreach (Disk disk in run.Live.Devices.Disks.AsSpan().ToArray())
            if (disk is { IoTune: { } limits, Alias: { } alias } && disk.Target.Bus is not DiskBus.Sd && !BlockGraph.IsEmpty(disk.Source))
                await run.Talk.RunAsync(new BlockSetIoThrottle(PlaceOf(disk, alias), limits), cancel).ConfigureAwait(false);
    }

    // Where the drive itself is in QEMU's tree of objects: some buses have a device around it.
    internal static string PlaceOf(Disk disk, string alias) => disk.Target.Bus switch
    {
        DiskBus.Virtio => $"/machine/peripheral/{alias}/virtio-backend",
        DiskBus.Usb => $"/machine/peripheral/{alias}/{alias}.0/legacy[0]",
        _ => alias,
    };
}
