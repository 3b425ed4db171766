using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Limits of migrations.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMigrationSettings
{
    /// <summary>How many milliseconds the machine may stand still.</summary>
    [Procedure(166, Write = true), CExport("virDomainMigrateSetMaxDowntime")]
    [Acl(DomainRight.Migrate)]
    ValueTask SetMaxDowntimeAsync(DomainRef domain, ulong downtime, uint flags, CancellationToken cancel);

    /// <summary>How many milliseconds the machine may stand still.</summary>
    [Procedure(387), CExport("virDomainMigrateGetMaxDowntime")]
    [Acl(DomainRight.Migrate)]
    ValueTask<ulong> GetMaxDowntimeAsync(DomainRef domain, uint flags, CancellationToken cancel);

    /// <summary>How fast memory may be sent, in MiB a second.</summary>
    [Procedure(207, Write = true), CExport("virDomainMigrateSetMaxSpeed")]
    [Acl(DomainRight.Migrate)]
    ValueTask SetMaxSpeedAsync(DomainRef domain, ulong bandwidth, DomainMigrateMaxSpeedFlags flags, CancellationToken cancel);

    /// <summary>How fast memory may be sent, in MiB a second.</summary>
    [Procedure(242, Write = true), CExport("virDomainMigrateGetMaxSpeed")]
    [Acl(DomainRight.Migrate)]
    ValueTask<ulong> GetMaxSpeedAsync(DomainRef domain, DomainMigrateMaxSpeedFlags flags, CancellationToken cancel);

    /// <summary>The size of the cache for compression, in bytes.</summary>
    [Procedure(299), CExport("virDomainMigrateGetCompressionCache")]
    [Acl(DomainRight.Migrate)]
    ValueTask<ulong> GetCompressionCacheAsync(DomainRef domain, uint flags, CancellationToken cancel);

    /// <summary>The size of the cache for compression, in bytes.</summary>
    [Procedure(300, Write = true), CExport("virDomainMigrateSetCompressionCache")]
    [Acl(DomainRight.Migrate)]
    ValueTask SetCompressionCacheAsync(DomainRef domain, ulong size, uint flags, CancellationToken cancel);

    /// <summary>Goes over to the target now; memory follows.</summary>
    [Procedure(364, Write = true), CExport("virDomainMigrateStartPostCopy")]
    [Acl(DomainRight.Migrate)]
    ValueTask StartPostCopyAsync(DomainRef domain, uint flags, CancellationToken cancel);
}
