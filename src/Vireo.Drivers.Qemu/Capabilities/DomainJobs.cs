using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Migrate.Storage;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>The long job of a machine: how it goes, how the last one went, and its end.</summary>
sealed class DomainJobs(QemuConnection connection) : IDomainJobs
{
    public async ValueTask<DomainJobInfo> GetJobInfoAsync(DomainRef domain, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        if (!machine.Snapshot.IsActive) throw MachineErrors.NotRunning();
        return await NowAsync(machine, cancel).ConfigureAwait(false) is { } figures ? figures.ToInfo(DomainJobType.Unbounded) : new DomainJobInfo { Type = DomainJobType.None };
    }

    public async ValueTask<DomainJobStatistics> GetJobStatisticsAsync(DomainRef domain, DomainGetJobStatsFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainGetJobStatsFlags.Completed | DomainGetJobStatsFlags.KeepCompleted, "qemuDomainGetJobStats");
        var machine = connection.Get(domain);
        if (flags.HasFlag(DomainGetJobStatsFlags.Completed))
        {
            var last = connection.Keeper.Migrations.Completed(machine, flags.HasFlag(DomainGetJobStatsFlags.KeepCompleted));
            return last is null ? new(DomainJobType.None, []) : new(last.Type, last.ToParameters());
        }
        if (!machine.Snapshot.IsActive) throw MachineErrors.NotRunning();
        return await NowAsync(machine, cancel).ConfigureAwait(false) is { } now ? new(DomainJobType.Unbounded, now.ToParameters()) : new(DomainJobType.None, []);
    }

    // The reader does not wait for a QEMU that does not answer: it gets the last numbers.
    async ValueTask<JobFigures?> NowAsync(QemuMachine machine, CancellationToken cancel)
    {
        if (machine.Live is { Backup: { } backup } copied)
        {
            var left = copied.BlockJobs.All.Where(static j => j.Type is DomainBlockJobType.Backup).Select(static j => j.Name).ToHashSet(StringComparer.Ordinal);
            var jobs = await copied.AskAsync(new QueryJobs(), cancel).ConfigureAwait(false);
            return JobFigures.OfBackup(backup.Figures((jobs ?? []).Where(j => left.Contains(j.Id)), connection.Keeper.Time.GetUtcNow()), []);
        }
        if (machine.Live is not { } live || connection.Keeper.Migrations.Find(machine) is not { } job) return null;
        if (job is { Outgoing: false }) throw QemuErrors.Invalid("migration statistics are available only on the source host");
        if ((job.Phase is MigrationPhase.Perform || job.InPostcopy) && await live.AskAsync(new QueryMigration(), cancel).ConfigureAwait(false) is { } now)
            job.Numbers = JobFigures.Of(job.Numbers, now);
        await DiskCopies.CountAsync(live, job, cancel).ConfigureAwait(false);
        return new JobFigures(DomainJobOperation.MigrationOut, job.Times(connection.Keeper.Time.GetUtcNow()));
    }

    public async ValueTask AbortJobAsync(DomainRef domain, DomainAbortJobFlagsValues flags, CancellationToken cancel)
    {
        flags.Only(DomainAbortJobFlagsValues.Postcopy, "qemuDomainAbortJobFlags");
        var machine = connection.Get(domain);
        await using var turn = await machine.EnterAsync(Job.Abort, connection.As("DomainAbortJobFlags"), cancel).ConfigureAwait(false);
        var live = turn.RequireLive();
        var job = connection.Keeper.Migrations.Find(machine);
        if (flags.HasFlag(DomainAbortJobFlagsValues.Postcopy))
        {
            if (job is not { Outgoing: true, InPostcopy: true }) throw QemuErrors.Invalid("current job is not outgoing migration in post-copy mode");
            await machine.Live!.Monitor.RunAsync(new MigratePause(), cancel).ConfigureAwait(false);
            return;
        }
        if (live.Backup is not null)
        {
            await Backups.BackupEnd.CancelAsync(new Blocks.Jobs.BlockJobGuest(connection.Keeper, machine, live)).ConfigureAwait(false);
            return;
        }
        switch (job)
        {
            case { Outgoing: true, InPostcopy: true }:
                throw QemuErrors.Invalid("cannot abort migration in post-copy mode");
            case { Outgoing: true, Phase: MigrationPhase.Perform }:
                await job.Abort.CancelAsync().ConfigureAwait(false);
                break;
            case { Outgoing: false }:
                throw QemuErrors.Invalid("cannot abort incoming migration; use virDomainDestroy instead");
            default:
                throw QemuErrors.Invalid("no job is active on the domain");
        }
    }
}
