using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Custom;
using Vireo.Rpc.Client;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>What the stubs of every program call through.</summary>
/// <param name="channel">The connection to the daemon.</param>
public abstract class ProgramClient(IRpcChannel channel)
{
    /// <summary>The connection to the daemon.</summary>
    private protected IRpcChannel Channel => channel;

    /// <summary>The channel, if it is the blocking one: event loops watch it.</summary>
    public BlockingRpcChannel? Blocking => channel as BlockingRpcChannel;

    /// <summary>Completes when the connection ends: with the reason, or null after a clean close.</summary>
    public Task<VirError?> Closed => channel.Closed;

    /// <summary>A call of the remote program.</summary>
    internal XdrWriter BeginCall(int procedure) => BeginCall(Procedures.Program, procedure);

    /// <summary>A call of any program.</summary>
    internal XdrWriter BeginCall(uint program, int procedure) => channel.BeginCall(program, Procedures.Version, procedure);

    internal ValueTask<T> CallAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        channel.CallAsync(ref call, decoder, cancel);

    internal ValueTask RunAsync(ref XdrWriter call, CancellationToken cancel)
    {
        ValueTask<bool> reply = channel.CallAsync(ref call, static (ref XdrReader _) => true, cancel);
        if (!reply.IsCompletedSuccessfully)
            return new(reply.AsTask());
        _ = reply.Result;
        return default;
    }

    internal ValueTask<IStreamHandler> OpenStreamAsync(ref XdrWriter call, IStreamSink sink, bool sparse, CancellationToken cancel) =>
        StreamPump.StartAsync(channel.OpenStreamAsync(ref call, static (ref XdrReader _) => true, cancel), sink, sparse);

    internal ValueTask<WithStream<T>> OpenStreamAsync<T>(
        ref XdrWriter call, IStreamSink sink, bool sparse, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        StreamPump.StartWithResultAsync(channel.OpenStreamAsync(ref call, decoder, cancel), sink, sparse);

    /// <summary>Descriptors that calls are given become this client's, as they become a driver's: what hands calls on stands in a driver's place.</summary>
    internal bool TakesFiles { get; set; }

    /// <summary>Copies of them are on their way when the call returns.</summary>
    ValueTask<RepliedFiles<T>> WithFilesAsync<T>(ref XdrWriter call, SafeFileHandle[] files, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        try
        {
            return channel.CallWithFilesAsync(ref call, files, decoder, cancel);
        }
        finally
        {
            if (TakesFiles)
                Drop(files);
        }
    }

    internal ValueTask RunWithFilesAsync(ref XdrWriter call, SafeFileHandle[] files, CancellationToken cancel) =>
        Bare(WithFilesAsync(ref call, files, static (ref XdrReader _) => true, cancel));

    internal ValueTask<T> CallWithFilesAsync<T>(ref XdrWriter call, SafeFileHandle[] files, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        Only(WithFilesAsync(ref call, files, decoder, cancel));

    internal ValueTask<SafeFileHandle> CallForFileAsync(ref XdrWriter call, SafeFileHandle[] files, CancellationToken cancel) =>
        One(WithFilesAsync(ref call, files, static (ref XdrReader _) => true, cancel));

    internal ValueTask<SafeFileHandle[]> CallForFilesAsync(ref XdrWriter call, SafeFileHandle[] files, CancellationToken cancel) =>
        All(WithFilesAsync(ref call, files, static (ref XdrReader _) => true, cancel));

    internal ValueTask<WithFiles<T>> CallForBothAsync<T>(
        ref XdrWriter call, SafeFileHandle[] files, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        Both(WithFilesAsync(ref call, files, decoder, cancel));

    static async ValueTask Bare(ValueTask<RepliedFiles<bool>> reply) => Drop((await reply.ConfigureAwait(false)).Files);

    static async ValueTask<T> Only<T>(ValueTask<RepliedFiles<T>> reply)
    {
        RepliedFiles<T> got = await reply.ConfigureAwait(false);
        Drop(got.Files);
        return got.Result;
    }

    static async ValueTask<SafeFileHandle> One(ValueTask<RepliedFiles<bool>> reply)
    {
        SafeFileHandle[] files = (await reply.ConfigureAwait(false)).Files;
        if (files.Length is 0)
            throw VireoException.Internal(ErrorDomain.Rpc, "no file descriptor received");
        Drop(files.AsSpan(1));
        return files[0];
    }

    static async ValueTask<SafeFileHandle[]> All(ValueTask<RepliedFiles<bool>> reply) => (await reply.ConfigureAwait(false)).Files;

    static async ValueTask<WithFiles<T>> Both<T>(ValueTask<RepliedFiles<T>> reply)
    {
        RepliedFiles<T> got = await reply.ConfigureAwait(false);
        return new(got.Result, got.Files);
    }

    /// <summary>Closes descriptors that nobody asked for.</summary>
    static void Drop(ReadOnlySpan<SafeFileHandle> files)
    {
        foreach (SafeFileHandle file in files)
            file.Dispose();
    }
}
