using Vireo.Core.Errors;
using Vireo.Cpu.Map;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Postcopy;
using Vireo.Drivers.Qemu.Migrate.Storage;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Save;
using Vireo.Drivers.Qemu.Start.Tpm;
using Vireo.Host.Files;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Migrate.Source;

/// <summary>The first step, at the source: whether the machine may go, and what the target has to know of it.</summary>
static class BeginPhase
{
    sealed record Run(QemuKeeper Keeper, QemuMachine Machine, MigrationJob Job);

    // Nothing has happened to the guest yet: a daemon that ends here leaves a machine that is not on its way.
    static readonly Flow<Run> Flow = new Flow<Run>("migrate-begin")
        .Step("phase", static run =>
        {
            run.Job.Phase = MigrationPhase.Begin;
            run.Keeper.Migrations.Begin(run.Machine, run.Job);
            run.Keeper.Save(run.Machine);
        });

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    /// <summary>What a long job of a machine that goes lets others do.</summary>
    internal const JobMask Allowed = JobMask.Default | JobMask.Suspend | JobMask.MigrationOperation | JobMask.ModifyMigrationSafe;

    /// <summary>Begins.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="order">How it is to move.</param>
    /// <param name="text">Its document for the target.</param>
    /// <param name="peer">What CPU models mean to the target; null: nobody knows.</param>
    /// <param name="owner">The connection that asks.</param>
    /// <param name="caller">Who asks, as others see it.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async ValueTask<MigrationBegun> RunAsync(
        QemuKeeper keeper, QemuMachine machine, MigrationOrder order, Func<ValueTask<string>> text, CpuMap? peer, object owner, JobCaller caller, CancellationToken cancel)
    {
        if (order.Has(DomainMigrateFlags.PostcopyResume)) return await ResumeSteps.BeginAsync(keeper, machine, text).ConfigureAwait(false);
        bool guarded = order.Has(DomainMigrateFlags.ChangeProtection);
        var job = guarded
            ? await machine.EnterAsync(AsyncJob.MigrationOut, caller, Allowed, cancel).ConfigureAwait(false)
            : await machine.EnterAsync(Job.Modify, caller, cancel).ConfigureAwait(false);
        bool keep = false;
        try
        {
            var begun = await BeginAsync(keeper, machine, order, text, peer, cancel).ConfigureAwait(false);
            if (guarded)
            {
                keep = true;
                await Flow.RunAsync(new(keeper, machine, new MigrationJob(job, true, order.Flags, owner, keeper.Time.GetUtcNow())), keeper.Flows, cancel).ConfigureAwait(false);
            }
            return begun;
        }
        finally
        {
            if (!keep) await job.DisposeAsync().ConfigureAwait(false);
        }
    }

    static async ValueTask<MigrationBegun> BeginAsync(
        QemuKeeper keeper, QemuMachine machine, MigrationOrder order, Func<ValueTask<string>> text, CpuMap? peer, CancellationToken cancel)
    {
        var now = machine.Snapshot;
        LiveQemu? live = machine.Live;
        if (live is null && !order.Has(DomainMigrateFlags.Offline)) throw MachineErrors.NotRunning();
        List<MigrationObstacle> obstacles = [.. Obstacles(keeper, now, live, order, await BlockersAsync(live, cancel).ConfigureAwait(false))];
        foreach (var one in obstacles) keeper.Log.MigrationObstacle(now.Name, one.Text, one.Remedy);
        if (obstacles.Count > 0) throw obstacles[0].ToError();
        DomainDef def = now.Def!;
        string xml = await text().ConfigureAwait(false);
        if (order.Xml is { } wanted)
        {
            var (given, _) = await RestoreIn.DefinitionAsync(keeper, new SaveImage { Xml = xml, WasRunning = true }, wanted, cancel).ConfigureAwait(false);
            xml = given.ToXml(DomainFormat.Secure | DomainFormat.Inactive);
        }
        if (order.PersistentXml is { } kept) await Definition(keeper, now, kept, cancel).ConfigureAwait(false);
        bool off = live is null || order.Has(DomainMigrateFlags.Offline);
        if (!off && keeper.Config.MigrateTlsForce && !order.Has(DomainMigrateFlags.Tls)) throw MigrationFlagRules.TlsForced();
        CookieParts parts = CookieParts.LockState | MigrationSide.HotplugOf(def);
        var cookie = await MigrationSide.NewAsync(keeper, now.Name, now.Uuid).ConfigureAwait(false);
        if (!off)
        {
            var offered = await MigrationSettings.OfferedAsync(live!.Monitor, cancel).ConfigureAwait(false);
            cookie = cookie with
            {
                Cpu = live.CpuBefore is null || keeper.Contracts.For(def.Cpu, live, peer).Cpu is not { } cpu ? null : cpu with { Numa = null },
                Capabilities = new CookieCapabilities { All = MigrationSettings.Offer(offered, source: true) },
                Network = Ports(def),
                Bitmaps = await DiskBitmaps.FindAsync(def, order, live.Monitor, live.Facts, cancel).ConfigureAwait(false),
                Nbd = await CopiedDisks.CookieAsync(def, order, live.Monitor, cancel).ConfigureAwait(false),
            };
        }
        return new(MigrationSide.Bytes(cookie.Demanding(parts)), xml);
    }

    static CookieNetwork? Ports(DomainDef def)
    {
        var network = CookieBuilder.Build(def, CookieParts.Network, new CookieSource { HostName = "", HostUuid = default }).Network;
        return network is { Interfaces.IsEmpty: false } ? network : null;
    }

    /// <summary>Everything that keeps a machine here.</summary>
    internal static IEnumerable<MigrationObstacle> Obstacles(QemuKeeper keeper, MachineSnapshot now, LiveQemu? live, MigrationOrder order, IEnumerable<string> blockers) =>
        MigrationObstacles.Find(now, live, order, blockers, keeper.Snapshots.Of(now.Name).All.Length,
            () => SharedFileSystems.IsShared(TpmEmulator.StorageOf(keeper.Paths, now.Uuid)));

    /// <summary>What QEMU itself says against it.</summary>
    internal static async ValueTask<IEnumerable<string>> BlockersAsync(LiveQemu? live, CancellationToken cancel) =>
        live is not null && live.Facts.Has(QemuFlag.MigrationBlockedReasons)
            ? (await live.Monitor.RunAsync(new QueryMigration(), cancel).ConfigureAwait(false)).Blockers.AsEnumerable() : [];

    /// <summary>The definition that the machine has at the target after its next start.</summary>
    internal static async ValueTask<DomainDef?> PersistentAsync(QemuKeeper keeper, MachineSnapshot now, MigrationOrder order, CancellationToken cancel) =>
        order.PersistentXml is { } kept ? await Definition(keeper, now, kept, cancel).ConfigureAwait(false)
        : now.Persistent is { } persistent ? Vireo.Drivers.Qemu.Definition.ShownDefinition.Migratable(persistent, null, keeper.CpuMap.X86.Map) : null;

    static async ValueTask<DomainDef> Definition(QemuKeeper keeper, MachineSnapshot now, string xml, CancellationToken cancel)
    {
        var def = DomainDef.Parse(xml);
        if (def.Uuid is { } uuid && uuid != now.Uuid)
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, $"Target domain UUID {uuid} does not match source {now.Uuid}");
        return keeper.Planning.WithDefaults(def, await keeper.FactsForAsync(def, cancel).ConfigureAwait(false)) with { Uuid = now.Uuid };
    }
}
