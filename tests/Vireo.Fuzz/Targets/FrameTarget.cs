using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Fuzz.Engine;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;

namespace Vireo.Fuzz.Targets;

/// <summary>
/// A live server with the test driver: an input is all that a client sends before it hangs up. What comes back must be whole
/// messages, the server must hang up in turn, and afterwards another client must be served.
/// </summary>
public sealed class FrameTarget : FuzzTarget
{
    const int Patience = 60_000;
    RpcServer? server;
    RemoteServices? services;

    public override string Name => "frames";

    public override string Extension => ".hex";

    /// <summary>Login, open, and something of every kind that a client may send.</summary>
    public override IEnumerable<byte[]> Seeds()
    {
        byte[] login = Frame(66), open = Frame(1, Convert.FromHexString("000000010000000f746573743a2f2f2f64656661756c740000000000"));
        yield return login;
        yield return [.. login, .. open];
        yield return Frame(3);                                                  // before login
        yield return [.. login, .. Frame(3)];                                   // before open
        foreach (int number in new[] { 3, 4, 6, 7, 14, 23, 59, 60, 115, 212, 273, 316, 318 })
            yield return [.. login, .. open, .. Frame(number, new ArgumentMaker(new Random(number)).Make()), .. Frame(2)];
        foreach (MessageType type in new[] { MessageType.Reply, MessageType.Message, MessageType.Stream, MessageType.CallWithFds })
            yield return [.. login, .. open, .. Frame(201, new byte[16], type)];
        yield return [.. login, .. Frame(1, program: 0x6b656570), .. Frame(2, program: 0x6b656570)];    // keepalive
    }

    static byte[] Frame(int procedure, byte[]? payload = null, MessageType type = MessageType.Call, uint program = 0x20008086)
    {
        byte[] frame = new byte[28 + (payload?.Length ?? 0)];
        Span<byte> at = frame;
        foreach (uint word in new[] { (uint)frame.Length, program, 1u, (uint)procedure, (uint)type, 7u, 0u })
        {
            BinaryPrimitives.WriteUInt32BigEndian(at, word);
            at = at[4..];
        }
        payload?.CopyTo(at);
        return frame;
    }

    public override byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        var input = new List<byte>();
        if (random.Next(8) != 0)
            input.AddRange(random.Next(3) == 0 ? seed : [.. Seeds().ElementAt(1)]);
        for (int i = random.Next(4); i > 0; i--)
            input.AddRange(Frame(random.Next(450), random.Next(3) == 0 ? ByteMutator.Mutate(seed, other, random) : new ArgumentMaker(random).Make(),
                random.Next(4) == 0 ? (MessageType)random.Next(7) : MessageType.Call, random.Next(12) switch { 0 => 0x6b656570, 1 => 0x20008087, 2 => 0x06900009, _ => 0x20008086 }));
        return random.Next(2) == 0 && input.Count > 0 ? [.. input] : ByteMutator.Mutate([.. input], other, random);
    }

    public override bool Run(byte[] input)
    {
        using Socket socket = Connect();
        bool answered;
        try
        {
            socket.Send(input);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
            // It hung up in the middle, as it may.
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new FuzzFindingException("the server does not read", e);
        }
        answered = false;
        while (Read(socket) is { } frame)
            answered |= frame.Status is MessageStatus.Ok && frame.Type is MessageType.Reply;
        return answered;
    }

    static MessageHeader? Read(Socket socket)
    {
        byte[] word = new byte[4];
        if (!Fill(socket, word, mayEnd: true))
            return null;
        int length = BinaryPrimitives.ReadInt32BigEndian(word);
        if (length is < 28 or > 4 + 33_554_432)
            throw new FuzzFindingException($"the server sends a message of {length} bytes");
        byte[] rest = new byte[length - 4];
        Fill(socket, rest, mayEnd: true);
        MessageHeader header = MessageHeader.Read(rest);
        return header.Type is MessageType.Reply or MessageType.Message or MessageType.Stream or MessageType.ReplyWithFds or MessageType.StreamHole
            ? header : throw new FuzzFindingException($"the server sends a message of type {header.Type}");
    }

    static bool Fill(Socket socket, byte[] bytes, bool mayEnd)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int count;
            try
            {
                count = socket.Receive(bytes, at, bytes.Length - at, SocketFlags.None);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
            {
                return false;
            }
            catch (SocketException e)
            {
                throw new FuzzFindingException("the server neither answers nor hangs up", e);
            }
            if (count == 0)
                return mayEnd ? false : throw new FuzzFindingException("the server hangs up on a sound client");
            at += count;
        }
        return true;
    }

    Socket Connect()
    {
        // Made here, so that what its threads throw is seen as ours.
        services ??= new RemoteServices(new DriverSet(TestDriver.Create()));
        server ??= new RpcServer(new RpcServerOptions { MaxAnonymousClients = 0 }, peer => [new RemoteSession(peer, services)], NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        _ = Libc.fcntl(ours, Libc.F_SETFL, 0);     // blocking
        return new Socket(new SafeSocketHandle(ours, true)) { ReceiveTimeout = Patience, SendTimeout = Patience };
    }

    /// <summary>A sound client is served; then the host begins anew.</summary>
    public override void Check()
    {
        using Socket socket = Connect();
        socket.Send([.. Frame(66), .. Frame(60, [0, 0, 0, 10])]);
        byte[] login = new byte[36], feature = new byte[32];
        Fill(socket, login, mayEnd: false);
        Fill(socket, feature, mayEnd: false);
        if (BinaryPrimitives.ReadInt32BigEndian(feature.AsSpan(24)) != 0)
            throw new FuzzFindingException("a sound client gets an error");
        services = new RemoteServices(new DriverSet(TestDriver.Create()));
    }

    public override void Dispose()
    {
        server?.Dispose();
        base.Dispose();
    }
}
