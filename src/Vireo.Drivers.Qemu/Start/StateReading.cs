using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Machines;
using PassedDescriptor = Vireo.Host.Processes.PassedDescriptor;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>The part of a start that is about state which the machine takes over in place of booting.</summary>
static class StateReading
{
    const int FirstFree = 3;

    /// <summary>Lets QEMU inherit what it reads the state from.</summary>
    internal static void Pass(StartRun run)
    {
        if (run.Wishes.Incoming?.State is not { } state) return;
        run.StateNumber = run.Passed.Select(static p => p.Number + 1).Append(FirstFree).Max();
        run.Passed.Add(new PassedDescriptor(state, run.StateNumber));
    }

    /// <summary>Has QEMU read it, and waits until it has.</summary>
    internal static async ValueTask TakeAsync(StartRun run, CancellationToken cancel)
    {
        if (run.Wishes.Incoming is not { } incoming) return;
        if (incoming.CpuBefore is { } before)
            run.Qemu!.CpuBefore = before;
        try
        {
            if (incoming.Listen is { } listen)
            {
                await listen(run, cancel).ConfigureAwait(false);
                return;
            }
            await run.Talk.RunAsync(new MigrateSetCapability("events", true), cancel).ConfigureAwait(false);
            using var ended = run.Talk.Expect<MigrationEvent>(static e => e.IsEnd);
            await run.Talk.RunAsync(new MigrateIncoming($"fd:{run.StateNumber}"), cancel).ConfigureAwait(false);
            var told = await ended.Happened.WaitAsync(cancel).ConfigureAwait(false);
            if (told.Status != "completed")
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "the saved state could not be read");
        }
        catch (VireoException e) when (incoming.Listen is null || (e is not QmpRefusal && run.Talk.Ended.IsCompleted))
        {
            // A QEMU that cannot read the state ends, and says why in its log.
            await run.Process!.EndAsync(TimeSpan.FromSeconds(1), run.Keeper.Time, CancellationToken.None).ConfigureAwait(false);
            string said = run.Log!.Tail();
            throw said.Length == 0 ? e : VireoException.Internal(ErrorDomain.Qemu, $"qemu unexpectedly closed the monitor: {said}", e);
        }
    }

    /// <summary>Tells that the machine is back, and lets it run if it shall.</summary>
    internal static async ValueTask GoOnAsync(StartRun run, CancellationToken cancel)
    {
        var machine = run.Machine;
        if (run.Wishes.Incoming?.Listen is not null)
        {
            machine.Commit(static s => s with { Condition = Condition.Paused(DomainPausedReason.Migration) });
            machine.Raise(machine.Lifecycle(DomainEventType.Started, (int)DomainEventStartedDetail.Migrated));
            return;
        }
        machine.Raise(machine.Lifecycle(DomainEventType.Started, (int)DomainEventStartedDetail.Restored));
        if (run.Wishes.Paused)
        {
            machine.Commit(static s => s with { Condition = Condition.Paused(DomainPausedReason.Migration) });
            machine.Raise(machine.Lifecycle(DomainEventType.Suspended, (int)DomainEventSuspendedDetail.Restored));
            return;
        }
        run.Qemu!.RunningFor = DomainRunningReason.Restored;
        MacvtapDevices.Run(run.Live, true);
        await run.Talk.RunAsync(new Cont(), cancel).ConfigureAwait(false);
    }
}
