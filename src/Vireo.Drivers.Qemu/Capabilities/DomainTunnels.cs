using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Migrate.Target;
using Vireo.Drivers.Qemu.Migrate.Tunnel;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>The target's first step of a migration whose state comes through the client's connection.</summary>
sealed class DomainTunnels(QemuConnection connection) : IDomainMigrationTunnelV3, IDomainMigrationTunnelParameters
{
    public ValueTask<WithStream<byte[]>> PrepareTunnelAsync(
        byte[] cookie, DomainMigrateFlags flags, string? name, ulong bandwidth, string xml, IStreamSink client, CancellationToken cancel) =>
        PrepareAsync(cookie, DomainMigrations.Plain(flags, name, null, bandwidth, xml), client, "DomainMigratePrepareTunnel3", cancel);

    public ValueTask<WithStream<byte[]>> PrepareTunnelAsync(TypedParameter[] parameters, byte[] cookie, DomainMigrateFlags flags, IStreamSink client, CancellationToken cancel) =>
        PrepareAsync(cookie, MigrationOrder.Read(parameters, flags), client, "DomainMigratePrepareTunnel3Params", cancel);

    async ValueTask<WithStream<byte[]>> PrepareAsync(byte[] cookie, MigrationOrder order, IStreamSink client, string call, CancellationToken cancel)
    {
        if (!order.Has(DomainMigrateFlags.Tunnelled))
            throw VireoException.Internal(ErrorDomain.Qemu, "PrepareTunnel called but no TUNNELLED flag set");
        TunnelIn? tunnel = null;
        var prepared = await PreparePhase.RunAsync(connection.Keeper, order.Checked(), cookie, connection, connection.As(call), cancel, async (run, stop) =>
        {
            (tunnel, string uri) = await TunnelIn.OpenAsync(run.Qemu!, client, stop).ConfigureAwait(false);
            return uri;
        }).ConfigureAwait(false);
        return new(prepared.Cookie, tunnel!);
    }
}
