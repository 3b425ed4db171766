using Vireo.Core.Errors;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Vireo.Native.Streams;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports;

/// <summary>Streams.</summary>
static unsafe class StreamBodies
{
    const ErrorDomain From = ErrorDomain.Streams;
    const uint NonBlock = 1, StopAtHole = 1;

    [CBody("virStreamNew")]
    internal static Handle* New(Handle* handle, uint flags)
    {
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, "virStreamNew", From);
        Handle* made = HandleTable.New(HandleKind.Stream, handle, null);
        HandleManaged.Set(made, new StreamState(connection, waits: (flags & NonBlock) == 0) { Handle = made });
        return made;
    }

    internal static StreamState Check(Handle* stream, string function)
    {
        HandleTable.Check(stream, HandleKind.Stream, function, From);
        return HandleManaged.Get<StreamState>(stream)!;
    }

    [CBody("virStreamSend")]
    internal static int Send(Handle* stream, byte* data, nuint size)
    {
        const string me = "virStreamSend";
        StreamState state = Check(stream, me);
        NotNull(data, "data", me, From);
        return state.Require(me).Send(new ReadOnlySpan<byte>(data, Most(size)), state.Waits);
    }

    [CBody("virStreamRecv")]
    internal static int Receive(Handle* stream, byte* data, nuint size)
    {
        const string me = "virStreamRecv";
        StreamState state = Check(stream, me);
        NotNull(data, "data", me, From);
        return state.Require(me).Receive(new Span<byte>(data, Most(size)), stopAtHole: false, state.Waits);
    }

    [CBody("virStreamRecvFlags")]
    internal static int ReceiveFlags(Handle* stream, byte* data, nuint size, uint flags)
    {
        const string me = "virStreamRecvFlags";
        StreamState state = Check(stream, me);
        NotNull(data, "data", me, From);
        if (state.Require(me) is not RemoteStreamEnd end)
            throw VireoException.NoSupport(me, From);
        if ((flags & ~StopAtHole) is not 0 and var unknown)
            throw VireoException.UnsupportedFlags(unknown, "remoteStreamRecvFlags", ErrorDomain.Remote);
        return end.Receive(new Span<byte>(data, Most(size)), (flags & StopAtHole) != 0, state.Waits);
    }

    [CBody("virStreamSendHole")]
    internal static int SendHole(Handle* stream, long length, uint flags)
    {
        const string me = "virStreamSendHole";
        StreamState state = Check(stream, me);
        StreamEnd end = state.Require(me);
        if (flags != 0)
            throw VireoException.UnsupportedFlags(flags, end is RemoteStreamEnd ? "virNetClientStreamSendHole" : "virFDStreamSendHole", end is RemoteStreamEnd ? ErrorDomain.Rpc : From);
        end.SendHole(length);
        return 0;
    }

    [CBody("virStreamRecvHole")]
    internal static int ReceiveHole(Handle* stream, long* length, uint flags)
    {
        const string me = "virStreamRecvHole";
        StreamState state = Check(stream, me);
        NotNull(length, "length", me, From);
        if (state.Require(me) is not RemoteStreamEnd end)
            throw VireoException.NoSupport(me, From);
        if (flags != 0)
            throw VireoException.UnsupportedFlags(flags, "virNetClientStreamRecvHole", ErrorDomain.Rpc);
        *length = end.ReceiveHole();
        return 0;
    }

    [CBody("virStreamFinish")]
    internal static int Finish(Handle* stream)
    {
        const string me = "virStreamFinish";
        Check(stream, me).Require(me).Finish();
        return 0;
    }

    /// <summary>What nobody opened can be given up.</summary>
    [CBody("virStreamAbort")]
    internal static int Abort(Handle* stream)
    {
        Check(stream, "virStreamAbort").End?.Abort();
        return 0;
    }

    [CBody("virStreamEventAddCallback")]
    internal static int AddCallback(Handle* stream, int events, nint call, void* opaque, nint free)
    {
        const string me = "virStreamEventAddCallback";
        StreamState state = Check(stream, me);
        _ = state.Require(me);
        state.Watch(events, (delegate* unmanaged<Handle*, int, void*, void>)call, opaque, (delegate* unmanaged<void*, void>)free);
        return 0;
    }

    [CBody("virStreamEventUpdateCallback")]
    internal static int UpdateCallback(Handle* stream, int events)
    {
        const string me = "virStreamEventUpdateCallback";
        StreamState state = Check(stream, me);
        _ = state.Require(me);
        state.Watch(events);
        return 0;
    }

    [CBody("virStreamEventRemoveCallback")]
    internal static int RemoveCallback(Handle* stream)
    {
        const string me = "virStreamEventRemoveCallback";
        StreamState state = Check(stream, me);
        _ = state.Require(me);
        state.Unwatch();
        return 0;
    }

    internal static int Most(nuint size) => (int)Math.Min(size, int.MaxValue);
}
