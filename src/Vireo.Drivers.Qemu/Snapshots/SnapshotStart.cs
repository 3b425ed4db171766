using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Save;
using Vireo.Drivers.Qemu.Start;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>Starts a machine as a snapshot had it: from memory in its images, from memory in a file, or without.</summary>
static class SnapshotStart
{
    internal static async ValueTask RunAsync(SnapshotWork work, RevertRun run, bool paused)
    {
        var (def, facts) = await work.CompleteAsync(run.Runs).ConfigureAwait(false);
        bool state = SnapshotStates.HasMemory(run.To.State);
        CpuDef? cpu = state && run.To.Cookie is { } cookie ? SaveCookie.Parse(cookie.Text).Cpu : null;
        DomainDef starts = cpu is null ? def : def with { Cpu = cpu };
        async ValueTask BeginAsync(StartRun start, CancellationToken cancel)
        {
            if (cpu is not null) start.Qemu!.CpuBefore = def.Cpu;
            if (state && run.To.Memory?.Location is not SnapshotLocation.External)
                await SnapshotFlows.StateJobAsync(work, run.To, static (job, tag, nodes) => new SnapshotLoad(job, tag, nodes[0], nodes)).ConfigureAwait(false);
            await GoOnAsync(work, start, state, paused, cancel).ConfigureAwait(false);
        }

        if (state && run.To.Memory is { Location: SnapshotLocation.External, File: { } file })
        {
            await using var saved = SavedMachine.Open(work.Keeper, file);
            using SafeFileHandle memory = await saved.StateAsync(work.Interrupted).ConfigureAwait(false);
            await StartFlow.RunAsync(work.Keeper, work.Machine, starts, facts, new StartWishes(Paused: true)
            {
                Incoming = new IncomingState(memory, cpu is null ? null : def.Cpu), Begin = BeginAsync,
            }, work.Interrupted).ConfigureAwait(false);
        }
        else
            await StartFlow.RunAsync(work.Keeper, work.Machine, starts, facts, new StartWishes(Paused: true) { Begin = BeginAsync }, work.Interrupted).ConfigureAwait(false);
    }

    static async ValueTask GoOnAsync(SnapshotWork work, StartRun start, bool state, bool paused, CancellationToken cancel)
    {
        LiveQemu live = start.Qemu!;
        if (state || paused)
            work.Tell(DomainEventType.Started, (int)DomainEventStartedDetail.FromSnapshot);
        if (paused)
        {
            work.Machine.Commit(s => s with { Condition = Condition.Paused(DomainPausedReason.FromSnapshot) });
            work.Tell(DomainEventType.Suspended, (int)DomainEventSuspendedDetail.FromSnapshot);
            return;
        }
        live.RunningFor = state ? DomainRunningReason.FromSnapshot : DomainRunningReason.Booted;
        MacvtapDevices.Run(start.Live, true);
        await start.Talk.RunAsync(new Cont(), cancel).ConfigureAwait(false);
        if (!state)
            work.Tell(DomainEventType.Started, (int)DomainEventStartedDetail.FromSnapshot);
    }
}
