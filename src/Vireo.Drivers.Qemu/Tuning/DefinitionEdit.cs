using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Capabilities;
using Vireo.Drivers.Qemu.Hotplug;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Hypervisor.Jobs;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Tuning;

/// <summary>
/// The right to change what runs of a machine, its definition, or both, until it is disposed. What runs is changed first, as it may refuse; its status is
/// written before the call is answered, and the definition last.
/// </summary>
sealed class DefinitionEdit : IAsyncDisposable
{
    readonly QemuKeeper _keeper;
    readonly QemuMachine _machine;
    readonly QemuJob _job;
    readonly Impact _impact;

    DefinitionEdit(QemuKeeper keeper, QemuMachine machine, QemuJob job, Impact impact) => (_keeper, _machine, _job, _impact) = (keeper, machine, job, impact);

    /// <summary>Waits for the turn.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_INVALID: there is not that half of the machine that flags ask for.</exception>
    internal static async ValueTask<DefinitionEdit> BeginAsync(
        QemuConnection connection, DomainRef domain, string operation, DomainModificationImpact flags, CancellationToken cancel)
    {
        QemuMachine machine = connection.Get(domain);
        QemuJob job = await machine.EnterAsync(Job.Modify, connection.As(operation), cancel).ConfigureAwait(false);
        try
        {
            return new DefinitionEdit(connection.Keeper, machine, job, Impact.Of(flags, job.Snapshot));
        }
        catch
        {
            await job.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What runs, where that is to be changed; else null.</summary>
    internal DomainDef? Live => _impact.Live ? _job.Snapshot.Live : null;

    /// <summary>What the next start takes, where that is to be changed; else null.</summary>
    internal DomainDef? Config => _impact.Config ? _job.Snapshot.Persistent : null;

    /// <summary>All that are to be changed.</summary>
    internal IEnumerable<DomainDef> Meant => new[] { Live, Config }.OfType<DomainDef>();

    internal QemuMachine Machine => _machine;

    /// <summary>The process that runs.</summary>
    internal LiveQemu Qemu => _job.RequireLive();

    /// <summary>Asks QEMU; who destroys the machine ends the wait.</summary>
    internal ValueTask<T> AskAsync<T>(IQmpCommand<T> command, CancellationToken cancel) => _job.AskAsync(command, cancel);

    /// <summary>Publishes a change of what runs, and writes its status.</summary>
    internal void Publish(Func<DomainDef, DomainDef> change, params TypedParameter[] tuned)
    {
        DomainEvent[] events = tuned.Length > 0 ? [new DomainTunableEvent(_machine.Snapshot.Ref, tuned)] : [];
        _machine.Commit(s => s.Live is { } now ? s with { Live = change(now) } : s);
        _keeper.Save(_machine);
        if (events.Length > 0)
            _machine.Raise(events);
    }

    /// <summary>The same, where what runs is to be changed.</summary>
    internal void PublishWhere(Func<DomainDef, DomainDef> change, IReadOnlyList<TypedParameter> tuned)
    {
        if (Live is not null)
            Publish(change, [.. tuned]);
    }

    /// <summary>Saves and publishes what the next start takes; null: nothing changes.</summary>
    internal void Save(DomainDef? next)
    {
        if (next is null)
            return;
        _keeper.Definitions.Save(_machine.Name, _machine.Uuid, next.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
        _machine.Commit(s => s with { Persistent = next });
    }

    /// <summary>Makes the same change of all that are meant.</summary>
    internal void Change(Func<DomainDef, DomainDef> change, params TypedParameter[] tuned)
    {
        DomainDef? next = Config is { } config ? change(config) : null;
        if (Live is not null)
            Publish(change, tuned);
        Save(next);
    }

    public ValueTask DisposeAsync() => _job.DisposeAsync();
}
