using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Migration of the third kind: five steps, each with a cookie for the other side.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMigrationV3
{
    /// <summary>At the source: what is to move.</summary>
    [Procedure(213, Write = true), CExport("virDomainMigrateBegin3")]
    [Acl(DomainRight.Migrate)]
    ValueTask<MigrationBegun> BeginAsync(
        DomainRef domain, string? xml, [Wire(WireType.UHyper)] DomainMigrateFlags flags, string? name, ulong bandwidth, CancellationToken cancel);

    /// <summary>At the target: makes ready.</summary>
    [Procedure(214, Write = true), CExport("virDomainMigratePrepare3")]
    [Acl(DomainRight.Migrate)]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    ValueTask<MigrationPrepared> PrepareAsync(
        [Bound(4194304)] byte[] cookie, string? uri, [Wire(WireType.UHyper)] DomainMigrateFlags flags, string? name, ulong bandwidth, string xml, CancellationToken cancel);

    /// <summary>At the source: sends the machine, or does everything if it goes from peer to peer.</summary>
    [Procedure(216, Write = true), CExport("virDomainMigratePerform3")]
    [Acl(DomainRight.Migrate)]
    [return: Bound(4194304)]
    ValueTask<byte[]> PerformAsync(
        DomainRef domain, string? xml, [Bound(4194304)] byte[] cookie, string? targetUri, string? uri, [Wire(WireType.UHyper)] DomainMigrateFlags flags, string? name, ulong bandwidth, CancellationToken cancel);

    /// <summary>At the target: lets it run, or cleans up.</summary>
    [Procedure(217, Write = true), CExport("virDomainMigrateFinish3")]
    [Acl(DomainRight.Migrate)]
    ValueTask<MigrationFinished> FinishAsync(
        string name, [Bound(4194304)] byte[] cookie, string? targetUri, string? uri, [Wire(WireType.UHyper)] DomainMigrateFlags flags, bool cancelled, CancellationToken cancel);

    /// <summary>At the source: ends it there, or lets it run on.</summary>
    [Procedure(218, Write = true), CExport("virDomainMigrateConfirm3")]
    [Acl(DomainRight.Migrate)]
    ValueTask ConfirmAsync(
        DomainRef domain, [Bound(4194304)] byte[] cookie, [Wire(WireType.UHyper)] DomainMigrateFlags flags, bool cancelled, CancellationToken cancel);
}

/// <summary>Migration of the third kind through the connection.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMigrationTunnelV3
{
    /// <summary>At the target: makes ready for what comes by stream; the result is a cookie.</summary>
    [Procedure(215, Write = true), CExport("virDomainMigratePrepareTunnel3")]
    [Acl(DomainRight.Migrate)]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    [return: Bound(4194304)]
    ValueTask<WithStream<byte[]>> PrepareTunnelAsync(
        [Bound(4194304)] byte[] cookie, [Wire(WireType.UHyper)] DomainMigrateFlags flags, string? name, ulong bandwidth, string xml, IStreamSink client, CancellationToken cancel);
}

/// <summary>Migration of the third kind, told by parameters.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMigrationParameters
{
    /// <summary>At the source: what is to move.</summary>
    [Procedure(302, Write = true), CExport("virDomainMigrateBegin3Params")]
    [Acl(DomainRight.Migrate)]
    ValueTask<MigrationBegun> BeginAsync(
        DomainRef domain, [Bound(64)] TypedParameter[] parameters, DomainMigrateFlags flags, CancellationToken cancel);

    /// <summary>At the target: makes ready.</summary>
    [Procedure(303, Write = true), CExport("virDomainMigratePrepare3Params")]
    [Acl(DomainRight.Migrate)]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    ValueTask<MigrationPrepared> PrepareAsync(
        [Bound(64)] TypedParameter[] parameters, [Bound(4194304)] byte[] cookie, DomainMigrateFlags flags, CancellationToken cancel);

    /// <summary>At the source: sends the machine, or does everything if it goes from peer to peer.</summary>
    [Procedure(305, Write = true), CExport("virDomainMigratePerform3Params")]
    [Acl(DomainRight.Migrate)]
    [return: Bound(4194304)]
    ValueTask<byte[]> PerformAsync(
        DomainRef domain, string? targetUri, [Bound(64)] TypedParameter[] parameters, [Bound(4194304)] byte[] cookie, DomainMigrateFlags flags, CancellationToken cancel);

    /// <summary>At the target: lets it run, or cleans up.</summary>
    [Procedure(306, Write = true), CExport("virDomainMigrateFinish3Params")]
    [Acl(DomainRight.Migrate)]
    ValueTask<MigrationFinished> FinishAsync(
        [Bound(64)] TypedParameter[] parameters, [Bound(4194304)] byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel);

    /// <summary>At the source: ends it there, or lets it run on.</summary>
    [Procedure(307, Write = true), CExport("virDomainMigrateConfirm3Params")]
    [Acl(DomainRight.Migrate)]
    ValueTask ConfirmAsync(
        DomainRef domain, [Bound(64)] TypedParameter[] parameters, [Bound(4194304)] byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel);
}

/// <summary>Migration through the connection, told by parameters.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMigrationTunnelParameters
{
    /// <summary>At the target: makes ready for what comes by stream; the result is a cookie.</summary>
    [Procedure(304, Write = true), CExport("virDomainMigratePrepareTunnel3Params")]
    [Acl(DomainRight.Migrate)]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    [return: Bound(4194304)]
    ValueTask<WithStream<byte[]>> PrepareTunnelAsync(
        [Bound(64)] TypedParameter[] parameters, [Bound(4194304)] byte[] cookie, DomainMigrateFlags flags, IStreamSink client, CancellationToken cancel);
}
