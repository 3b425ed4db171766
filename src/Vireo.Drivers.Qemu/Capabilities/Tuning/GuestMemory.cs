using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>How much memory a guest has, and how often it tells how much of it is in use.</summary>
sealed class GuestMemory(QemuConnection connection) : IDomainMemory
{
    public async ValueTask SetMemoryAsync(DomainRef domain, ulong memory, DomainMemoryFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainMemoryFlags.Live | DomainMemoryFlags.Config | DomainMemoryFlags.Maximum, "qemuDomainSetMemoryFlags");
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetMemoryFlags", ImpactOf(flags), cancel).ConfigureAwait(false);
        if (flags.HasFlag(DomainMemoryFlags.Maximum))
        {
            if (edit.Live is not null)
                throw QemuErrors.Invalid("cannot resize the maximum memory on an active domain");
            edit.Save(WithMost(edit.Config!, memory));
            return;
        }
        ulong most = edit.Meant.Min(static def => def.Memory?.KiB ?? 0);
        if (memory > most)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "cannot set memory higher than max memory");
        if (edit.Live is { } live)
            await BlowAsync(edit, live, memory, cancel).ConfigureAwait(false);
        if (edit.Config is { } config)
            edit.Save(config with { CurrentMemory = new MemorySize(memory) });
    }

    static DomainDef WithMost(DomainDef def, ulong memory)
    {
        if (def.Cpu?.Numa is { Cells.IsEmpty: false })
            throw QemuErrors.Invalid("initial memory size of a domain with NUMA nodes cannot be modified with this API");
        var size = new MemorySize(memory);
        return def with { Memory = size, CurrentMemory = def.CurrentMemory is { } now && now.KiB > memory ? size : def.CurrentMemory };
    }

    // How far the guest follows is told by events.
    async ValueTask BlowAsync(DefinitionEdit edit, DomainDef live, ulong memory, CancellationToken cancel)
    {
        if (live.Devices.MemoryBalloon is not { Model: not BalloonModel.None })
            throw QemuErrors.Invalid("Unable to change memory of active domain without the balloon device and guest OS balloon driver");
        ulong before = edit.Machine.Snapshot.BalloonKiB;
        bool done = false;
        try
        {
            await edit.AskAsync(new Balloon((long)memory * 1024), cancel).ConfigureAwait(false);
            done = true;
        }
        finally
        {
            connection.Keeper.AuditOf(live.Type, edit.Machine).Amount("mem", "update", before, memory, done);
        }
    }

    public async ValueTask SetMemoryStatisticsPeriodAsync(DomainRef domain, int period, DomainMemoryFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainMemoryFlags.Live | DomainMemoryFlags.Config, "qemuDomainSetMemoryStatsPeriod");
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetMemoryStatsPeriod", ImpactOf(flags), cancel).ConfigureAwait(false);
        foreach (DomainDef def in edit.Meant)
            if (def.Devices.MemoryBalloon is not { Model: not BalloonModel.None })
                throw VireoException.Internal(ErrorDomain.Qemu, "No memory balloon device configured, can not set the collection period");
        if (edit.Live?.Devices.MemoryBalloon is { Alias: { } alias })
            await edit.AskAsync(new QomSetNumber(BalloonPaths.Of(alias), BalloonPaths.Interval, period), cancel).ConfigureAwait(false);
        edit.Change(def => def with { Devices = def.Devices with { MemoryBalloon = def.Devices.MemoryBalloon! with { StatsPeriod = period > 0 ? period : null } } });
    }

    static DomainModificationImpact ImpactOf(DomainMemoryFlags flags) => (DomainModificationImpact)(flags & (DomainMemoryFlags.Live | DomainMemoryFlags.Config));
}
