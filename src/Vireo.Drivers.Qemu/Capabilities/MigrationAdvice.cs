using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Migrate.Source;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What would stand against a migration: nothing is begun for it.</summary>
sealed class MigrationAdvice(QemuConnection connection) : IMigrationAdvice
{
    public async ValueTask<MigrationHindrance[]> ExplainDepartureAsync(DomainRef domain, TypedParameter[] parameters, DomainMigrateFlags flags, CancellationToken cancel)
    {
        var order = MigrationOrder.Read(parameters, flags).Checked();
        var machine = connection.Get(domain);
        var now = machine.Snapshot;
        if (machine.Live is null && !order.Has(DomainMigrateFlags.Offline)) throw MachineErrors.NotRunning(Core.Errors.ErrorDomain.Qemu);
        var blockers = await BeginPhase.BlockersAsync(machine.Live, cancel).ConfigureAwait(false);
        return Told(BeginPhase.Obstacles(connection.Keeper, now, machine.Live, order, blockers));
    }

    public async ValueTask<MigrationHindrance[]> ExplainArrivalAsync(string xml, TypedParameter[] parameters, DomainMigrateFlags flags, CancellationToken cancel) =>
        Told(await ArrivalObstacles.FindAsync(connection.Keeper, DomainDef.Parse(xml), MigrationOrder.Read(parameters, flags).Checked(), cancel).ConfigureAwait(false));

    static MigrationHindrance[] Told(IEnumerable<MigrationObstacle> obstacles) => [.. obstacles.Select(static o => new MigrationHindrance(o.Text, o.Remedy))];
}
