using Vireo.Rpc.Security;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>The server's end of one client, as the handlers of every program need it: dispatch, and answers.</summary>
public abstract partial class ProgramSession
{
    readonly CancellationTokenSource ended = new(); // has no timer: needs no disposal beyond the client's end
    volatile bool closing;

    private protected ProgramSession(RpcPeer peer) => Peer = peer;

    internal RpcPeer Peer { get; }

    /// <summary>Cancelled when the client is gone: who waits in a queue may leave it, what has begun goes on.</summary>
    internal CancellationToken Ended => ended.Token;

    volatile SecurityLayer? wrapNext;

    /// <summary>The answer under way is the last in clear. There is one call at a time before the login, so that it is the login's.</summary>
    private protected void WrapAfterAnswer(SecurityLayer? layer) => wrapNext = layer;

    /// <summary>The client is gone.</summary>
    private protected void Cancel() => ended.Cancel();

    /// <summary>The answer under way is the last.</summary>
    private protected void CloseAfterAnswer() => closing = true;

    /// <summary>Runs a procedure, or says that there is none.</summary>
    internal static void Dispatch<TSession>(TSession session, Procedure<TSession>? found, RpcCall call, scoped ref XdrReader arguments)
        where TSession : ProgramSession
    {
        if (found is not { } procedure)
        {
            call.Fail(RpcErrors.Of($"unknown procedure: {call.Header.Procedure}"));
            return;
        }
        if (procedure.Traits.NeedsLogin && !session.Peer.LoggedIn)
        {
            call.Fail(RpcErrors.Of("authentication required"));
            return;
        }
        IDisposable? watching = session.Watch(call, procedure.Symbol);
        try
        {
            procedure.Handler(session, call, ref arguments);
        }
        catch (Exception failure)
        {
            call.Fail(RpcErrors.From(failure));
        }
        watching?.Dispose();
    }

    /// <summary>Begins to look at a call. What this gives is disposed of when the dispatch, not the call, is over; null: nobody looks.</summary>
    private protected virtual IDisposable? Watch(RpcCall call, string procedure) => null;

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

    async Task AnswerLaterAsync<T>(RpcCall call, ValueTask<T> task, ReplyWriter<T> writer, AnswerContext context)
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

    void Send<T>(RpcCall call, T result, ReplyWriter<T> writer, AnswerContext context)
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
        if (wrapNext is { } layer)
        {
            wrapNext = null;
            call.WrapAfterReply(layer);
        }
        call.Reply(ref reply);
    }
}
