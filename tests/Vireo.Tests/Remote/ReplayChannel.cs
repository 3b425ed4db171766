using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Rpc.Client;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Tests.Remote;

/// <summary>A channel that answers from a script and remembers what was sent.</summary>
sealed class ReplayChannel(Func<int, byte[]> answer) : IRpcChannel
{
    int procedure;

    /// <summary>The program of the last call.</summary>
    public uint Program { get; private set; }

    /// <summary>The arguments of the last call.</summary>
    public byte[] Sent { get; private set; } = [];

    public EventReceiver? Events { get; set; }

    public Task<VirError?> Closed { get; } = new TaskCompletionSource<VirError?>().Task;

    public XdrWriter BeginCall(uint program, uint version, int procedure)
    {
        this.procedure = procedure;
        Program = program;
        return new XdrWriter(256);
    }

    public ValueTask<RepliedFiles<T>> CallWithFilesAsync<T>(
        ref XdrWriter call, IReadOnlyList<SafeFileHandle> files, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        new(new RepliedFiles<T>(CallAsync(ref call, decoder, cancel).Result, [File.OpenHandle("/dev/null")]));

    public ValueTask<T> CallAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        Sent = call.Written.ToArray();
        call.Dispose();
        var reply = new XdrReader(answer(procedure));
        return new(decoder(ref reply));
    }

    public ValueTask<OpenedStream<T>> OpenStreamAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        new(new OpenedStream<T>(CallAsync(ref call, decoder, cancel).Result, new Silence()));

    public void StartKeepalive(TimeSpan interval, int count) { }

    public void Protect(ISecurityLayer layer) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;
}

/// <summary>A call as a session sees it; keeps what the session answers.</summary>
sealed class RecordedCall : RpcCall
{
    readonly RpcPeer peer;

    public RecordedCall(RpcPeer peer, int procedure, uint program = 0x20008086)
    {
        this.peer = peer;
        Header = new MessageHeader(program, 1, procedure, MessageType.Call, 0, MessageStatus.Ok);
    }

    public byte[]? Answer { get; private set; }

    public VirError? Error { get; private set; }

    public override RpcPeer Peer => peer;

    /// <summary>How many descriptors come with the call.</summary>
    public int Brings { get; init; }

    /// <summary>How many descriptors went with the answer.</summary>
    public int Brought { get; private set; }

    public override int[] TakeDescriptors()
    {
        int[] all = new int[Brings];
        for (int i = 0; i < Brings; i++)
        {
            SafeFileHandle file = File.OpenHandle("/dev/null");
            all[i] = (int)file.DangerousGetHandle();
            file.SetHandleAsInvalid();
        }
        return all;
    }

    public override XdrWriter BeginReply() => new(256);

    public override void Reply(ref XdrWriter reply, scoped ReadOnlySpan<int> descriptors = default)
    {
        Answer = reply.Written.ToArray();
        Brought = descriptors.Length;
        reply.Dispose();
        Watch?.Ended(null);
    }

    public override void Fail(VirError error)
    {
        Error = error;
        Watch?.Ended(error);
    }

    public override IRpcStream OpenStream(IRpcStreamHandler handler) => new Silence();

    public override void WrapAfterReply(Vireo.Rpc.Security.SecurityLayer layer) => throw new NotSupportedException();
}

/// <summary>Either end of a stream on which nothing is said.</summary>
sealed class Silence : IRpcStream, IClientStream
{
    public bool Send(ReadOnlySpan<byte> data) => true;
    public bool SendHole(long length) => true;
    public void End() { }
    public void Fail(VirError error) { }
    public void Resume() { }
    public ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancel) => default;
    public ValueTask SendHoleAsync(long length, CancellationToken cancel) => default;
    public ValueTask<StreamPiece> ReceivePieceAsync(Memory<byte> target, CancellationToken cancel) => default;
    public ValueTask<int> ReceiveAsync(Memory<byte> target, CancellationToken cancel) => new(0);
    public ValueTask FinishAsync(CancellationToken cancel) => default;
    public ValueTask AbortAsync() => default;
    public ValueTask DisposeAsync() => default;
}

/// <summary>A client without a connection; keeps the events it is sent.</summary>
sealed class RecordedPeer(bool readOnly = false, uint uid = 1000, string? label = null) : RpcPeer
{
    int procedure;

    public List<(int Procedure, byte[] Payload)> Events { get; } = [];

    public bool Keepalive { get; private set; }

    public bool Closing { get; private set; }

    public override RpcService Service { get; } = new() { ReadOnly = readOnly };

    public override long Id => 1;

    public override DateTimeOffset Since => DateTimeOffset.UnixEpoch;

    public override TlsPeer? Tls => null;

    public override PeerIdentity Identity { get; } = new(1, uid, 1000, SecurityLabel: label);

    public override bool LoggedIn { get; set; }

    public override void StartKeepalive() => Keepalive = true;

    public override XdrWriter BeginEvent(uint program, uint version, int procedure)
    {
        this.procedure = procedure;
        return new XdrWriter(256);
    }

    public override void SendEvent(ref XdrWriter message)
    {
        Events.Add((procedure, message.Written.ToArray()));
        message.Dispose();
    }

    public override void CloseAfterReplies() => Closing = true;

    public override void Disconnect() => Closing = true;
}
