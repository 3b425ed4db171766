using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>
/// Takes away what a daemon before this one left of a guest that does not run, or was cut off in the middle of its start. The status
/// goes last: if this daemon dies too, the next one begins again.
/// </summary>
static class AbandonFlow
{
    internal sealed record Run(
        QemuKeeper Keeper, QemuMachine Machine, IReadOnlyList<HostProcess> Processes, RunPlaces Places, DomainShutoffReason Why, bool HadOwnDev);

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("abandon")
        .Always("kill", static async run =>
        {
            foreach (var process in run.Processes) await process.EndAsync(TimeSpan.Zero, run.Keeper.Time).ConfigureAwait(false);
        })
        .AlwaysAll("devices", static run => run.Machine.Snapshot.Live is { } def ? HostPreparer.ReleasesOf(run.Keeper, run.Machine, def, run.Machine.Snapshot.Id).Reverse() : [])
        .Always("labels", static run => FileLabels.TakeBack(run.Keeper, run.Machine.Snapshot.Live, FileLabels.Given.Perhaps, run.HadOwnDev))
        .Always("confine", static run => GuestProfiles.RemoveAsync(run.Keeper, run.Machine.Snapshot.Live))
        .Always("transient", static run =>
        {
            if (run.Machine.Snapshot.Live is { } def) Disks.TransientDisks.Remove(def);
        })
        .Always("log", static run => GuestLog.Append(run.Keeper, run.Machine,
            $"{GuestLog.Stamp(run.Keeper.Time.GetUtcNow())}: shutting down, reason={Condition.ShutOff(run.Why).ReasonWord()}"))
        .Always("cgroup", static run => run.Keeper.RemoveCgroupAsync(run.Keeper.FindCgroup(run.Machine.Snapshot)))
        .Always("folders", static run => RunFolders.Remove(run.Places))
        .Always("tpm-state", static run => RunFolders.DeleteTpm(run.Keeper, run.Machine, run.Why))
        .Always("status", static run => run.Keeper.CloseStatus(run.Machine))
        .Always("publish", Publish);

    internal static async Task RunAsync(Run run)
    {
        await Flow.RunAsync(run, run.Keeper.Flows, CancellationToken.None).ConfigureAwait(false);
        foreach (var process in run.Processes) process.Dispose();
    }

    static void Publish(Run run)
    {
        var machine = run.Machine;
        var told = machine.Lifecycle(DomainEventType.Stopped, (int)DomainEventStoppedDetail.Failed);
        machine.SetLive(null);
        machine.Commit(s => s with { Id = -1, Pid = 0, Live = null, Condition = Condition.ShutOff(run.Why), BalloonKiB = 0, Extra = null });
        machine.Raise(told);
        if (machine.Snapshot.IsPersistent) return;
        run.Keeper.Snapshots.Forget(machine.Name);
        run.Keeper.Checkpoints.Forget(machine.Name);
        run.Keeper.Machines.Remove(machine);
    }
}
