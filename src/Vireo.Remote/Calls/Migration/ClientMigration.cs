using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;

namespace Vireo.Remote.Calls;

/// <summary>
/// Migrations that a client leads: it talks to the source and to the target by turns, in the third protocol, which every daemon since 0.9.2 speaks. And those that the source
/// leads itself once it was asked.
/// </summary>
public static class ClientMigration
{
    /// <summary>Moves a machine between two connections; gives the machine at the target.</summary>
    /// <exception cref="VireoException">It cannot be done so, or a step failed; what the steps before did is undone.</exception>
    public static async ValueTask<DomainRef> MoveAsync(IDriverConnection source, IDriverConnection target, MigrationRequest request, CancellationToken cancel)
    {
        MigrationChecks.Together(request.Flags, request.Function);
        if (request.Parameters is not null)
            OnlyBetween(request);
        await MigrationChecks.OfflineAsync(request.Flags, source, target, cancel).ConfigureAwait(false);
        if (request.Flags.HasFlag(DomainMigrateFlags.PeerToPeer))
        {
            if (!await MigrationChecks.HasAsync(source, DriverFeature.MigrationP2p, cancel).ConfigureAwait(false))
                throw VireoException.NoSupport(request.Function, ErrorDomain.Domain);
            await LeadAsync(source, request, cancel).ConfigureAwait(false);
            return await target.Capabilities.Find<IDomainLookup>()!.LookupByNameAsync(request.Name ?? request.Domain.Name, cancel).ConfigureAwait(false);
        }
        await MigrationChecks.ProtectedAsync(request.Flags, source, cancel).ConfigureAwait(false);
        if (request.Flags.HasFlag(DomainMigrateFlags.Tunnelled))
            throw VireoException.OperationInvalid(ErrorDomain.Domain, TunnelAlone);
        return await RunAsync(await StepsAsync(source, target, request, cancel).ConfigureAwait(false), source, request.Flags, cancel).ConfigureAwait(false);
    }

    /// <summary>Moves a machine to another connection, its state through that connection. For a source that leads itself.</summary>
    /// <exception cref="VireoException">It cannot be done so, or a step failed; what the steps before did is undone.</exception>
    public static async ValueTask<DomainRef> MoveThroughAsync(IDriverConnection source, IDriverConnection target, MigrationRequest request, SendThrough send, CancellationToken cancel)
    {
        MigrationChecks.Together(request.Flags, request.Function);
        await MigrationChecks.OfflineAsync(request.Flags, source, target, cancel).ConfigureAwait(false);
        return await RunAsync(new TunnelSteps(request, source, target, send), source, request.Flags, cancel).ConfigureAwait(false);
    }

    const string TunnelAlone = "cannot perform tunnelled migration without using peer2peer flag";

    /// <summary>Parameters are for two connections alone.</summary>
    static void OnlyBetween(MigrationRequest request)
    {
        if (request.Flags.HasFlag(DomainMigrateFlags.PeerToPeer))
            throw MigrationChecks.Wrong(request.Function, "flags", "use virDomainMigrateToURI3 for peer-to-peer migration");
        if (request.Flags.HasFlag(DomainMigrateFlags.Tunnelled))
            throw MigrationChecks.Wrong(request.Function, "flags", TunnelAlone);
    }

    static async ValueTask<MigrationSteps> StepsAsync(IDriverConnection source, IDriverConnection target, MigrationRequest request, CancellationToken cancel)
    {
        if (request.Parameters is not null)
        {
            if (await MigrationChecks.BothAsync(source, target, DriverFeature.MigrationParams, cancel).ConfigureAwait(false))
                return new ParameterSteps(request, source, target);
            request = Plain(request);
        }
        return await MigrationChecks.BothAsync(source, target, DriverFeature.MigrationV3, cancel).ConfigureAwait(false)
            ? new PlainSteps(request, source, target) : throw VireoException.NoSupport(request.Function, ErrorDomain.Domain);
    }

    /// <summary>For daemons that know no parameters: those that are arguments there as well.</summary>
    static MigrationRequest Plain(MigrationRequest request)
    {
        foreach (TypedParameter one in request.Parameters!)
        {
            request = (one.Name, one.Type) switch
            {
                (ParameterSteps.NameParameter, ParameterType.String) => request with { Name = one.AsString },
                (ParameterSteps.UriParameter, ParameterType.String) => request with { Uri = one.AsString },
                (ParameterSteps.XmlParameter, ParameterType.String) => request with { Xml = one.AsString },
                (ParameterSteps.BandwidthParameter, ParameterType.ULong) => request with { Bandwidth = one.AsULong },
                _ => throw MigrationChecks.Unsupported("Migration APIs with extensible parameters are not supported but extended parameters were passed"),
            };
        }
        return request;
    }

    static async ValueTask<DomainRef> RunAsync(MigrationSteps steps, IDriverConnection source, DomainMigrateFlags flags, CancellationToken cancel)
    {
        // Where the source can, nothing else may change the machine from the first step on; it is for the source alone.
        DomainMigrateFlags there = flags & ~DomainMigrateFlags.ChangeProtection;
        bool guarded = await MigrationChecks.HasAsync(source, DriverFeature.MigrateChangeProtection, cancel).ConfigureAwait(false);
        DomainMigrateFlags guard = guarded ? DomainMigrateFlags.ChangeProtection : DomainMigrateFlags.None;
        MigrationBegun begun = await steps.BeginAsync(there | guard, cancel).ConfigureAwait(false);
        MigrationPrepared prepared;
        try
        {
            if (await steps.IsPausedAsync(cancel).ConfigureAwait(false))
                there |= DomainMigrateFlags.Paused;
            prepared = await steps.PrepareAsync(begun.Cookie, begun.Xml, there, cancel).ConfigureAwait(false);
        }
        catch (VireoException) when (guarded)
        {
            await QuietlyAsync(() => steps.ConfirmAsync([], there | guard, cancelled: true, cancel)).ConfigureAwait(false);
            throw;
        }
        return await SendAsync(steps, prepared, there, guard, cancel).ConfigureAwait(false);
    }

    /// <summary>From here on both sides have something to clean up.</summary>
    static async ValueTask<DomainRef> SendAsync(
        MigrationSteps steps, MigrationPrepared prepared, DomainMigrateFlags flags, DomainMigrateFlags guard, CancellationToken cancel)
    {
        string? uri = prepared.Uri ?? steps.Uri;
        byte[] cookie = [];
        VireoException? failure = null;
        bool atSource = true;   // the source has to hear how it ended
        if (uri is null)
            failure = VireoException.Internal(ErrorDomain.Domain, "domainMigratePrepare3 did not set uri");
        else if (!flags.HasFlag(DomainMigrateFlags.Offline))
        {
            try
            {
                cookie = await steps.PerformAsync(prepared.Cookie, uri, flags | guard, cancel).ConfigureAwait(false);
            }
            catch (VireoException e)
            {
                // It knows already.
                (failure, atSource) = (e, false);
            }
        }
        MigrationFinished? finished = null;
        try
        {
            finished = await steps.FinishAsync(cookie, uri, flags, failure is not null, cancel).ConfigureAwait(false);
        }
        catch (VireoException e)
        {
            // A source that only knows that it failed knows less than the target.
            if (failure is null || (failure.Error is { Code: ErrorCode.OperationFailed, Domain: ErrorDomain.Qemu } && e.Error is { Domain: ErrorDomain.Qemu, Code: not ErrorCode.MigrateFinishOk }))
                failure = e;
        }
        if (atSource)
            await QuietlyAsync(() => steps.ConfirmAsync(finished?.Cookie ?? [], flags | guard, failure is not null, cancel)).ConfigureAwait(false);
        return failure is null ? finished!.Value.Domain : throw failure;
    }

    /// <summary>What is done after the outcome is clear changes nothing about it.</summary>
    static async ValueTask QuietlyAsync(Func<ValueTask> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (VireoException)
        {
            // The machine is where it is.
        }
    }

    /// <summary>Asks the source to move a machine to where a URI leads.</summary>
    /// <exception cref="VireoException">It cannot, or it failed.</exception>
    public static async ValueTask MoveToUriAsync(IDriverConnection source, MigrationRequest request, CancellationToken cancel)
    {
        if (request.Flags.HasFlag(DomainMigrateFlags.Tunnelled | DomainMigrateFlags.Parallel))
            throw MigrationChecks.Wrong(request.Function, "ctl", "Flags 'VIR_MIGRATE_TUNNELLED' and 'VIR_MIGRATE_PARALLEL' are mutually exclusive");
        MigrationChecks.Together(request.Flags, "virDomainMigrateUnmanagedCheckCompat");
        await MigrationChecks.OfflineAsync(request.Flags, source, null, cancel).ConfigureAwait(false);
        bool peers = request.Flags.HasFlag(DomainMigrateFlags.PeerToPeer);
        if (!await MigrationChecks.HasAsync(source, peers ? DriverFeature.MigrationP2p : DriverFeature.MigrationDirect, cancel).ConfigureAwait(false))
            throw MigrationChecks.Unsupported($"{(peers ? "p2p" : "direct")} migration is not supported by the source host");
        if (peers && request.TargetUri is null)
            throw MigrationChecks.Wrong(request.Function, "dconnuri", $"dconnuri in {request.Function} must not be NULL");
        await LeadAsync(source, peers ? request : request with { TargetUri = null }, cancel).ConfigureAwait(false);
    }

    static async ValueTask LeadAsync(IDriverConnection source, MigrationRequest request, CancellationToken cancel)
    {
        if (request.TargetUri is { } target)
            MigrationChecks.NotLocal(target);
        if (request.Parameters is { } parameters)
        {
            if (await MigrationChecks.HasAsync(source, DriverFeature.MigrationParams, cancel).ConfigureAwait(false))
            {
                await Find<IDomainMigrationParameters>(source, request).PerformAsync(
                    request.Domain, request.TargetUri, [.. parameters], [], request.Flags, cancel).ConfigureAwait(false);
                return;
            }
            request = Plain(request);
        }
        if (!await MigrationChecks.HasAsync(source, DriverFeature.MigrationV3, cancel).ConfigureAwait(false))
            throw VireoException.NoSupport(request.Function, ErrorDomain.Domain);
        await Find<IDomainMigrationV3>(source, request).PerformAsync(
            request.Domain, request.Xml, [], request.TargetUri, request.Uri, request.Flags, request.Name, request.Bandwidth, cancel).ConfigureAwait(false);
    }

    static T Find<T>(IDriverConnection side, MigrationRequest request) where T : class =>
        side.Capabilities.Find<T>() ?? throw VireoException.NoSupport(request.Function, ErrorDomain.Domain);
}
