using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Source;
using Vireo.Drivers.Qemu.Migrate.Target;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Migrate.Postcopy;

/// <summary>The steps of a migration that goes on where its way broke.</summary>
static class ResumeSteps
{
    static MigrationJob JobOf(QemuKeeper keeper, QemuMachine machine, bool outgoing, params ReadOnlySpan<MigrationPhase> phases) =>
        keeper.Migrations.Find(machine) is { } job && job.Outgoing == outgoing && phases.Contains(job.Phase) ? job
            : throw QemuErrors.Invalid($"domain '{machine.Name}' is not being migrated");

    /// <summary>Begins, at the source.</summary>
    internal static async ValueTask<MigrationBegun> BeginAsync(QemuKeeper keeper, QemuMachine machine, Func<ValueTask<string>> text)
    {
        // A client whose target refused it has left it begun.
        var job = JobOf(keeper, machine, true, MigrationPhase.PostcopyFailed, MigrationPhase.BeginResume);
        await PostcopyState.PausedAsync(keeper, machine.Live ?? throw Vireo.Hypervisor.Machines.MachineErrors.NotRunning()).ConfigureAwait(false);
        string xml = await text().ConfigureAwait(false);
        job.Phase = MigrationPhase.BeginResume;
        keeper.Save(machine);
        return new(MigrationSide.Bytes(await MigrationSide.NewAsync(keeper, machine.Name, machine.Uuid).ConfigureAwait(false)), xml);
    }

    /// <summary>Prepares, at the target: the guest there takes the rest from another place.</summary>
    internal static async ValueTask<MigrationPrepared> PrepareAsync(QemuKeeper keeper, MigrationOrder order, string origin, string name, object owner, CancellationToken cancel)
    {
        var machine = keeper.Machines.Find(name) ?? throw Vireo.Hypervisor.Machines.MachineErrors.NoName(ErrorDomain.Qemu, name);
        var job = JobOf(keeper, machine, false, MigrationPhase.PostcopyFailed);
        var live = machine.Live ?? throw Vireo.Hypervisor.Machines.MachineErrors.NotRunning();
        await PostcopyState.PausedAsync(keeper, live).ConfigureAwait(false);
        var place = await MigrationPlace.ChooseAsync(keeper.Config, keeper.Ports, keeper.Node.HostnameAsync, order.Uri, order.ListenAddress).ConfigureAwait(false);
        if (place.Port > 0) job.Releases.Add(() => keeper.Ports.Return(place.Port));
        job.Arrival?.Dispose();
        job.Arrival = live.Monitor.Expect<MigrationEvent>(static e => e.EndsPostcopy);
        await live.Monitor.RunAsync(new MigrateRecover(place.Listen), cancel).ConfigureAwait(false);
        job.Owner = owner;
        job.Phase = MigrationPhase.PrepareResume;
        keeper.Save(machine);
        return new(MigrationSide.Bytes(await MigrationSide.NewAsync(keeper, origin, machine.Uuid).ConfigureAwait(false)), place.Told);
    }

    /// <summary>Sends the rest, at the source.</summary>
    internal static async ValueTask<byte[]> PerformAsync(QemuKeeper keeper, QemuMachine machine, MigrationOrder order, CancellationToken cancel)
    {
        var job = JobOf(keeper, machine, true, MigrationPhase.BeginResume);
        var live = machine.Live ?? throw Vireo.Hypervisor.Machines.MachineErrors.NotRunning();
        job.Phase = MigrationPhase.PerformResume;
        keeper.Save(machine);
        try
        {
            if (order.Ulong("bandwidth.postcopy") is { } after)
                await live.Monitor.RunAsync(new MigrateSetParameters([new Status.StatusMigrationParameter { Name = "max-postcopy-bandwidth", Value = MigrationSettings.PostcopySpeedOf(after) }]), cancel).ConfigureAwait(false);
            job.Departure?.Dispose();
            job.Departure = live.Monitor.Expect<MigrationEvent>(static e => e.EndsPostcopy);
            using var goes = live.Monitor.Expect<MigrationEvent>(static e => e.Status is "postcopy-active");
            string uri = order.Uri ?? throw VireoException.Internal(ErrorDomain.Qemu, "no migration URI");
            await SendOff.BeginAsync(live, uri, several: false, cancel, resume: true).ConfigureAwait(false);
            await Task.WhenAny(goes.Happened, job.Departure.Happened, live.Monitor.Ended).WaitAsync(cancel).ConfigureAwait(false);
            if (!goes.Happened.IsCompletedSuccessfully && !IsDone(job)) throw PostcopyState.Broken(job);
        }
        catch
        {
            PostcopyState.Break(keeper, machine, job);
            throw;
        }
        return MigrationSide.Bytes(await MigrationSide.NewAsync(keeper, machine.Name, machine.Uuid).ConfigureAwait(false));
    }

    static bool IsGone(LiveQemu live, MigrationProgress? now) => now is { Status: "completed" } && !live.Monitor.Ended.IsCompleted;

    static bool IsDone(MigrationJob job) => job.Departure?.Happened is { IsCompletedSuccessfully: true, Result.Status: "completed" };

    /// <summary>Waits for all of it, at the target.</summary>
    internal static async ValueTask<MigrationFinished> FinishAsync(QemuKeeper keeper, QemuMachine machine, bool cancelled)
    {
        var job = JobOf(keeper, machine, false, MigrationPhase.PrepareResume);
        var live = machine.Live ?? throw Vireo.Hypervisor.Machines.MachineErrors.NotRunning();
        job.Phase = MigrationPhase.FinishResume;
        keeper.Save(machine);
        if (cancelled)
        {
            PostcopyState.Break(keeper, machine, job);
            throw PostcopyState.Broken(job);
        }
        await PostcopyState.WaitAsync(keeper, machine, live, job, job.Arrival!).ConfigureAwait(false);
        return await FinishPhase.SettleAsync(keeper, machine, live, job).ConfigureAwait(false);
    }

    /// <summary>Waits until the last of it has gone, at the source.</summary>
    internal static async ValueTask GoneAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, MigrationJob job, bool cancelled)
    {
        if (cancelled && !IsDone(job))
        {
            PostcopyState.Break(keeper, machine, job);
            // It may have gone in this instant, and nobody else sees to it.
            if (!IsDone(job) || !job.TakeEnd()) throw PostcopyState.Broken(job);
        }
        if (!IsGone(live, await live.AskAsync(new QueryMigration(), CancellationToken.None).ConfigureAwait(false)))
            await PostcopyState.WaitAsync(keeper, machine, live, job, job.Departure!).ConfigureAwait(false);
        if (await live.AskAsync(new QueryMigration(), CancellationToken.None).ConfigureAwait(false) is { } numbers)
            job.Numbers = JobFigures.Of(job.Numbers, numbers);
    }
}
