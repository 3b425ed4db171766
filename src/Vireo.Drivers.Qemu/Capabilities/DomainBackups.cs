using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Backups;
using Vireo.Drivers.Qemu.Checkpoints;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Backup;
using Vireo.Model.Checkpoint;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Backups of guests that run.</summary>
sealed class DomainBackups(QemuConnection connection, DomainReads reads) : IDomainBackup
{
    public async ValueTask BeginBackupAsync(DomainRef domain, string backupXml, string? checkpointXml, DomainBackupBeginFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainBackupBeginFlags.ReuseExternal, "qemuBackupBegin");
        QemuKeeper keeper = connection.Keeper;
        QemuMachine machine = connection.Get(domain);
        if (!machine.Snapshot.IsActive)
            throw CheckpointErrors.Operation("cannot perform disk backup for inactive domain");
        BackupDef def = BackupDef.Define(backupXml);
        BackupServing.Check(def.Server);
        DateTimeOffset now = keeper.Time.GetUtcNow();
        CheckpointDef? checkpoint = checkpointXml is null ? null : CheckpointDef.Define(checkpointXml, redefine: false, now.ToUnixTimeSeconds());
        var job = await machine.EnterAsync(AsyncJob.Backup, connection.As("DomainBackupBegin"), BackupBegin.Allowed, cancel).ConfigureAwait(false);
        bool begun = false;
        try
        {
            await using var step = await job.EnterStepAsync(cancel).ConfigureAwait(false);
            if (machine.Live is null)
                throw MachineErrors.NotRunning();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, step.Interrupted);
            var work = new CheckpointWork(keeper, machine, either.Token);
            if (checkpoint is not null)
                checkpoint = await DomainCheckpoints.PrepareAsync(work, checkpoint, domain, reads, cancel).ConfigureAwait(false);
            bool reuse = flags.HasFlag(DomainBackupBeginFlags.ReuseExternal);
            await BackupBegin.RunAsync(work, new BackupRun(BackupPlan.Of(work, def, checkpoint, reuse), now, job, flags), checkpoint, reuse).ConfigureAwait(false);
            begun = true;
        }
        finally
        {
            if (!begun)
                await job.DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask<string> GetBackupXmlAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuBackupGetXMLDesc", flags);
        return new((connection.Get(domain).Live?.Backup ?? throw new VireoException(ErrorCode.NoDomainBackup, ErrorDomain.Qemu, "no domain backup job present")).Shown.ToXml());
    }
}
