using Vireo.Core.Errors;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Vireo.Native.Streams;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports;

/// <summary>Whole streams at once, from and to a program's callbacks. A callback that fails gives the stream up.</summary>
static unsafe class StreamAllBodies
{
    const ErrorDomain From = ErrorDomain.Streams;
    const int Piece = 262_144;

    [CBody("virStreamSendAll")]
    internal static int SendAll(Handle* stream, nint handler, void* opaque)
    {
        const string me = "virStreamSendAll";
        StreamState state = StreamBodies.Check(stream, me);
        NotNull((void*)handler, "handler", me, From);
        StreamEnd end = Waiting(state, "virStreamSend", "data sources cannot be used for non-blocking streams");
        return WithMemory(end, memory =>
        {
            var source = (delegate* unmanaged<Handle*, byte*, nuint, void*, int>)handler;
            int got;
            while ((got = source(stream, (byte*)memory, Piece, opaque)) > 0)
                Send(end, (byte*)memory, Math.Min(got, Piece));
            return got;
        });
    }

    [CBody("virStreamRecvAll")]
    internal static int ReceiveAll(Handle* stream, nint handler, void* opaque)
    {
        const string me = "virStreamRecvAll";
        StreamState state = StreamBodies.Check(stream, me);
        NotNull((void*)handler, "handler", me, From);
        StreamEnd end = Waiting(state, "virStreamRecv", "data sinks cannot be used for non-blocking streams");
        return WithMemory(end, memory => Receive(end, stream, (byte*)memory, (delegate* unmanaged<Handle*, byte*, nuint, void*, int>)handler, null, opaque));
    }

    [CBody("virStreamSparseRecvAll")]
    internal static int SparseReceiveAll(Handle* stream, nint handler, nint holes, void* opaque)
    {
        const string me = "virStreamSparseRecvAll";
        StreamState state = StreamBodies.Check(stream, me);
        NotNull((void*)handler, "handler", me, From);
        NotNull((void*)holes, "holeHandler", me, From);
        StreamEnd end = Waiting(state, "virStreamRecvFlags", "data sinks cannot be used for non-blocking streams");
        if (end is not RemoteStreamEnd)
            throw VireoException.NoSupport("virStreamRecvFlags", From);
        return WithMemory(end, memory => Receive(end, stream, (byte*)memory,
            (delegate* unmanaged<Handle*, byte*, nuint, void*, int>)handler, (delegate* unmanaged<Handle*, long, void*, int>)holes, opaque));
    }

    [CBody("virStreamSparseSendAll")]
    internal static int SparseSendAll(Handle* stream, nint handler, nint holes, nint skip, void* opaque)
    {
        const string me = "virStreamSparseSendAll";
        StreamState state = StreamBodies.Check(stream, me);
        NotNull((void*)handler, "handler", me, From);
        NotNull((void*)holes, "holeHandler", me, From);
        NotNull((void*)skip, "skipHandler", me, From);
        StreamEnd end = Waiting(state, "virStreamSendHole", "data sources cannot be used for non-blocking streams");
        return WithMemory(end, memory => SendSparse(end, stream, (byte*)memory, handler, holes, skip, opaque));
    }

    static int SendSparse(StreamEnd end, Handle* stream, byte* memory, nint handler, nint holes, nint skip, void* opaque)
    {
        while (true)
        {
            int isData;
            long length;
            if (((delegate* unmanaged<Handle*, int*, long*, void*, int>)holes)(stream, &isData, &length, opaque) < 0)
                return -1;
            if (isData is 0 && length > 0)
            {
                end.SendHole(length);
                if (((delegate* unmanaged<Handle*, long, void*, int>)skip)(stream, length, opaque) < 0)
                    return -1;
                continue;
            }
            nuint want = (nuint)Math.Min(Math.Max(length, 0), Piece);
            int got = want is 0 ? 0 : ((delegate* unmanaged<Handle*, byte*, nuint, void*, int>)handler)(stream, memory, want, opaque);
            if (got <= 0)
                return got;
            Send(end, memory, (int)Math.Min((nuint)got, want));
        }
    }

    static int Receive(
        StreamEnd end, Handle* stream, byte* memory, delegate* unmanaged<Handle*, byte*, nuint, void*, int> handler,
        delegate* unmanaged<Handle*, long, void*, int> holes, void* opaque)
    {
        while (true)
        {
            int got = end.Receive(new Span<byte>(memory, Piece), stopAtHole: holes is not null, wait: true);
            if (got is StreamAnswer.Hole)
            {
                if (holes(stream, end.ReceiveHole(), opaque) < 0)
                    return -1;
                continue;
            }
            if (got <= 0)
                return got;
            for (int at = 0; at < got;)
            {
                int taken = handler(stream, memory + at, (nuint)(got - at), opaque);
                if (taken < 0)
                    return -1;
                at += taken;
            }
        }
    }

    static void Send(StreamEnd end, byte* memory, int length)
    {
        for (int at = 0; at < length;)
            at += end.Send(new ReadOnlySpan<byte>(memory + at, length - at), wait: true);
    }

    static StreamEnd Waiting(StreamState state, string function, string otherwise) => state.Waits
        ? state.Require(function) : throw VireoException.OperationInvalid(From, otherwise);

    /// <summary>Runs with memory for a piece; what fails gives the stream up.</summary>
    static int WithMemory(StreamEnd end, Func<nint, int> work)
    {
        byte* memory = CMemory.New<byte>(Piece);
        try
        {
            int result = work((nint)memory);
            if (result < 0)
                GiveUp(end);
            return result < 0 ? -1 : 0;
        }
        catch (VireoException)
        {
            GiveUp(end);
            throw;
        }
        finally
        {
            CMemory.Free(memory);
        }
    }

    static void GiveUp(StreamEnd end)
    {
        try
        {
            end.Abort();
        }
        catch (VireoException)
        {
            // The first failure is the one to tell.
        }
    }
}
