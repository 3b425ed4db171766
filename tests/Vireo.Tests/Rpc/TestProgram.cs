using System.Collections.Concurrent;
using Vireo.Core.Errors;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Rpc;

/// <summary>A program with one procedure for each thing that a server must do right.</summary>
sealed class TestProgram(RpcPeer peer, TestHost host) : IRpcProgram
{
    internal const uint Number = 0x20008086;
    internal const int Login = 1, Echo = 2, EchoByWorker = 3, Fail = 4, Crash = 5, WaitForGate = 6, Events = 7, Download = 8,
        Upload = 9, Descriptors = 10, GiveDescriptors = 11, StartPings = 12, CloseAfter = 13, HeldUpload = 14;

    public uint Program => Number;
    public uint Version => 1;

    public ProcedureTraits? Find(int procedure) => procedure switch
    {
        Login => new ProcedureTraits(Inline: true, NeedsLogin: false),
        EchoByWorker or WaitForGate or HeldUpload => new ProcedureTraits(Inline: false, NeedsLogin: true),
        Descriptors => new ProcedureTraits(Inline: true, NeedsLogin: true, Descriptors: true),
        > Login and <= CloseAfter => new ProcedureTraits(Inline: true, NeedsLogin: true),
        _ => null,
    };

    public void Dispatch(RpcCall call, scoped ref XdrReader arguments)
    {
        switch (call.Header.Procedure)
        {
            case Login:
                peer.LoggedIn = true;
                Answer(call, 0);
                break;
            case Echo or EchoByWorker:
                XdrWriter reply = call.BeginReply();
                reply.WriteString(arguments.ReadString(4096), 4096);
                call.Reply(ref reply);
                break;
            case Fail:
                call.Fail(VirError.Of(ErrorCode.NoDomain, ErrorDomain.Qemu, "no domain with matching name 'x'"));
                break;
            case Crash:
                throw new InvalidOperationException("out of luck");
            case WaitForGate:
                host.Waiting.Release();
                host.Gate.Wait();
                Answer(call, 1);
                break;
            case Events:
                SendEvents(arguments.ReadInt(), arguments.ReadInt());
                Answer(call, 2);
                break;
            case Download or Upload:
                var handler = new TestStream(host, arguments.ReadInt());
                handler.Stream = call.OpenStream(handler);
                Answer(call, 3);
                break;
            case HeldUpload:
                var held = new TestStream(host, 0);
                held.Stream = call.OpenStream(held);
                host.Waiting.Release();
                host.Gate.Wait();
                Answer(call, 6);
                break;
            case Descriptors:
                int[] taken = call.TakeDescriptors();
                foreach (int fd in taken)
                    host.ReceivedDescriptors.Enqueue(fd);
                Answer(call, taken.Length);
                break;
            case GiveDescriptors:
                using (var file = File.OpenHandle("/dev/null"))
                {
                    int fd = (int)file.DangerousGetHandle();
                    XdrWriter given = call.BeginReply();
                    given.WriteInt(77);
                    call.Reply(ref given, [fd, fd]);
                }
                break;
            case StartPings:
                peer.StartKeepalive();
                Answer(call, 4);
                break;
            case CloseAfter:
                peer.CloseAfterReplies();
                Answer(call, 5);
                break;
        }
    }

    void SendEvents(int count, int size)
    {
        byte[] payload = new byte[size];
        for (int i = 0; i < count; i++)
        {
            XdrWriter message = peer.BeginEvent(Number, 1, 100);
            message.WriteInt(i);
            message.WriteFixedOpaque(payload);
            peer.SendEvent(ref message);
        }
    }

    static void Answer(RpcCall call, int value)
    {
        XdrWriter reply = call.BeginReply();
        reply.WriteInt(value);
        call.Reply(ref reply);
    }

    public void Closed()
    {
        host.Closed.Release();
    }
}

/// <summary>What a test and its program share.</summary>
sealed class TestHost
{
    internal SemaphoreSlim Gate { get; } = new(0);
    internal SemaphoreSlim Waiting { get; } = new(0);
    internal SemaphoreSlim Closed { get; } = new(0);
    internal ConcurrentQueue<int> ReceivedDescriptors { get; } = new();
    internal SemaphoreSlim StreamEnded { get; } = new(0);
    internal string? StreamFate { get; set; }
    internal MemoryStream Uploaded { get; } = new();
    internal int LargestBacklog { get; set; }
}

/// <summary>
/// A stream that sends so many bytes (as a download; 0 for an upload) and keeps what it gets. A negative number: fails after its absolute value.
/// </summary>
sealed class TestStream(TestHost host, int bytes) : IRpcStreamHandler
{
    int sent;
    bool done;
    internal IRpcStream Stream { get; set; } = null!;

    public void Ready()
    {
        while (!done && bytes != 0)
        {
            int left = Math.Abs(bytes) - sent;
            if (left == 0)
            {
                done = true;
                if (bytes < 0)
                    Stream.Fail(VirError.Of(ErrorCode.OperationFailed, ErrorDomain.Storage, "the disk is gone"));
                else
                    Stream.End();
                return;
            }
            byte[] data = new byte[Math.Min(left, 600_000)];
            for (int i = 0; i < data.Length; i++)
                data[i] = (byte)(sent + i);
            sent += data.Length;
            if (!Stream.Send(data))
                return;
        }
    }

    public bool Received(ReadOnlySpan<byte> data)
    {
        lock (host.Uploaded)
            host.Uploaded.Write(data);
        if (data.Length < 1000)
            return true;
        ThreadPool.QueueUserWorkItem(_ => Stream.Resume());
        return false;
    }

    public void Finished()
    {
        host.StreamFate = "finished";
        host.StreamEnded.Release();
        if (host.Uploaded.Length == 13)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Storage, "thirteen bytes are too many");
    }

    public void Aborted()
    {
        host.StreamFate = "aborted";
        host.StreamEnded.Release();
    }
}
