using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;

namespace Vireo.Remote.Calls;

/// <summary>The steps whose arguments are parameters by name: what one step finds out is a parameter of the next.</summary>
class ParameterSteps(MigrationRequest request, IDriverConnection source, IDriverConnection target) : MigrationSteps
{
    internal const string NameParameter = "destination_name", UriParameter = "migrate_uri", XmlParameter = "destination_xml", BandwidthParameter = "bandwidth";

    readonly IDomainMigrationParameters from = Of(source, request), to = Of(target, request);
    readonly List<TypedParameter> parameters = [.. request.Parameters ?? []];

    static IDomainMigrationParameters Of(IDriverConnection side, MigrationRequest request) =>
        side.Capabilities.Find<IDomainMigrationParameters>() ?? throw VireoException.NoSupport(request.Function, ErrorDomain.Domain);

    internal override string? Uri => Text(UriParameter);

    internal override ValueTask<MigrationBegun> BeginAsync(DomainMigrateFlags flags, CancellationToken cancel) =>
        from.BeginAsync(request.Domain, [.. parameters], flags, cancel);

    internal override async ValueTask<bool> IsPausedAsync(CancellationToken cancel) =>
        (await source.Capabilities.Find<IDomainInfo>()!.GetStateAsync(request.Domain, 0, cancel).ConfigureAwait(false)).State is DomainState.Paused;

    internal override ValueTask<MigrationPrepared> PrepareAsync(byte[] cookie, string xml, DomainMigrateFlags flags, CancellationToken cancel)
    {
        Replace(XmlParameter, xml);
        return to.PrepareAsync([.. parameters], cookie, flags, cancel);
    }

    internal override ValueTask<byte[]> PerformAsync(byte[] cookie, string uri, DomainMigrateFlags flags, CancellationToken cancel)
    {
        Replace(UriParameter, uri);
        return from.PerformAsync(request.Domain, null, [.. parameters], cookie, flags, cancel);
    }

    internal override ValueTask<MigrationFinished> FinishAsync(byte[] cookie, string? uri, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel)
    {
        if (Text(NameParameter) is null)
            parameters.Add(new(NameParameter, request.Domain.Name));
        return to.FinishAsync([.. parameters], cookie, flags, cancelled, cancel);
    }

    internal override ValueTask ConfirmAsync(byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel) =>
        from.ConfirmAsync(request.Domain, [.. parameters], cookie, flags, cancelled, cancel);

    private protected TypedParameter[] Said => [.. parameters];

    string? Text(string name) => parameters.Find(p => p.Name == name) is { Type: ParameterType.String } found ? found.AsString : null;

    private protected void Replace(string name, string value)
    {
        int at = parameters.FindIndex(p => p.Name == name);
        if (at < 0)
            parameters.Add(new(name, value));
        else
            parameters[at] = new(name, value);
    }
}
