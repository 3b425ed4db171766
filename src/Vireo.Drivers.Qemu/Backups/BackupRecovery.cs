using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Checkpoints;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start;
using Vireo.Drivers.Qemu.Start.Namespaces;
using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Backup;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Backups;

/// <summary>Backups that a daemon before this one began.</summary>
static class BackupRecovery
{
    /// <summary>The backup of a status file, with the long job that it holds again.</summary>
    internal static BackupRun? Of(DomainStatus status, IAsyncDisposable? held, DateTimeOffset now) => status.Backup is not { } def || held is null ? null
        : new BackupRun(def, status.Job is { Started: > 0 and var ms } ? DateTimeOffset.FromUnixTimeMilliseconds((long)ms) : now, held, FlagsOf(status));

    static DomainBackupBeginFlags FlagsOf(DomainStatus status) => (DomainBackupBeginFlags)(status.Job?.Flags ?? 0);

    /// <summary>Goes on with it if its caller was told of it, ends what QEMU has ended meanwhile, and takes away what nobody was told of.</summary>
    internal static async ValueTask ResumeAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, CancellationToken cancel)
    {
        var guest = new BlockJobGuest(keeper, machine, live);
        var work = new CheckpointWork(keeper, machine, cancel);
        if (live.Backup is not { } backup)
        {
            await work.SettleAsync().ConfigureAwait(false);
            return;
        }
        var jobs = BackupEnd.Left(guest);
        bool told = jobs.All(static j => j.State is not BlockJobState.New);
        if (!told)
            await WithdrawAsync(guest, backup, jobs).ConfigureAwait(false);
        await work.SettleAsync(drops: !told).ConfigureAwait(false);
        if (!told)
            return;
        var there = (await live.Monitor.RunAsync(new QueryJobs(), cancel).ConfigureAwait(false)).ToDictionary(static j => j.Id, StringComparer.Ordinal);
        foreach (BlockJob job in jobs)
            if (there.GetValueOrDefault(job.Name) is null or { Status: "concluded" })
            {
                job.Conclude();
                await BackupEnd.RunAsync(guest, job, cancel).ConfigureAwait(false);
            }
            else if (job.State is BlockJobState.Aborting)
                await BackupServing.TryAsync(live.Monitor, new BlockJobCancel(job.Name, Force: true)).ConfigureAwait(false);
        if (BackupEnd.Left(guest).Count == 0 && live.Backup == backup)
            await BackupEnd.FinishAsync(guest, backup).ConfigureAwait(false);
    }

    static async ValueTask WithdrawAsync(BlockJobGuest guest, BackupRun backup, IReadOnlyList<BlockJob> jobs)
    {
        if (backup.Pulls)
            await BackupServing.StopAsync(guest.Live.Monitor, backup.Def.Server).ConfigureAwait(false);
        foreach (BackupPart part in BackupPlan.Parts(guest, backup.Def))
        {
            await BackupEnd.DropAsync(guest, part).ConfigureAwait(false);
            await BackupEnd.RemoveAsync(guest, part).ConfigureAwait(false);
        }
        guest.Live.Backup = null;
        foreach (BlockJob job in jobs)
            guest.Jobs.Remove(job);
        guest.Keeper.Save(guest.Machine);
        await backup.EndAsync().ConfigureAwait(false);
    }

    /// <summary>QEMU is gone too: what it wrote to is given back, and what is of no use in part is deleted.</summary>
    internal static void Abandon(QemuKeeper keeper, DomainStatus status)
    {
        BackupServing.Forget(status.Backup?.Server);
        foreach (BackupDisk part in status.Backup?.Disks?.All ?? default)
        {
            if (part.Store?.Source is not { } source)
                continue;
            var disk = new Disk { Source = source with { PrivateData = null }, Target = new DiskTarget { Device = part.Name } };
            FileLabels.TakeBack(keeper, LiveDev.Only(status.Domain, disk), FileLabels.Given.Surely, status.MountNamespace);
            if (BackupRun.RemainsOf(source, status.Backup!.Mode is BackupMode.Pull, part.State, FlagsOf(status)) is { } remains)
                File.Delete(remains);
        }
    }
}
