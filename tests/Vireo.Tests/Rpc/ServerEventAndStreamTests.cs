using System.Net.Sockets;
using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Rpc.Client;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Rpc;

public sealed class ServerEventAndStreamTests
{
    [Fact]
    public void Events_carry_serial_1_and_keep_their_order_for_a_slow_reader()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Call(TestProgram.Events, 5, 500, 2000));
        for (int i = 0; i < 500; i++)
        {
            (MessageHeader header, byte[] payload) = Bytes.ReadFrame(socket)!.Value;
            Assert.Equal((MessageType.Message, 1u, MessageStatus.Ok, 100), (header.Type, header.Serial, header.Status, header.Procedure));
            Assert.Equal(i, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(payload));
        }
        Assert.Equal(5u, Bytes.ReadFrame(socket)!.Value.Header.Serial);
    }

    [Fact]
    public void A_client_that_does_not_read_its_events_is_disconnected_at_the_limit()
    {
        using var fixture = new ServerFixture(new RpcServerOptions { MaxQueuedEventBytes = 100_000 });
        using Socket deaf = fixture.Raw();
        deaf.Send(Bytes.Call(TestProgram.Events, 5, 5000, 1000));
        Assert.True(fixture.Host.Closed.Wait(20_000));
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Call(TestProgram.Fail, 1));
        Assert.Equal(ErrorCode.NoDomain, Bytes.ReadError(socket).Code);
    }

    [Fact]
    public async Task A_download_arrives_whole_and_is_finished_by_the_client()
    {
        using var fixture = new ServerFixture();
        await using AsyncRpcChannel channel = await fixture.AsyncAsync();
        await using IClientStream stream = await OpenAsync(channel, TestProgram.Download, 3_000_000);
        await CheckDownloadAsync(stream, 3_000_000);
        await stream.FinishAsync(default);
        Assert.True(fixture.Host.StreamEnded.Wait(20_000));
        Assert.Equal("finished", fixture.Host.StreamFate);
    }

    [Fact]
    public async Task A_download_over_the_blocking_channel_is_the_same()
    {
        using var fixture = new ServerFixture();
        await using BlockingRpcChannel channel = fixture.Blocking();
        await using IClientStream stream = await OpenAsync(channel, TestProgram.Download, 3_000_000);
        await CheckDownloadAsync(stream, 3_000_000);
        await stream.FinishAsync(default);
        Assert.Equal("finished", fixture.Host.StreamFate);
    }

    [Fact]
    public async Task A_stream_that_begins_and_even_ends_before_its_call_is_answered_is_whole()
    {
        foreach (Func<int, IRpcChannel> over in new Func<int, IRpcChannel>[] { static fd => AsyncRpcChannel.Over(fd), static fd => new BlockingRpcChannel(fd) })
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            string path = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen();
            await using IRpcChannel channel = over(UnixSocket.Connect(path));
            using Socket server = await listener.AcceptAsync();
            File.Delete(path);
            Task<IClientStream> opening = Task.Run(async () => await OpenAsync(channel, TestProgram.Download, 0));
            uint serial = Bytes.ReadFrame(server)!.Value.Header.Serial;
            server.Send(
            [
                .. Bytes.Message(TestProgram.Download, serial, "first"u8, MessageType.Stream, MessageStatus.Continue),
                .. Bytes.Message(TestProgram.Download, serial, default, MessageType.Stream, MessageStatus.Continue),
                .. Bytes.Message(TestProgram.Download, serial, default, MessageType.Reply),
            ]);
            await using IClientStream stream = await opening;
            byte[] buffer = new byte[10];
            Assert.Equal(5, await stream.ReceiveAsync(buffer, default));
            Assert.Equal("first"u8, buffer.AsSpan(0, 5));
            Assert.Equal(0, await stream.ReceiveAsync(buffer, default));
        }
    }

    [Fact]
    public async Task What_a_client_sends_while_the_reply_is_on_its_way_is_not_lost()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Call(TestProgram.HeldUpload, 7));
        Assert.True(await fixture.Host.Waiting.WaitAsync(60_000, TestContext.Current.CancellationToken));
        socket.Send(Bytes.Message(TestProgram.HeldUpload, 7, "hello"u8, MessageType.Stream, MessageStatus.Continue));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Uploaded(fixture).Length < 5)
            await Task.Delay(10, patience.Token);
        fixture.Host.Gate.Release();
        Assert.Equal(MessageType.Reply, Bytes.ReadFrame(socket)!.Value.Header.Type);
        socket.Send(Bytes.Message(TestProgram.HeldUpload, 7, default, MessageType.Stream, MessageStatus.Ok));
        Assert.Equal(MessageType.Stream, Bytes.ReadFrame(socket)!.Value.Header.Type);
        Assert.Equal("finished", fixture.Host.StreamFate);
        Assert.Equal("hello"u8.ToArray(), Uploaded(fixture));
    }

    static byte[] Uploaded(ServerFixture fixture)
    {
        lock (fixture.Host.Uploaded)
            return fixture.Host.Uploaded.ToArray();
    }

    static async Task CheckDownloadAsync(IClientStream stream, int length)
    {
        byte[] buffer = new byte[50_000];
        int at = 0;
        for (int count; (count = await stream.ReceiveAsync(buffer, default)) > 0; at += count)
            for (int i = 0; i < count; i++)
                Assert.Equal((byte)(at + i), buffer[i]);
        Assert.Equal(length, at);
    }

    [Fact]
    public async Task A_stream_that_fails_in_the_middle_gives_its_error_after_its_data()
    {
        using var fixture = new ServerFixture();
        await using BlockingRpcChannel channel = fixture.Blocking();
        await using IClientStream stream = await OpenAsync(channel, TestProgram.Download, -1000);
        byte[] buffer = new byte[4000];
        Assert.Equal(1000, await stream.ReceiveAsync(buffer, default));
        var error = await Assert.ThrowsAsync<VireoException>(async () => await stream.ReceiveAsync(buffer, default));
        Assert.Equal("operation failed: the disk is gone", error.Message);
    }

    [Fact]
    public async Task An_upload_waits_while_the_receiver_is_full_and_ends_with_the_servers_word()
    {
        using var fixture = new ServerFixture();
        await using AsyncRpcChannel channel = await fixture.AsyncAsync();
        await using IClientStream stream = await OpenAsync(channel, TestProgram.Upload, 0);
        byte[] data = new byte[2_000_000];
        new Random(1).NextBytes(data);
        await stream.SendAsync(data, default);
        await stream.FinishAsync(default);
        Assert.Equal(data, fixture.Host.Uploaded.ToArray());
    }

    [Fact]
    public async Task A_refused_finish_and_an_abort_both_end_the_stream()
    {
        using var fixture = new ServerFixture();
        await using BlockingRpcChannel channel = fixture.Blocking();
        await using (IClientStream stream = await OpenAsync(channel, TestProgram.Upload, 0))
        {
            await stream.SendAsync(new byte[13], default);
            var error = await Assert.ThrowsAsync<VireoException>(async () => await stream.FinishAsync(default));
            Assert.Equal("operation failed: thirteen bytes are too many", error.Message);
        }
        await using IClientStream other = await OpenAsync(channel, TestProgram.Upload, 0);
        await other.AbortAsync();
        Assert.Equal("aborted", fixture.Host.StreamFate);
    }

    [Fact]
    public void A_client_that_goes_away_aborts_its_streams()
    {
        using var fixture = new ServerFixture();
        using (Socket socket = fixture.Raw())
        {
            socket.Send(Bytes.Call(TestProgram.Upload, 4, 0));
            Bytes.ReadFrame(socket);
        }
        Assert.True(fixture.Host.StreamEnded.Wait(20_000));
        Assert.Equal("aborted", fixture.Host.StreamFate);
    }

    [Fact]
    public void A_hole_in_a_stream_without_holes_ends_the_connection_and_a_stray_packet_does_not()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Message(TestProgram.Upload, 40, [1, 2, 3], MessageType.Stream, MessageStatus.Continue));
        socket.Send(Bytes.Call(TestProgram.Upload, 4, 0));
        Assert.Equal(4u, Bytes.ReadFrame(socket)!.Value.Header.Serial);
        socket.Send(Bytes.Message(TestProgram.Upload, 4, new byte[12], MessageType.StreamHole, MessageStatus.Continue));
        Assert.Null(Bytes.ReadFrame(socket));
    }

    static ValueTask<IClientStream> OpenAsync(IRpcChannel channel, int procedure, int argument)
    {
        XdrWriter call = channel.BeginCall(TestProgram.Number, 1, procedure);
        call.WriteInt(argument);
        return Opened(channel.OpenStreamAsync(ref call, static (ref XdrReader _) => true, default));

        static async ValueTask<IClientStream> Opened(ValueTask<OpenedStream<bool>> opening) => (await opening).Stream;
    }

    [Fact]
    public void Descriptors_arrive_after_their_call()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        byte[] call = Bytes.Message(TestProgram.Descriptors, 6, [0, 0, 0, 2], MessageType.CallWithFds);
        // A ping behind the descriptors: its bytes must not be taken for theirs.
        socket.Send(call);
        SendDescriptor(socket, 0);
        SendDescriptor(socket, 0);
        socket.Send(Bytes.Call(TestProgram.Fail, 7));
        Assert.Equal(2, Bytes.ReadFrame(socket)!.Value.Payload[3]);
        Assert.Equal(2, fixture.Host.ReceivedDescriptors.Count);
        Assert.Equal(ErrorCode.NoDomain, Bytes.ReadError(socket).Code);
        foreach (int fd in fixture.Host.ReceivedDescriptors)
            UnixSocket.Close(fd);
    }

    [Fact]
    public void Too_many_or_unannounced_descriptors_end_the_connection()
    {
        using var fixture = new ServerFixture();
        using Socket many = fixture.Raw();
        many.Send(Bytes.Message(TestProgram.Descriptors, 6, [0, 0, 0, 33], MessageType.CallWithFds));
        Assert.Null(Bytes.ReadFrame(many));
        using Socket sneaky = fixture.Raw();
        SendDescriptor(sneaky, 0);
        Assert.Null(Bytes.ReadFrame(sneaky));
    }

    [Fact]
    public void A_reply_with_descriptors_says_how_many_and_sends_one_byte_for_each()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Call(TestProgram.GiveDescriptors, 6));
        (MessageHeader header, byte[] payload) = Bytes.ReadFrame(socket)!.Value;
        Assert.Equal(MessageType.ReplyWithFds, header.Type);
        Assert.Equal([0, 0, 0, 2, 0, 0, 0, 77], payload);
        Assert.Equal([0, 0], Bytes.ReadExactly(socket, 2));
        socket.Send(Bytes.Call(TestProgram.Fail, 7));
        Assert.Equal(ErrorCode.NoDomain, Bytes.ReadError(socket).Code);
    }

    static unsafe void SendDescriptor(Socket socket, int fd)
    {
        byte zero = 0;
        Libc.Cmsg control;
        control.Length = Libc.Cmsg.HeaderSize + sizeof(int);
        control.Level = Libc.SOL_SOCKET;
        control.Type = Libc.SCM_RIGHTS;
        control.Fds[0] = fd;
        var iov = new Libc.Iovec { Base = &zero, Length = 1 };
        var message = new Libc.Msghdr { Iov = &iov, IovLength = 1, Control = &control, ControlLength = Libc.Cmsg.HeaderSize + 8 };
        Assert.Equal(1, Libc.sendmsg((int)socket.Handle, &message, 0));
    }

    [Fact]
    public void Pings_follow_silence_and_a_dead_client_is_closed()
    {
        var clock = new FakeClock();
        using var fixture = new ServerFixture(new RpcServerOptions { Threads = 1 }, clock);
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Message(1, 0, program: Frame.KeepaliveProgram, type: MessageType.Message));
        Assert.Equal((Frame.KeepaliveProgram, 2), (Bytes.ReadFrame(socket)!.Value.Header is var pong ? (pong.Program, pong.Procedure) : default));
        socket.Send(Bytes.Call(TestProgram.StartPings, 1));
        Bytes.ReadFrame(socket);
        for (int i = 0; i < 3; i++)   // answered: goes on for ever
        {
            clock.Advance(5);
            fixture.Server.Wake();
            Assert.Equal(1, Bytes.ReadFrame(socket)!.Value.Header.Procedure);
            socket.Send(Bytes.Message(2, 0, program: Frame.KeepaliveProgram, type: MessageType.Message));
            socket.Send(Bytes.Call(TestProgram.StartPings, 2));
            Bytes.ReadFrame(socket);
        }
        for (int i = 0; i < 5; i++)
        {
            clock.Advance(5);
            fixture.Server.Wake();
            Assert.Equal(Frame.KeepaliveProgram, Bytes.ReadFrame(socket)!.Value.Header.Program);
        }
        clock.Advance(5);
        fixture.Server.Wake();
        Assert.Null(Bytes.ReadFrame(socket));
    }
}
