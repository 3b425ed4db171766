using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Status;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Limits of migrations, before and while they run.</summary>
sealed class DomainMigrationSettings(QemuConnection connection) : IDomainMigrationSettings
{
    const ulong MiB = 1024 * 1024;
    const string Downtime = "downtime-limit", Cache = "xbzrle-cache-size", After = "max-postcopy-bandwidth", Speed = "max-bandwidth";

    public ValueTask SetMaxDowntimeAsync(DomainRef domain, ulong downtime, uint flags, CancellationToken cancel) =>
        SetAsync(domain, flags, "DomainMigrateSetMaxDowntime", Downtime, downtime, cancel);

    public ValueTask<ulong> GetMaxDowntimeAsync(DomainRef domain, uint flags, CancellationToken cancel) =>
        GetAsync(domain, flags, "DomainMigrateGetMaxDowntime", Downtime, cancel);

    public ValueTask<ulong> GetCompressionCacheAsync(DomainRef domain, uint flags, CancellationToken cancel) =>
        GetAsync(domain, flags, "DomainMigrateGetCompressionCache", Cache, cancel);

    public ValueTask SetCompressionCacheAsync(DomainRef domain, ulong size, uint flags, CancellationToken cancel) =>
        SetAsync(domain, flags, "DomainMigrateSetCompressionCache", Cache, size, cancel);

    public async ValueTask SetMaxSpeedAsync(DomainRef domain, ulong bandwidth, DomainMigrateMaxSpeedFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainMigrateMaxSpeedFlags.Postcopy, "qemuDomainMigrateSetMaxSpeed");
        ulong most = flags.HasFlag(DomainMigrateMaxSpeedFlags.Postcopy) ? MigrationSettings.MostToldMiB : MigrationSettings.MostMiB;
        ulong bytes = ulong.Parse(MigrationSettings.Bytes(bandwidth, most), CultureInfo.InvariantCulture);
        if (flags.HasFlag(DomainMigrateMaxSpeedFlags.Postcopy))
        {
            await SetAsync(domain, 0, "DomainMigrateSetMaxSpeed", After, bytes, cancel).ConfigureAwait(false);
            return;
        }
        var machine = connection.Get(domain);
        if (machine.Live?.Migration is { Outgoing: true })
            await SetAsync(domain, 0, "DomainMigrateSetMaxSpeed", Speed, bytes, cancel).ConfigureAwait(false);
        connection.Keeper.Migrations.SetSpeed(machine, bandwidth);
    }

    public async ValueTask<ulong> GetMaxSpeedAsync(DomainRef domain, DomainMigrateMaxSpeedFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainMigrateMaxSpeedFlags.Postcopy, "qemuDomainMigrateGetMaxSpeed");
        if (flags.HasFlag(DomainMigrateMaxSpeedFlags.Postcopy))
            return await GetAsync(domain, 0, "DomainMigrateGetMaxSpeed", After, cancel).ConfigureAwait(false) / MiB;
        return connection.Keeper.Migrations.SpeedOf(connection.Get(domain));
    }

    public async ValueTask StartPostCopyAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        if (flags != 0) throw QemuErrors.UnknownFlags("qemuDomainMigrateStartPostCopy", flags);
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.MigrationOperation, connection.As("DomainMigrateStartPostCopy"), cancel).ConfigureAwait(false);
        var live = job.RequireLive();
        if (live.Migration is not { Outgoing: true } migration)
            throw QemuErrors.Invalid("post-copy can only be started while outgoing migration is in progress");
        if (!migration.Flags.HasFlag(DomainMigrateFlags.Postcopy))
            throw QemuErrors.Invalid("switching to post-copy requires migration to be started with VIR_MIGRATE_POSTCOPY flag");
        await live.Monitor.RunAsync(new MigrateStartPostcopy(), cancel).ConfigureAwait(false);
    }

    async ValueTask SetAsync(DomainRef domain, uint flags, string call, string name, ulong value, CancellationToken cancel)
    {
        if (flags != 0) throw QemuErrors.UnknownFlags("qemu" + call, flags);
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.MigrationOperation, connection.As(call), cancel).ConfigureAwait(false);
        await job.RequireLive().Monitor.RunAsync(new MigrateSetParameters(
            [new StatusMigrationParameter { Name = name, Value = value.ToString(CultureInfo.InvariantCulture) }]), cancel).ConfigureAwait(false);
    }

    async ValueTask<ulong> GetAsync(DomainRef domain, uint flags, string call, string name, CancellationToken cancel)
    {
        if (flags != 0) throw QemuErrors.UnknownFlags("qemu" + call, flags);
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Query, connection.As(call), cancel).ConfigureAwait(false);
        var all = await job.RequireLive().Monitor.RunAsync(new QueryMigrateParameters(), cancel).ConfigureAwait(false);
        return all.FirstOrDefault(p => p.Name == name) is { Value: { } value } && ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong number) ? number
            : throw QemuErrors.ArgumentUnsupported($"QEMU does not tell its migration parameter '{name}'");
    }
}
