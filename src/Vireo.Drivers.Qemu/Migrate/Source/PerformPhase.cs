using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Values;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Postcopy;
using Vireo.Drivers.Qemu.Migrate.Storage;
using Vireo.Drivers.Qemu.Migrate.Target;
using Vireo.Drivers.Qemu.Migrate.Tunnel;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start.Leases;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Migrate.Source;

/// <summary>The third step, at the source: the guest's state goes to the target. A failure leaves the guest here, and running if it ran.</summary>
static class PerformPhase
{
    internal sealed class Run(QemuKeeper keeper, QemuMachine machine, LiveQemu live, MigrationJob job, MigrationOrder order)
    {
        internal QemuKeeper Keeper => keeper;
        internal QemuMachine Machine => machine;
        internal LiveQemu Live => live;
        internal MigrationJob Job => job;
        internal MigrationOrder Order => order;
        internal MigrationCookie? Told { get; set; }
        internal required string Uri { get; init; }

        /// <summary>What the certificate of the target has to name.</summary>
        internal string TlsHost => Order.Texts("tls.destination").FirstOrDefault() ?? MigrationPlace.HostOf(Uri);

        internal ulong Speed => Order.Bandwidth > 0 ? Order.Bandwidth : Keeper.Migrations.SpeedOf(Machine);

        /// <summary>The disks that are copied, as the target is told once more: it ends its server for them.</summary>
        internal CookieNbd? Disks { get; set; }

        /// <summary>What switches keep about its cards.</summary>
        internal CookieNetwork? Ports { get; set; }

        /// <summary>The copies of its disks.</summary>
        internal DiskCopies? Copies { get; set; }

        /// <summary>The way through the connection to the target; null: QEMU's own.</summary>
        internal IMigrationTunnel? Tunnel { get; init; }
        internal MigrationSettings Settings { get; set; } = null!;

        /// <summary>QEMU's last numbers, which were asked for when all was sent.</summary>
        internal Task<MigrationProgress>? Numbers { get; set; }

        /// <summary>The leases of its disks were given back.</summary>
        internal bool LetGo { get; set; }
    }

    // Where a daemon ends before "sent", the next one calls the migration off: the client, which got no answer, tells the target to forget it.
    static readonly Flow<Run> Flow = new Flow<Run>("migrate-perform")
        .Step("phase", static (run, _) =>
        {
            run.Job.Phase = MigrationPhase.Perform;
            run.Job.WasRunning = run.Machine.Snapshot.State is DomainState.Running;
            run.Keeper.Save(run.Machine);
            return ValueTask.CompletedTask;
        }, ResumeAsync)
        .Step("settings", SetAsync, static run => MigrationSettings.ResetAsync(run.Live.Monitor, run.Job.Before, run.Job.Flags, CancellationToken.None))
        .Step("locked-memory", static run => LockedMemory.Raise(run.Keeper, run.Machine, run.Job), static run => LockedMemory.PutBack(run.Machine.Snapshot.Pid, run.Job.LockedBefore))
        .Step("disks", CopyAsync, static run => run.Copies?.AbandonAsync() ?? ValueTask.CompletedTask)
        .Step("stop", StopAsync)
        .Step("send", SendAsync)
        .Step("sent", static async (run, _) =>
        {
            run.Job.Phase = MigrationPhase.Performed;
            run.Keeper.Save(run.Machine);
            if (run.Numbers is { } numbers) run.Job.Numbers = JobFigures.Of(run.Job.Numbers, await numbers.ConfigureAwait(false));
        });

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    /// <summary>Sends the guest.</summary>
    /// <returns>The cookie for the target.</returns>
    internal static async ValueTask<byte[]> RunAsync(
        QemuKeeper keeper, QemuMachine machine, MigrationOrder order, byte[] cookie, object owner, JobCaller caller, CancellationToken cancel, IMigrationTunnel? tunnel = null)
    {
        if (order.Has(DomainMigrateFlags.PostcopyResume)) return await ResumeSteps.PerformAsync(keeper, machine, order, cancel).ConfigureAwait(false);
        var job = keeper.Migrations.Find(machine);
        if (job is null)
        {
            var held = await machine.EnterAsync(AsyncJob.MigrationOut, caller, BeginPhase.Allowed, cancel).ConfigureAwait(false);
            job = new MigrationJob(held, true, order.Flags, owner, keeper.Time.GetUtcNow());
            keeper.Migrations.Begin(machine, job);
        }
        else if (job is not { Outgoing: true, Phase: MigrationPhase.Begin })
            throw QemuErrors.Invalid($"domain '{machine.Name}' is not being migrated");
        try
        {
            LiveQemu live = machine.Live ?? throw MachineErrors.NotRunning();
            string uri = order.Uri ?? (tunnel is not null ? "" : throw VireoException.Internal(ErrorDomain.Qemu, "no migration URI"));
            var run = new Run(keeper, machine, live, job, order) { Uri = uri, Tunnel = tunnel };
            run.Settings = MigrationSettings.Of(order, source: true);
            run.Told = MigrationSide.Read(keeper, cookie, CookieParts.Graphics | CookieParts.Capabilities | CookieParts.Nbd | CookieParts.Bitmaps, machine.Name, machine.Uuid);
            if (machine.Snapshot.Live is { } def) run.Ports = await CardSwitches.DataOfAsync(keeper, machine, def, cancel).ConfigureAwait(false);
            await Flow.RunAsync(run, keeper.Flows, cancel).ConfigureAwait(false);
            return await CookieAsync(run, cancel).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
            keeper.Save(machine);
            if (job.Abort.IsCancellationRequested)
                throw new VireoException(ErrorCode.OperationAborted, ErrorDomain.Qemu, "job 'migration out' canceled by client", e);
            throw machine.Live is null || machine.Live.Monitor.Ended.IsCompleted ? new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "domain is not running", e) : e;
        }
    }

    static async ValueTask StopAsync(Run run, CancellationToken cancel)
    {
        if (run.Order.Has(DomainMigrateFlags.Live) || !run.Job.WasRunning) return;
        run.Live.PausingFor = DomainPausedReason.Migration;
        await run.Live.Monitor.RunAsync(new Stop(), cancel).ConfigureAwait(false);
    }

    static async ValueTask SetAsync(Run run, CancellationToken cancel)
    {
        run.Settings = run.Settings.With("max-bandwidth", MigrationSettings.SpeedOf(run.Speed)) with
        {
            HandsOver = GuestLeases.AreWanted(run.Keeper) || run.Order.Has(DomainMigrateFlags.Postcopy) || CopiedDisks.Of(run.Machine.Snapshot.Live!, run.Order).Any(),
        };
        var offered = await MigrationSettings.OfferedAsync(run.Live.Monitor, cancel).ConfigureAwait(false);
        run.Job.Before = await run.Live.Monitor.RunAsync(new QueryMigrateParameters(), cancel).ConfigureAwait(false);
        run.Keeper.Save(run.Machine);
        try
        {
            if (run.Order.Has(DomainMigrateFlags.Tls))
            {
                await MigrationTls.AddAsync(run.Keeper, run.Live.Monitor, run.Live.Facts, run.Live.Places, source: true, cancel).ConfigureAwait(false);
                run.Settings = run.Settings.WithTls(run.TlsHost);
            }
            CookieBitmaps? bitmaps = run.Told?.Bitmaps is { Disks.IsEmpty: false } taken ? taken : null;
            if (bitmaps is not null) run.Settings = run.Settings.Wanting(DiskBitmaps.Capability);
            await run.Settings.ApplyAsync(run.Live.Monitor, offered, run.Job.Before, run.Told?.Capabilities, source: true, cancel).ConfigureAwait(false);
            if (bitmaps is not null) await DiskBitmaps.MapAsync(bitmaps, run.Machine.Snapshot.Live!, run.Live.Monitor, cancel).ConfigureAwait(false);
        }
        catch (VireoException) when (!run.Live.Monitor.Ended.IsCompleted)
        {
            await MigrationSettings.ResetAsync(run.Live.Monitor, run.Job.Before, run.Job.Flags, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    // All that the guest has on disks goes first, while it runs.
    static async ValueTask CopyAsync(Run run, CancellationToken cancel)
    {
        DomainDef def = run.Machine.Snapshot.Live!;
        run.Job.Copied = [.. CopiedDisks.Of(def, run.Order).Select(static d => d.Target.Device)];
        if (run.Job.Copied.IsEmpty) return;
        run.Keeper.Save(run.Machine);
        run.Disks = await CopiedDisks.CookieAsync(def, run.Order, run.Live.Monitor, cancel).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, run.Job.Abort.Token);
        run.Copies = await DiskCopies.StartAsync(run.Machine, run.Live, run.Job, run.Order, Place(run), MigrationSettings.CopySpeedOf(run.Speed), either.Token).ConfigureAwait(false);
    }

    static CopyPlace Place(Run run)
    {
        string? tls = run.Order.Has(DomainMigrateFlags.Tls) ? run.TlsHost : null;
        UriText? uri = run.Order.DisksUri is { } wished ? UriText.TryParse(wished) : null;
        if (uri is { Scheme: "unix", Path: { } path })
            return new(new QemuProperties { { "type", "unix" }, { "path", path } }, tls);
        string host = uri?.Server ?? MigrationPlace.HostOf(run.Uri);
        if (host.Length == 0 && run.Told is { } told) host = told.HostName;
        int port = uri is { Port: > 0 } ? uri.Port : run.Told?.Nbd?.Port is { } taken ? (int)taken : run.Order.DisksPort;
        if (port <= 0) throw VireoException.Internal(ErrorDomain.Qemu, "the target did not say where it takes disks");
        return new(new QemuProperties { { "type", "inet" }, { "host", host }, { "port", port.ToString(CultureInfo.InvariantCulture) } }, tls);
    }

    static async ValueTask SendAsync(Run run, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, run.Job.Abort.Token);
        if (run.Order.Has(DomainMigrateFlags.Postcopy)) run.Job.Departure = run.Live.Monitor.Expect<MigrationEvent>(static e => e.EndsPostcopy);
        using var early = run.Live.Monitor.Expect<MigrationEvent>(static e => e.Status is "postcopy-active");
        using var switching = run.Live.Monitor.Expect<MigrationEvent>(static e => e.Status is "pre-switchover");
        using var ended = run.Live.Monitor.Expect<MigrationEvent>(static e => e.IsEnd);
        using var broken = run.Live.Monitor.Expect<BlockIoErrorEvent>(e => run.Order.Has(DomainMigrateFlags.AbortOnError) && e.Action is "stop");
        if (run.Order.GraphicsUri is not null || run.Told?.Graphics is not null)
            await ScreenRelocation.TellAsync(run.Live, run.Told?.Graphics, run.Order.GraphicsUri, run.Told?.HostName, either.Token).ConfigureAwait(false);
        TunnelOut? tunnel = null;
        if (run.Tunnel is { } way) tunnel = await TunnelOut.BeginAsync(run.Live, way, either.Token).ConfigureAwait(false);
        else await SendOff.BeginAsync(run.Live, run.Uri, run.Order.Has(DomainMigrateFlags.Parallel), either.Token).ConfigureAwait(false);
        try
        {
            Task first = await Task.WhenAny(switching.Happened, ended.Happened, early.Happened, broken.Happened, run.Copies?.Failed ?? switching.Happened).WaitAsync(either.Token).ConfigureAwait(false);
            if (first == broken.Happened && !run.Live.Monitor.Ended.IsCompleted)
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "job 'migration out' failed due to I/O error");
            if (run.Copies is { } copies && first == copies.Failed && !switching.Happened.IsCompleted) throw await copies.WhyAsync().ConfigureAwait(false);
            if (switching.Happened.IsCompleted)
            {
                await switching.Happened.ConfigureAwait(false);
                await SwitchAsync(run, either.Token).ConfigureAwait(false);
                await run.Live.Monitor.RunAsync(new MigrateContinue(), either.Token).ConfigureAwait(false);
            }
            await Task.WhenAny(ended.Happened, early.Happened).WaitAsync(either.Token).ConfigureAwait(false);
            if (early.Happened.IsCompletedSuccessfully)
            {
                // The guest runs there from now on, and what is left follows: the last step waits for it.
                run.Job.InPostcopy = true;
                if (!run.LetGo) await SwitchAsync(run, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            var told = await ended.Happened.WaitAsync(either.Token).ConfigureAwait(false);
            // The guest stands still until the target hears of it: QEMU counts while the status is written.
            run.Numbers = run.Live.Monitor.RunAsync(new QueryMigration(), CancellationToken.None);
            if (told.Status is not "completed")
            {
                var numbers = await run.Numbers.ConfigureAwait(false);
                run.Job.Numbers = JobFigures.Of(run.Job.Numbers, numbers);
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "job 'migration out' failed" + (numbers.Error is { } why ? $": {why}" : ": unexpectedly failed"));
            }
            if (tunnel is not null) await tunnel.Carried.WaitAsync(either.Token).ConfigureAwait(false);
            if (!run.LetGo) await SwitchAsync(run, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!run.Live.Monitor.Ended.IsCompleted)
        {
            if (!run.Job.InPostcopy && (!ended.Happened.IsCompleted || e is OperationCanceledException))
                await CancelAsync(run, ended).ConfigureAwait(false);
            throw;
        }
        finally
        {
            if (tunnel is not null) await tunnel.DisposeAsync().ConfigureAwait(false);
        }
    }

    // From here on the guest stands still: its disks are nobody's until the target takes them.
    static async ValueTask SwitchAsync(Run run, CancellationToken cancel)
    {
        if (run.Copies is { } copies) await copies.CompleteAsync(cancel).ConfigureAwait(false);
        var now = run.Machine.Snapshot;
        await GuestLeases.GiveBackAsync(run.Keeper, run.Machine, now.Live, now.Id, now.Pid).ConfigureAwait(false);
        run.LetGo = true;
    }

    static async ValueTask CancelAsync(Run run, Expectation<MigrationEvent> ended)
    {
        await run.Live.Monitor.RunAsync(new MigrateCancel(), CancellationToken.None).ConfigureAwait(false);
        if (!ended.Happened.IsCompleted)
            await ended.Happened.WaitAsync(run.Keeper.Options.JobPatience, run.Keeper.Time).ConfigureAwait(false);
    }

    static async ValueTask ResumeAsync(Run run)
    {
        if (run.LetGo) await GuestLeases.TakeAsync(run.Keeper, run.Machine, CancellationToken.None).ConfigureAwait(false);
        await ConfirmPhase.ResumeAsync(run.Keeper, run.Machine, run.Live, run.Job).ConfigureAwait(false);
    }

    static async ValueTask<byte[]> CookieAsync(Run run, CancellationToken cancel)
    {
        var now = run.Machine.Snapshot;
        var cookie = await MigrationSide.NewAsync(run.Keeper, now.Name, now.Uuid).ConfigureAwait(false);
        CookieParts demanded = CookieParts.None;
        if (run.Order.Has(DomainMigrateFlags.PersistDest))
        {
            cookie = cookie with { Persistent = await BeginPhase.PersistentAsync(run.Keeper, now, run.Order, cancel).ConfigureAwait(false) };
            if (cookie.Persistent is not null) demanded |= CookieParts.Persistent;
        }
        DateTimeOffset time = run.Keeper.Time.GetUtcNow();
        run.Job.Numbers = run.Job.Times(time);
        return MigrationSide.Bytes((cookie with { Nbd = run.Disks, Network = run.Ports, Statistics = run.Job.Numbers with { Sent = (ulong)time.ToUnixTimeMilliseconds() } }).Demanding(demanded));
    }
}
