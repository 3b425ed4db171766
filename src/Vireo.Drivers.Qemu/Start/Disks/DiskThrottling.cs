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
                await run.Talk.RunAsync(new BlockSetIoThrottle(alias, limits), cancel).ConfigureAwait(false);
    }
}
