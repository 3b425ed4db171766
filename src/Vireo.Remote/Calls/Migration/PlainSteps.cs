using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote.Calls;

/// <summary>The steps with a fixed set of arguments.</summary>
sealed class PlainSteps(MigrationRequest request, IDriverConnection source, IDriverConnection target) : MigrationSteps
{
    readonly IDomainMigrationV3 from = Of(source, request), to = Of(target, request);

    static IDomainMigrationV3 Of(IDriverConnection side, MigrationRequest request) =>
        side.Capabilities.Find<IDomainMigrationV3>() ?? throw VireoException.NoSupport(request.Function, ErrorDomain.Domain);

    internal override string? Uri => request.Uri;

    internal override ValueTask<MigrationBegun> BeginAsync(DomainMigrateFlags flags, CancellationToken cancel) =>
        from.BeginAsync(request.Domain, request.Xml, flags, request.Name, request.Bandwidth, cancel);

    internal override async ValueTask<bool> IsPausedAsync(CancellationToken cancel) =>
        (await source.Capabilities.Find<IDomainInfo>()!.GetInfoAsync(request.Domain, cancel).ConfigureAwait(false)).State is DomainState.Paused;

    internal override ValueTask<MigrationPrepared> PrepareAsync(byte[] cookie, string xml, DomainMigrateFlags flags, CancellationToken cancel) =>
        to.PrepareAsync(cookie, request.Uri, flags, request.Name, request.Bandwidth, xml, cancel);

    internal override ValueTask<byte[]> PerformAsync(byte[] cookie, string uri, DomainMigrateFlags flags, CancellationToken cancel) =>
        from.PerformAsync(request.Domain, null, cookie, null, uri, flags, request.Name, request.Bandwidth, cancel);

    internal override ValueTask<MigrationFinished> FinishAsync(byte[] cookie, string? uri, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel) =>
        to.FinishAsync(request.Name ?? request.Domain.Name, cookie, null, uri, flags, cancelled, cancel);

    internal override ValueTask ConfirmAsync(byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel) =>
        from.ConfirmAsync(request.Domain, cookie, flags, cancelled, cancel);
}
