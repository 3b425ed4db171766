using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>What would stand against a migration, all of it before anything moves. Beyond libvirt.</summary>
[Capability(ErrorDomain.Domain, Program = WireProgram.Vireo)]
public interface IMigrationAdvice
{
    /// <summary>At the source: everything that keeps a machine here, in the order in which a migration would meet it; none: nothing does.</summary>
    [Procedure(2), CExport("vireoExplainDeparture")]
    [Acl(DomainRight.Read)]
    [return: Bound(4096)]
    ValueTask<MigrationHindrance[]> ExplainDepartureAsync(DomainRef domain, [Bound(64)] TypedParameter[] parameters, DomainMigrateFlags flags, CancellationToken cancel);

    /// <summary>At the target: everything that keeps a machine out.</summary>
    [Procedure(3), CExport("vireoExplainArrival")]
    [Acl(ConnectRight.Read)]
    [return: Bound(4096)]
    ValueTask<MigrationHindrance[]> ExplainArrivalAsync(string xml, [Bound(64)] TypedParameter[] parameters, DomainMigrateFlags flags, CancellationToken cancel);
}

/// <summary>Something that stands against a migration.</summary>
/// <param name="What">What it is, in the words of the error that the migration would end with.</param>
/// <param name="Remedy">What can be done about it.</param>
public readonly record struct MigrationHindrance(string What, string Remedy);
