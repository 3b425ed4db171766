using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>
/// The remote program for one client: its opened driver, its registrations for events, its rights. Calls of one client may run
/// at the same time on several threads.
/// </summary>
public sealed partial class RemoteSession : IRpcProgram
{
    readonly RemoteServices services;
    readonly SessionCalls calls;
    readonly CancellationTokenSource ended = new(); // has no timer: needs no disposal beyond Closed
    volatile Opened? opened;
    volatile bool closing;

    /// <summary>What a successful open leaves behind.</summary>
    sealed record Opened(string DriverType, IDriverConnection Connection, Caller Caller);

    /// <summary>A session for a new connection.</summary>
    public RemoteSession(RpcPeer peer, RemoteServices services)
    {
        Peer = peer;
        this.services = services;
        calls = new SessionCalls(this);
    }

    /// <inheritdoc/>
    public uint Program => Procedures.Program;

    /// <inheritdoc/>
    public uint Version => Procedures.Version;

    internal RpcPeer Peer { get; }

    /// <summary>Cancelled when the client is gone: who waits in a queue may leave it, what has begun goes on.</summary>
    internal CancellationToken Ended => ended.Token;

    /// <inheritdoc/>
    public ProcedureTraits? Find(int procedure) => Procedures.Find(procedure)?.Traits;

    /// <inheritdoc/>
    public void Dispatch(RpcCall call, scoped ref XdrReader arguments)
    {
        if (Procedures.Find(call.Header.Procedure) is not { } procedure)
        {
            call.Fail(RpcErrors.Of($"unknown procedure: {call.Header.Procedure}"));
            return;
        }
        if (procedure.Traits.NeedsLogin && !Peer.LoggedIn)
        {
            call.Fail(RpcErrors.Of("authentication required"));
            return;
        }
        try
        {
            procedure.Handler(this, call, ref arguments);
        }
        catch (Exception failure)
        {
            call.Fail(RpcErrors.From(failure));
        }
    }

    /// <inheritdoc/>
    public void Closed()
    {
        ended.Cancel();
        calls.DropRegistrations();
        Drop(Interlocked.Exchange(ref opened, null));
    }

    /// <summary>Closes a driver connection without making anybody wait.</summary>
    static void Drop(Opened? connection)
    {
        if (connection is null)
            return;
        ValueTask closed = connection.Connection.DisposeAsync();
        if (!closed.IsCompletedSuccessfully)
            _ = closed.AsTask();
    }

    /// <summary>The implementation of a capability, or libvirt's error.</summary>
    internal T Require<T>(string symbol, ErrorDomain domain) where T : class
    {
        if (typeof(T) == typeof(ISessionCalls))
            return (T)(object)calls;
        Opened connection = opened ?? throw new VireoException(RpcErrors.NotOpen);
        return connection.Connection.Capabilities.Find<T>() ?? throw VireoException.NoSupport(symbol, domain);
    }

    /// <summary>Refuses a change on a read-only connection.</summary>
    internal void RequireWrite(string symbol, ErrorDomain domain, bool secure = false)
    {
        if (opened?.Caller.ReadOnly ?? Peer.ReadOnly)
        {
            throw new VireoException(ErrorCode.OperationDenied, domain,
                secure ? $"{symbol} with secure flag" : $"read only access prevents {symbol}");
        }
    }

    /// <summary>Answers a call that has no result.</summary>
    internal void Answer(RpcCall call, ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
            Send(call);
        else
            _ = AnswerLaterAsync(call, task);
    }

    /// <summary>Answers a call: at once if the result is there, without allocating; otherwise when it is.</summary>
    internal void Answer<T>(RpcCall call, ValueTask<T> task, ReplyWriter<T> writer, AnswerContext context)
    {
        if (task.IsCompletedSuccessfully)
            Send(call, task.Result, writer, context);
        else
            _ = AnswerLaterAsync(call, task, writer, context);
    }

    async Task AnswerLaterAsync(RpcCall call, ValueTask task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            call.Fail(RpcErrors.From(failure));
            return;
        }
        Send(call);
    }

    static async Task AnswerLaterAsync<T>(RpcCall call, ValueTask<T> task, ReplyWriter<T> writer, AnswerContext context)
    {
        T result;
        try
        {
            result = await task.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            call.Fail(RpcErrors.From(failure));
            return;
        }
        Send(call, result, writer, context);
    }

    void Send(RpcCall call)
    {
        XdrWriter reply = call.BeginReply();
        call.Reply(ref reply);
        if (closing)
            Peer.CloseAfterReplies();
    }

    static void Send<T>(RpcCall call, T result, ReplyWriter<T> writer, AnswerContext context)
    {
        XdrWriter reply = call.BeginReply();
        try
        {
            writer(ref reply, result, context);
        }
        catch (Exception failure)
        {
            reply.Dispose();
            call.Fail(failure is XdrException ? RpcErrors.Of("Unable to encode message payload") : RpcErrors.From(failure));
            return;
        }
        call.Reply(ref reply);
    }
}
