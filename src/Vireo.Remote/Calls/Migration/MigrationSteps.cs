using Vireo.Driver;

namespace Vireo.Remote.Calls;

/// <summary>The five steps of a migration, each with a cookie that the other side needs.</summary>
abstract class MigrationSteps
{
    /// <summary>At the source: what is to move.</summary>
    internal abstract ValueTask<MigrationBegun> BeginAsync(DomainMigrateFlags flags, CancellationToken cancel);

    /// <summary>At the source: whether the machine is paused, so that it is so at the target.</summary>
    internal abstract ValueTask<bool> IsPausedAsync(CancellationToken cancel);

    /// <summary>At the target: makes ready.</summary>
    internal abstract ValueTask<MigrationPrepared> PrepareAsync(byte[] cookie, string xml, DomainMigrateFlags flags, CancellationToken cancel);

    /// <summary>At the source: sends the machine.</summary>
    internal abstract ValueTask<byte[]> PerformAsync(byte[] cookie, string uri, DomainMigrateFlags flags, CancellationToken cancel);

    /// <summary>At the target: lets it run, or cleans up.</summary>
    internal abstract ValueTask<MigrationFinished> FinishAsync(byte[] cookie, string? uri, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel);

    /// <summary>At the source: ends it there, or lets it run on.</summary>
    internal abstract ValueTask ConfirmAsync(byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel);

    /// <summary>Where to send, as the caller said.</summary>
    internal abstract string? Uri { get; }
}
