using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Migration of the first kind: three steps without documents.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMigrationV1
{
    /// <summary>At the target: makes ready, and says where to send.</summary>
    [Procedure(61, Write = true), CExport("virDomainMigratePrepare")]
    [Acl(DomainRight.Migrate)]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    ValueTask<MigrationPrepared> PrepareAsync(
        string? uri, [Wire(WireType.UHyper)] DomainMigrateFlags flags, string? name, ulong bandwidth, CancellationToken cancel);

    /// <summary>At the source: sends the machine. The second kind has this step as well.</summary>
    [Procedure(62, Write = true), CExport("virDomainMigratePerform")]
    [Acl(DomainRight.Migrate)]
    ValueTask PerformAsync(
        DomainRef domain, [Bound(4194304)] byte[] cookie, string uri, [Wire(WireType.UHyper)] DomainMigrateFlags flags, string? name, ulong bandwidth, CancellationToken cancel);

    /// <summary>At the target: lets it run.</summary>
    [Procedure(63, Write = true), CExport("virDomainMigrateFinish")]
    [Acl(DomainRight.Migrate)]
    ValueTask<DomainRef> FinishAsync(
        string name, [Bound(4194304)] byte[] cookie, string uri, [Wire(WireType.UHyper)] DomainMigrateFlags flags, CancellationToken cancel);
}

/// <summary>Migration of the second kind: the source's document goes ahead, the target hears how it went.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMigrationV2
{
    /// <summary>At the target: makes ready for the machine of a document, and says where to send.</summary>
    [Procedure(108, Write = true), CExport("virDomainMigratePrepare2")]
    [Acl(DomainRight.Migrate)]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    ValueTask<MigrationPrepared> PrepareAsync(
        string? uri, [Wire(WireType.UHyper)] DomainMigrateFlags flags, string? name, ulong bandwidth, string xml, CancellationToken cancel);

    /// <summary>At the target: lets it run, or cleans up if the source failed.</summary>
    [Procedure(109, Write = true), CExport("virDomainMigrateFinish2")]
    [Acl(DomainRight.Migrate)]
    ValueTask<DomainRef> FinishAsync(
        string name, [Bound(4194304)] byte[] cookie, string uri, [Wire(WireType.UHyper)] DomainMigrateFlags flags, int result, CancellationToken cancel);
}

/// <summary>Migration of the second kind through the connection.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMigrationTunnelV2
{
    /// <summary>At the target: makes ready for what comes by stream.</summary>
    [Procedure(148, Write = true), CExport("virDomainMigratePrepareTunnel")]
    [Acl(DomainRight.Migrate)]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    ValueTask<IStreamHandler> PrepareTunnelAsync(
        [Wire(WireType.UHyper)] DomainMigrateFlags flags, string? name, ulong bandwidth, string xml, IStreamSink client, CancellationToken cancel);
}
