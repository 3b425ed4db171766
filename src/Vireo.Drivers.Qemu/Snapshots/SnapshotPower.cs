using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>Machines that end for the sake of a snapshot.</summary>
static class SnapshotPower
{
    /// <summary>Ends what runs; QEMU writes what it still has of the images.</summary>
    internal static async ValueTask StopAsync(SnapshotWork work)
    {
        LiveQemu live = work.Job.RequireLive();
        live.Ending = live.SawShutdown = true;      // its end is told as the snapshot's, and not as a shutdown
        live.Process.Signal(Signals.Terminate);
        try
        {
            await live.Process.Exited.WaitAsync(work.Keeper.Options.EndPatience, work.Keeper.Time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            live.Ending = live.SawShutdown = false;
            _ = work.Keeper.WatchAsync(work.Machine, live);
            throw QemuErrors.NotTerminated(live.Process.Pid);
        }
        await live.Monitor.Ended.ConfigureAwait(false);
        await StopFlow.RunAsync(work.Keeper, work.Machine, live, DomainShutoffReason.FromSnapshot,
            work.Machine.Lifecycle(DomainEventType.Stopped, (int)DomainEventStoppedDetail.FromSnapshot)).ConfigureAwait(false);
    }
}
