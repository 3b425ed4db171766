using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Custom;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

#pragma warning disable CA1822 // Called beside their siblings, which are the session's.
namespace Vireo.Remote;

/// <content>What travels beside payloads: streams and descriptors.</content>
public abstract partial class ProgramSession
{
    /// <summary>Answers a call that opens a stream, which then flows between client and driver.</summary>
    internal void OpenStream(RpcCall call, StreamBridge bridge, ValueTask<IStreamHandler> opening)
    {
        if (opening.IsCompletedSuccessfully)
            Join(call, bridge, opening.Result);
        else
            _ = OpenLaterAsync(call, bridge, opening);
    }

    /// <summary>The same, with a result of its own.</summary>
    internal void OpenStream<T>(RpcCall call, StreamBridge bridge, ValueTask<WithStream<T>> opening, ReplyWriter<T> writer)
    {
        if (opening.IsCompletedSuccessfully)
            Join(call, bridge, opening.Result, writer);
        else
            _ = OpenLaterAsync(call, bridge, opening, writer);
    }

    async Task OpenLaterAsync(RpcCall call, StreamBridge bridge, ValueTask<IStreamHandler> opening)
    {
        IStreamHandler handler;
        try
        {
            handler = await opening.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            call.Fail(RpcErrors.From(failure));
            return;
        }
        Join(call, bridge, handler);
    }

    async Task OpenLaterAsync<T>(RpcCall call, StreamBridge bridge, ValueTask<WithStream<T>> opening, ReplyWriter<T> writer)
    {
        WithStream<T> opened;
        try
        {
            opened = await opening.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            call.Fail(RpcErrors.From(failure));
            return;
        }
        Join(call, bridge, opened, writer);
    }

    void Join(RpcCall call, StreamBridge bridge, IStreamHandler handler)
    {
        bridge.Join(call, handler);
        Send(call);
    }

    void Join<T>(RpcCall call, StreamBridge bridge, WithStream<T> opened, ReplyWriter<T> writer)
    {
        bridge.Join(call, opened.Handler);
        Send(call, opened.Result, writer, AnswerContext.Everything);
    }

    /// <summary>The first descriptor that came with a call, now the caller's; what came beyond it is closed.</summary>
    internal SafeFileHandle TakeFile(RpcCall call)
    {
        SafeFileHandle[] all = TakeFiles(call);
        if (all.Length is 0)
            throw VireoException.Internal(ErrorDomain.Rpc, "No FD available at slot 0");
        Close(all.AsSpan(1));
        return all[0];
    }

    /// <summary>The descriptors that came with a call, now the caller's.</summary>
    internal SafeFileHandle[] TakeFiles(RpcCall call) =>
        Array.ConvertAll(call.TakeDescriptors(), static fd => new SafeFileHandle(fd, ownsHandle: true));

    static void Close(ReadOnlySpan<SafeFileHandle> files)
    {
        foreach (SafeFileHandle file in files)
            file.Dispose();
    }

    /// <summary>Answers with a descriptor and nothing else. It is closed afterwards.</summary>
    internal void Answer(RpcCall call, ValueTask<SafeFileHandle> task) =>
        _ = AnswerFilesAsync(call, Wrap(task), null);

    /// <summary>Answers with descriptors and nothing else. They are closed afterwards.</summary>
    internal void Answer(RpcCall call, ValueTask<SafeFileHandle[]> task) =>
        _ = AnswerFilesAsync(call, Wrap(task), null);

    /// <summary>Answers with a result and descriptors. These are closed afterwards.</summary>
    internal void Answer<T>(RpcCall call, ValueTask<WithFiles<T>> task, ReplyWriter<T> writer) =>
        _ = AnswerFilesAsync(call, task, writer);

    static async ValueTask<WithFiles<bool>> Wrap(ValueTask<SafeFileHandle> task) => new(true, [await task.ConfigureAwait(false)]);

    static async ValueTask<WithFiles<bool>> Wrap(ValueTask<SafeFileHandle[]> task) => new(true, await task.ConfigureAwait(false));

    static async Task AnswerFilesAsync<T>(RpcCall call, ValueTask<WithFiles<T>> task, ReplyWriter<T>? writer)
    {
        SafeFileHandle[] files = [];
        try
        {
            WithFiles<T> result = await task.ConfigureAwait(false);
            files = result.Files;
            XdrWriter reply = call.BeginReply();
            try
            {
                writer?.Invoke(ref reply, result.Result, AnswerContext.Everything);
            }
            catch
            {
                reply.Dispose();
                throw;
            }
            call.Reply(ref reply, Array.ConvertAll(files, static file => (int)file.DangerousGetHandle()));
        }
        catch (Exception failure)
        {
            call.Fail(failure is XdrException ? RpcErrors.Of("Unable to encode message payload") : RpcErrors.From(failure));
        }
        finally
        {
            Close(files);
        }
    }
}
