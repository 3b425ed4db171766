using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Rpc.Client;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Rpc;

/// <summary>A server of <see cref="TestProgram"/>s, and ways to reach it over socket pairs.</summary>
sealed class ServerFixture : IDisposable
{
    internal ServerFixture(RpcServerOptions? options = null, TimeProvider? clock = null) => Server = new RpcServer(
        options ?? new RpcServerOptions(), peer => [new TestProgram(peer, Host)], NullLogger.Instance, clock);

    internal TestHost Host { get; } = new();
    internal RpcServer Server { get; }

    internal int Descriptor(bool readOnly = false)
    {
        (int ours, int theirs) = UnixSocket.Pair();
        Server.Attach(theirs, readOnly);
        return ours;
    }

    internal BlockingRpcChannel Blocking(bool login = true, TimeProvider? clock = null)
    {
        var channel = new BlockingRpcChannel(Descriptor(), clock);
        if (login)
            channel.Int(TestProgram.Login);
        return channel;
    }

    internal async Task<AsyncRpcChannel> AsyncAsync()
    {
        var channel = AsyncRpcChannel.Over(Descriptor());
        XdrWriter call = channel.BeginCall(TestProgram.Number, 1, TestProgram.Login);
        await channel.CallAsync(ref call, static (ref XdrReader r) => r.ReadInt(), default);
        return channel;
    }

    /// <summary>A socket for hand-made bytes; its reads give up after a while.</summary>
    internal Socket Raw(bool login = true)
    {
        Socket socket = Wrap(Descriptor());
        if (login)
        {
            socket.Send(Bytes.Call(TestProgram.Login, 0));
            Bytes.ReadFrame(socket);
        }
        return socket;
    }

    internal static Socket Wrap(int fd)
    {
        Assert.Equal(0, Libc.fcntl(fd, Libc.F_SETFL, 0));   // blocking
        return new Socket(new SafeSocketHandle(fd, true)) { ReceiveTimeout = 20_000 };
    }

    public void Dispose()
    {
        Host.Gate.Release(1000);
        Server.Dispose();
    }
}

static class Bytes
{
    internal static byte[] Message(
        int procedure, uint serial, ReadOnlySpan<byte> payload = default, MessageType type = MessageType.Call,
        MessageStatus status = MessageStatus.Ok, uint program = TestProgram.Number, uint version = 1)
    {
        XdrWriter writer = Frame.Begin(new MessageHeader(program, version, procedure, type, serial, status));
        payload.CopyTo(writer.Reserve(payload.Length));
        Frame.End(ref writer);
        byte[] bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }

    internal static byte[] Call(int procedure, uint serial, params ReadOnlySpan<int> words)
    {
        byte[] payload = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++)
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(i * 4), words[i]);
        return Message(procedure, serial, payload);
    }

    internal static byte[] Echo(int procedure, uint serial, string text)
    {
        var writer = new XdrWriter(256);
        writer.WriteString(text, 4096);
        byte[] message = Message(procedure, serial, writer.Written);
        writer.Dispose();
        return message;
    }

    internal static byte[]? ReadExactly(Socket socket, int count)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count;)
        {
            int got;
            try
            {
                got = socket.Receive(bytes, at, count - at, SocketFlags.None);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
            {
                return null;
            }
            if (got == 0)
                return null;
            at += got;
        }
        return bytes;
    }

    /// <summary>The next message, or null at the end of the connection.</summary>
    internal static (MessageHeader Header, byte[] Payload)? ReadFrame(Socket socket)
    {
        if (ReadExactly(socket, 4) is not { } word)
            return null;
        int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(word);
        byte[] rest = ReadExactly(socket, length - 4)!;
        return (MessageHeader.Read(rest), rest[MessageHeader.Size..]);
    }

    internal static Vireo.Core.Errors.VirError ReadError(Socket socket)
    {
        (MessageHeader header, byte[] payload) = ReadFrame(socket)!.Value;
        Assert.Equal(MessageStatus.Error, header.Status);
        var reader = new XdrReader(payload);
        return ErrorPayload.Read(ref reader);
    }

    internal static int Int(this IRpcChannel channel, int procedure, params ReadOnlySpan<int> arguments)
    {
        XdrWriter call = channel.BeginCall(TestProgram.Number, 1, procedure);
        foreach (int argument in arguments)
            call.WriteInt(argument);
        ValueTask<int> task = channel.CallAsync(ref call, static (ref XdrReader r) => r.ReadInt(), default);
        return task.IsCompleted ? task.Result : task.AsTask().GetAwaiter().GetResult();
    }

    internal static ValueTask<string> EchoAsync(this IRpcChannel channel, int procedure, string text)
    {
        XdrWriter call = channel.BeginCall(TestProgram.Number, 1, procedure);
        call.WriteString(text, 4096);
        return channel.CallAsync(ref call, static (ref XdrReader r) => r.ReadString(4096), default);
    }
}

/// <summary>A clock that stands still until a test moves it.</summary>
sealed class FakeClock : TimeProvider
{
    long now = TimeSpan.TicksPerDay;
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => Interlocked.Read(ref now);
    internal void Advance(double seconds) => Interlocked.Add(ref now, TimeSpan.FromSeconds(seconds).Ticks);
}
