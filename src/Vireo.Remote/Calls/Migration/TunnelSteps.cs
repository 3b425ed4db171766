using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;

namespace Vireo.Remote.Calls;

/// <summary>Sends a machine's state by other means than its hypervisor's own connection.</summary>
/// <param name="cookie">What the target said.</param>
/// <param name="tunnel">The way.</param>
/// <param name="cancel">Gives up.</param>
/// <returns>A cookie for the target.</returns>
public delegate ValueTask<byte[]> SendThrough(byte[] cookie, IMigrationTunnel tunnel, CancellationToken cancel);

/// <summary>The steps of a migration whose state goes through the connection to the target.</summary>
sealed class TunnelSteps(MigrationRequest request, IDriverConnection source, IDriverConnection target, SendThrough send) : ParameterSteps(request, source, target)
{
    const string Somewhere = "tunnel";
    readonly MigrationTunnel tunnel = new();
    readonly IDriverConnection target = target;
    readonly string function = request.Function;

    // Nobody connects to anywhere.
    internal override string? Uri => Somewhere;

    internal override async ValueTask<MigrationPrepared> PrepareAsync(byte[] cookie, string xml, DomainMigrateFlags flags, CancellationToken cancel)
    {
        Replace(XmlParameter, xml);
        var to = target.Capabilities.Find<IDomainMigrationTunnelParameters>() ?? throw VireoException.NoSupport(function, ErrorDomain.Domain);
        var opened = await to.PrepareTunnelAsync(Said, cookie, flags, tunnel, cancel).ConfigureAwait(false);
        tunnel.Open(opened.Handler);
        return new(opened.Result, null);
    }

    internal override async ValueTask<byte[]> PerformAsync(byte[] cookie, string uri, DomainMigrateFlags flags, CancellationToken cancel)
    {
        try
        {
            return await send(cookie, tunnel, cancel).ConfigureAwait(false);
        }
        catch
        {
            tunnel.Abort();
            throw;
        }
    }
}

/// <summary>A stream to the target's daemon, which has nothing to say on it but that it failed.</summary>
sealed class MigrationTunnel : IStreamSink, IMigrationTunnel
{
    readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TaskCompletionSource room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    IStreamHandler? target;

    internal void Open(IStreamHandler handler)
    {
        target = handler;
        handler.Ready();
    }

    internal void Abort() => target?.Aborted();

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancel)
    {
        if (failed.Task.IsCompleted) await failed.Task.ConfigureAwait(false);
        // Before it is sent: the target may say that it has room again before we come back.
        var free = room = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (target!.Received(data.Span)) return;
        await (await Task.WhenAny(free.Task, failed.Task).WaitAsync(cancel).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public ValueTask FinishAsync(CancellationToken cancel) => new(target!.FinishedAsync().AsTask().WaitAsync(cancel));

    bool IStreamSink.Send(ReadOnlySpan<byte> data) => true;

    void IStreamSink.Resume() => Volatile.Read(ref room).TrySetResult();

    void IStreamSink.End() { }

    void IStreamSink.Fail(VirError error)
    {
        failed.TrySetException(new VireoException(error));
        _ = failed.Task.Exception;
    }
}
