using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Cpu.Map;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Migrate.Source;
using Vireo.Drivers.Qemu.Migrate.Target;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Migrations of the third protocol, with a fixed set of arguments and with parameters by name: the same steps.</summary>
/// <param name="connection">Whose.</param>
/// <param name="reads">Tells what a machine is.</param>
/// <param name="peer">What CPU models mean to the target; null: whoever leads did not say who that is.</param>
sealed class DomainMigrations(QemuConnection connection, DomainReads reads, CpuMap? peer = null) : IDomainMigrationV3, IDomainMigrationParameters
{
    QemuKeeper Keeper => connection.Keeper;

    ValueTask<MigrationBegun> BeginAsync(DomainRef domain, MigrationOrder order, string call, CancellationToken cancel) => BeginPhase.RunAsync(
        Keeper, connection.Get(domain), order.Checked(), () => reads.GetMigratableXmlAsync(domain, peer, cancel), peer,
        connection, connection.As(call), cancel);

    ValueTask<MigrationPrepared> PrepareAsync(byte[] cookie, MigrationOrder order, string call, CancellationToken cancel)
    {
        if (order.Has(DomainMigrateFlags.Tunnelled))
            throw VireoException.Internal(ErrorDomain.Qemu, "Tunnelled migration requested but invalid RPC method called");
        return PreparePhase.RunAsync(Keeper, order.Checked(), cookie, connection, connection.As(call), cancel);
    }

    async ValueTask<byte[]> PerformAsync(DomainRef domain, string? target, byte[] cookie, MigrationOrder order, string call, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        order.Checked();
        if (order.Has(DomainMigrateFlags.PeerToPeer))
        {
            await LeadAsync(domain, target, order, cancel).ConfigureAwait(false);
            return [];
        }
        if (target is not null)
            throw VireoException.Internal(ErrorDomain.Qemu, "Unexpected dconnuri parameter with non-peer2peer migration");
        return await PerformPhase.RunAsync(Keeper, machine, order, cookie, connection, connection.As(call), cancel).ConfigureAwait(false);
    }

    // The daemon is the client then: of itself, and of the target's.
    ValueTask LeadAsync(DomainRef domain, string? target, MigrationOrder order, CancellationToken cancel)
    {
        if (Keeper.Options.Peers is not { } peers) throw QemuErrors.ArgumentUnsupported("peer to peer migration is not offered by this daemon");
        _ = MigrationSettings.Of(order, source: true);
        if (target is null) throw VireoException.InvalidArgument(ErrorDomain.Qemu, "peer to peer migration needs the URI of the target's daemon");
        Func<byte[], IMigrationTunnel, CancellationToken, ValueTask<byte[]>>? send = !order.Has(DomainMigrateFlags.Tunnelled) || order.Has(DomainMigrateFlags.Offline) ? null
            : (cookie, tunnel, stop) => PerformPhase.RunAsync(Keeper, connection.Get(domain), order, cookie, connection, connection.As("DomainMigratePerform3Params"), stop, tunnel);
        return peers.LeadAsync(
            version => new LedSource(connection, new DomainMigrations(connection, reads, Keeper.Contracts.Of(MapRelease.OfVersion(version)))),
            new PeerMigration(domain, target, order.Flags, order.All.ToArray()) { Send = send, KeepaliveInterval = Keeper.Config.KeepaliveInterval, KeepaliveCount = Keeper.Config.KeepaliveCount }, cancel);
    }

    public ValueTask<MigrationBegun> BeginAsync(
        DomainRef domain, string? xml, DomainMigrateFlags flags, string? name, ulong bandwidth, CancellationToken cancel) =>
        BeginAsync(domain, Plain(flags, name, null, bandwidth, xml), "DomainMigrateBegin3", cancel);

    public ValueTask<MigrationPrepared> PrepareAsync(
        byte[] cookie, string? uri, DomainMigrateFlags flags, string? name, ulong bandwidth, string xml, CancellationToken cancel) =>
        PrepareAsync(cookie, Plain(flags, name, uri, bandwidth, xml), "DomainMigratePrepare3", cancel);

    public ValueTask<byte[]> PerformAsync(
        DomainRef domain, string? xml, byte[] cookie, string? targetUri, string? uri, DomainMigrateFlags flags, string? name, ulong bandwidth, CancellationToken cancel) =>
        PerformAsync(domain, targetUri, cookie, Plain(flags, name, uri, bandwidth, xml), "DomainMigratePerform3", cancel);

    public ValueTask<MigrationFinished> FinishAsync(
        string name, byte[] cookie, string? targetUri, string? uri, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel) =>
        FinishPhase.RunAsync(Keeper, name, cookie, flags, cancelled, cancel);

    public ValueTask ConfirmAsync(DomainRef domain, byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel) =>
        ConfirmPhase.RunAsync(Keeper, connection.Get(domain), flags, cookie, cancelled, connection.As("DomainMigrateConfirm3"), cancel);

    public ValueTask<MigrationBegun> BeginAsync(DomainRef domain, TypedParameter[] parameters, DomainMigrateFlags flags, CancellationToken cancel) =>
        BeginAsync(domain, MigrationOrder.Read(parameters, flags), "DomainMigrateBegin3Params", cancel);

    public ValueTask<MigrationPrepared> PrepareAsync(TypedParameter[] parameters, byte[] cookie, DomainMigrateFlags flags, CancellationToken cancel) =>
        PrepareAsync(cookie, MigrationOrder.Read(parameters, flags), "DomainMigratePrepare3Params", cancel);

    public ValueTask<byte[]> PerformAsync(
        DomainRef domain, string? targetUri, TypedParameter[] parameters, byte[] cookie, DomainMigrateFlags flags, CancellationToken cancel) =>
        PerformAsync(domain, targetUri, cookie, MigrationOrder.Read(parameters, flags), "DomainMigratePerform3Params", cancel);

    public ValueTask<MigrationFinished> FinishAsync(
        TypedParameter[] parameters, byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel) =>
        FinishPhase.RunAsync(Keeper, MigrationOrder.Read(parameters, flags).Name ?? throw MachineErrors(), cookie, flags, cancelled, cancel);

    public ValueTask ConfirmAsync(DomainRef domain, TypedParameter[] parameters, byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel) =>
        ConfirmPhase.RunAsync(Keeper, connection.Get(domain), flags, cookie, cancelled, connection.As("DomainMigrateConfirm3Params"), cancel);

    static VireoException MachineErrors() => new(ErrorCode.NoDomain, ErrorDomain.Qemu, "missing domain name");

    internal static MigrationOrder Plain(DomainMigrateFlags flags, string? name, string? uri, ulong bandwidth, string? xml)
    {
        List<TypedParameter> all = [];
        void Say(string parameter, string? value)
        {
            if (value is not null) all.Add(new(parameter, value));
        }
        Say("destination_name", name);
        Say("migrate_uri", uri);
        Say("destination_xml", xml);
        if (bandwidth > 0) all.Add(new("bandwidth", bandwidth));
        return MigrationOrder.Read([.. all], flags);
    }
}
