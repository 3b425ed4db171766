using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.Leases;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Takes away everything that a run left, after its process is gone. Whatever fails, the rest is done.</summary>
static class StopFlow
{
    sealed record Run(QemuKeeper Keeper, QemuMachine Machine, LiveQemu Live, DomainShutoffReason Why, DomainEvent? Told);

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("stop")
        .Always("hang-up", static run => run.Live.Monitor.DisposeAsync())
        .Always("backup", static run => Backups.BackupEnd.LoseAsync(run.Keeper, run.Machine, run.Live))
        .Always("leases", static run => GuestLeases.GiveBackAsync(
            run.Keeper, run.Machine, run.Machine.Snapshot.Live, run.Machine.Snapshot.Id, run.Live.Process.Pid))
        .AlwaysAll("devices", static run => run.Live.Releases.Reverse())
        .Always("labels", static run => FileLabels.TakeBack(run.Keeper, Left(run), FileLabels.Given.Surely, run.Live.HasOwnDev))
        .Always("confine", static run => GuestProfiles.RemoveAsync(run.Keeper, run.Machine.Snapshot.Live))
        .Always("transient", static run =>
        {
            if (run.Machine.Snapshot.Live is { } def) Disks.TransientDisks.Remove(def);
        })
        .Always("log", static run => GuestLog.Append(run.Keeper, run.Machine,
            $"{GuestLog.Stamp(run.Keeper.Time.GetUtcNow())}: shutting down, reason={Word(run.Why)}"))
        .Always("cgroup", static run => run.Keeper.RemoveCgroupAsync(run.Live.Cgroup))
        .Always("folders", static run => RunFolders.Remove(run.Live.Places))
        .Always("tpm-state", static run => RunFolders.DeleteTpm(run.Keeper, run.Machine, run.Why))
        .Always("status", static run => run.Keeper.CloseStatus(run.Machine))
        .Always("publish", Publish);

    internal static async ValueTask RunAsync(
        QemuKeeper keeper, QemuMachine machine, LiveQemu live, DomainShutoffReason why, DomainEvent? told)
    {
        DomainType type = machine.Snapshot.Live?.Type ?? DomainType.Qemu;
        await Flow.RunAsync(new Run(keeper, machine, live, why, told), keeper.Flows, CancellationToken.None).ConfigureAwait(false);
        keeper.AuditOf(type, machine).Lifecycle("stop", Reason(live, why), 0, true);
        live.Counters.Dispose();
        await live.Agent.DisposeAsync().ConfigureAwait(false);
        live.Process.Dispose();
        live.SetGone();
    }

    static DomainDef? Left(Run run) => run.Machine.Snapshot.Live is { } def && run.Live.LeavesDisk is { } leaves
        ? def with { Devices = def.Devices with { Disks = [.. def.Devices.Disks.Where(d => !leaves(d.Target.Device))] } } : run.Machine.Snapshot.Live;

    static void Publish(Run run)
    {
        run.Machine.SetLive(null);
        run.Machine.Commit(s => s with
        {
            Id = -1, Pid = 0, Live = null, Condition = Condition.ShutOff(run.Why), IsUpdated = false, BalloonKiB = 0, Extra = null,
        });
        run.Machine.Raise(run.Told ?? run.Machine.Lifecycle(DomainEventType.Stopped, (int)DomainEventStoppedDetail.Destroyed));
        if (run.Machine.Snapshot.IsPersistent) return;
        run.Keeper.Snapshots.Forget(run.Machine.Name);
        run.Keeper.Checkpoints.Forget(run.Machine.Name);
        run.Keeper.Machines.Remove(run.Machine);
    }

    // A guest that panicked is destroyed, says libvirt; one whose process went is failed.
    static string Reason(LiveQemu live, DomainShutoffReason why) => why is DomainShutoffReason.Crashed ? live.Panicked ? "destroyed" : "failed" : Word(why);

    static string Word(DomainShutoffReason why) => Condition.ShutOff(why).ReasonWord();
}
