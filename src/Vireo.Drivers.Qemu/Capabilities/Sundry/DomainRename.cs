using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Gives a machine that is off another name.</summary>
sealed class DomainRename(QemuConnection connection) : IDomainRename
{
    QemuKeeper Keeper => connection.Keeper;

    public async ValueTask<int> RenameAsync(DomainRef domain, string? name, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainRename", flags);
        if (string.IsNullOrEmpty(name))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "name must not be empty");
        if (name.Contains('/', StringComparison.Ordinal))
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain, $"name {name} cannot contain '/'");
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainRename"), cancel).ConfigureAwait(false);
        if (job.Snapshot.IsActive)
            throw QemuErrors.Invalid("cannot rename active domain");
        if (job.Snapshot.Persistent is not { } def)
            throw QemuErrors.Invalid("cannot rename a transient domain");
        if (job.Snapshot.HasManagedSave)
            throw QemuErrors.Invalid("domain with a managed saved state can't be renamed");
        DomainDef next = def with { Name = name };
        DomainRef old = job.Snapshot.Ref;
        await Keeper.Machines.RenameAsync(job, name, () =>
        {
            Keeper.Snapshots.Rename(old.Name, name);
            try
            {
                Keeper.Checkpoints.Rename(old.Name, name);
            }
            catch
            {
                Keeper.Snapshots.Rename(name, old.Name);
                throw;
            }
            try
            {
                Keeper.Definitions.Rename(old.Name, name, machine.Uuid, next.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
            }
            catch
            {
                Keeper.Checkpoints.Rename(name, old.Name);
                Keeper.Snapshots.Rename(name, old.Name);
                throw;
            }
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        machine.Commit(s => s with { Persistent = next });
        machine.Raise(new DomainLifecycleEvent(old, DomainEventType.Undefined, (int)DomainEventUndefinedDetail.Renamed),
            machine.Lifecycle(DomainEventType.Defined, (int)DomainEventDefinedDetail.Renamed));
        return 0;
    }
}
