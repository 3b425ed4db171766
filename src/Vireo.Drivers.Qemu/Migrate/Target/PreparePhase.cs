using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Postcopy;
using Vireo.Drivers.Qemu.Migrate.Storage;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Save;
using Vireo.Drivers.Qemu.Start;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Migrate.Target;

/// <summary>The second step, at the target: a QEMU that waits for the guest.</summary>
static class PreparePhase
{
    /// <summary>The parts of the source's cookie that matter here.</summary>
    const CookieParts Wanted = CookieParts.LockState | CookieParts.Nbd | CookieParts.MemoryHotplug | CookieParts.CpuHotplug | CookieParts.Cpu
        | CookieParts.Capabilities | CookieParts.Bitmaps | CookieParts.Persistent | CookieParts.Network | CookieParts.Graphics;

    /// <summary>Prepares.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="order">How the machine moves.</param>
    /// <param name="cookie">What the source says.</param>
    /// <param name="owner">The connection that asks.</param>
    /// <param name="caller">Who asks, as others see it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="tunnel">Opens the way by which the state comes and says what QEMU calls it; null: QEMU listens.</param>
    internal static async ValueTask<MigrationPrepared> RunAsync(
        QemuKeeper keeper, MigrationOrder order, byte[] cookie, object owner, JobCaller caller, CancellationToken cancel,
        Func<StartRun, CancellationToken, ValueTask<string>>? tunnel = null)
    {
        var settings = MigrationSettings.Of(order, source: false);
        if (order.DisksUri is not null && order.DisksPort != 0)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "Both port and URI requested for disk migration while being mutually exclusive");
        DomainDef def = DomainDef.Parse(order.Xml ?? throw VireoException.Internal(ErrorDomain.Qemu, "no domain XML passed"));
        Uuid uuid = def.Uuid ?? throw QemuErrors.Invalid("the machine's definition has no uuid");
        string origin = def.Name;
        if (order.Name is { } renamed) def = def with { Name = renamed };
        var told = MigrationSide.Read(keeper, cookie, Wanted, origin, uuid);
        if (order.Has(DomainMigrateFlags.PostcopyResume)) return await ResumeSteps.PrepareAsync(keeper, order, origin, def.Name, owner, cancel).ConfigureAwait(false);
        bool off = order.Has(DomainMigrateFlags.Offline);
        MigrationPlace? place = off || tunnel is not null ? null : await MigrationPlace.ChooseAsync(
            keeper.Config, keeper.Ports, keeper.Node.HostnameAsync, order.Uri, order.ListenAddress).ConfigureAwait(false);
        MachineClaim<LiveQemu>? claim = null;
        MigrationJob? job = null;
        try
        {
            var facts = await keeper.FactsForAsync(def, cancel).ConfigureAwait(false);
            if (!off && def.Type is DomainType.Kvm && facts.Kvm is null)
                throw QemuErrors.Unsupported($"Emulator '{facts.Emulator}' does not support virt type 'kvm'");
            if (keeper.Config.MigrateTlsForce && !off && !order.Has(DomainMigrateFlags.Tls)) throw MigrationFlagRules.TlsForced();
            def = keeper.Planning.WithDefaults(def, facts);
            claim = await keeper.Machines.ClaimAsync(def.Name, uuid, AsyncJob.MigrationIn, JobMask.Default, caller, cancel).ConfigureAwait(false);
            claim.Publish();
            job = new MigrationJob(claim, false, order.Flags, owner, keeper.Time.GetUtcNow())
            {
                Phase = MigrationPhase.Prepare, Origin = origin, WasKnown = claim.Machine.Snapshot.IsPersistent,
            };
            if (place is { Port: > 0 and var port }) job.Releases.Add(() => keeper.Ports.Return(port));
            var mine = await MigrationSide.NewAsync(keeper, origin, uuid).ConfigureAwait(false);
            if (off)
            {
                if (!job.WasKnown)
                    claim.Machine.Commit(s => s with { Persistent = def });
                keeper.Migrations.Begin(claim.Machine, job);
            }
            else
                mine = await StartAsync(keeper, claim.Machine, job, def, facts, order, settings, told, tunnel ?? ((_, _) => new(place!.Listen)), owner, mine, cancel).ConfigureAwait(false);
            return new(MigrationSide.Bytes(mine), place?.Told);
        }
        catch
        {
            if (claim is { Machine.Snapshot.IsPersistent: false }) keeper.Machines.Remove(claim.Machine);
            if (job is not null && claim is not null)
                await keeper.Migrations.EndAsync(claim.Machine, job).ConfigureAwait(false);
            else
            {
                if (place is { Port: > 0 and var taken }) keeper.Ports.Return(taken);
                if (claim is not null) await claim.DisposeAsync().ConfigureAwait(false);
            }
            throw;
        }
    }

    static async ValueTask<MigrationCookie> StartAsync(
        QemuKeeper keeper, QemuMachine machine, MigrationJob job, DomainDef def, QemuFacts facts, MigrationOrder order, MigrationSettings settings, MigrationCookie? told,
        Func<StartRun, CancellationToken, ValueTask<string>> place, object owner, MigrationCookie mine, CancellationToken cancel)
    {
        ValueList<MigrateCapability> offered = [];
        CpuDef? as_ = told?.Cpu is { } cpu ? cpu with { Numa = def.Cpu?.Numa } : null;
        await DiskVolumes.MakeAsync(keeper.Options.Storage, def, order, told?.Nbd, cancel).ConfigureAwait(false);
        await StartFlow.RunAsync(keeper, machine, as_ is null ? def : def with { Cpu = as_ }, facts, new StartWishes(Paused: true, DiesWith: owner)
        {
            Incoming = new IncomingState(null, as_ is null ? null : def.Cpu)
            {
                Listen = async (run, stop) =>
                {
                    keeper.Migrations.Begin(machine, job);
                    offered = await MigrationSettings.OfferedAsync(run.Talk, stop).ConfigureAwait(false);
                    if (order.Has(DomainMigrateFlags.Tls))
                    {
                        await MigrationTls.AddAsync(keeper, run.Talk, facts, run.Places, source: false, stop).ConfigureAwait(false);
                        settings = settings.WithTls("");
                    }
                    var bitmaps = await DiskBitmaps.TakenAsync(told?.Bitmaps, run.Live, order, run.Talk, facts, stop).ConfigureAwait(false);
                    if (bitmaps is not null) settings = settings.Wanting(DiskBitmaps.Capability);
                    job.Before = await run.Talk.RunAsync(new QueryMigrateParameters(), stop).ConfigureAwait(false);
                    await settings.ApplyAsync(run.Talk, offered, job.Before, told?.Capabilities, source: false, stop).ConfigureAwait(false);
                    job.Arrival = run.Talk.Expect<MigrationEvent>(static e => e.EndsPostcopy);
                    if (order.Has(DomainMigrateFlags.Postcopy)) job.Early = run.Talk.Expect<MigrationEvent>(static e => e.Status is "postcopy-active");
                    if (bitmaps is not null) await DiskBitmaps.MapAsync(bitmaps, run.Live, run.Talk, stop).ConfigureAwait(false);
                    mine = mine with { Bitmaps = bitmaps, Nbd = await DiskServer.StartAsync(keeper, run.Talk, facts, run.Live, order, job, stop).ConfigureAwait(false) };
                    await run.Talk.RunAsync(new MigrateIncoming(await place(run, stop).ConfigureAwait(false)), stop).ConfigureAwait(false);
                },
            },
        }, cancel).ConfigureAwait(false);
        var screen = CookieBuilder.Build(machine.Snapshot.Live!, CookieParts.Graphics, new CookieSource
        {
            HostName = "", HostUuid = default, SpiceTls = keeper.Config.Spice.Tls.Enabled,
        }).Graphics;
        return mine with
        {
            Graphics = screen is { Type: CookieScreen.Spice } ? screen : null,
            Capabilities = new CookieCapabilities { All = MigrationSettings.Offer(offered, source: false) },
        };
    }
}
