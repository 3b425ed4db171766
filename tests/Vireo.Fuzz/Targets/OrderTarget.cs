using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Driver;
using Vireo.Fuzz.Engine;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;

namespace Vireo.Fuzz.Targets;

/// <summary>
/// Sound messages in an order that nobody sane would choose: login, opening, calls, and packets of streams, from two clients of one server. An
/// input is a list of steps, a byte each. Nothing is answered before login, packets come for streams that the client opened, and nobody is
/// sent what belongs to the other.
/// </summary>
public sealed class OrderTarget : FuzzTarget
{
    const int Patience = 60_000, Steps = 14;
    const uint Remote = 0x20008086;
    RpcServer? server;

    public override string Name => "orders";

    public override string Extension => ".hex";

    public override long LongRun => 200_000;

    public override IEnumerable<byte[]> Seeds()
    {
        yield return [0, 1, 2, 3, 5, 6, 9];
        yield return [0, 0x40, 1, 0x41, 3, 0x43, 5, 0x45, 8, 6, 0x46, 9, 0x49];
        yield return [2, 3, 4, 0, 2, 1, 2, 3, 7, 4, 5, 8, 5, 6];
        yield return [0, 1, 4, 5, 5, 10, 11, 6, 1, 2, 3];
    }

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => ByteMutator.Mutate(seed, other, random);

    /// <summary>One client: what it sent, and what it may therefore get.</summary>
    sealed class Client(Socket socket, string secret)
    {
        readonly HashSet<uint> streams = [];
        uint serial;
        bool askedToLogIn, askedToOpen;

        public Socket Socket => socket;

        public string Secret => secret;

        public void Step(int step, int choice)
        {
            uint known = streams.Count > 0 ? streams.ElementAt(choice % streams.Count) : (uint)choice;
            switch (step)
            {
                case 0: askedToLogIn = true; Call(66); break;
                case 1: askedToOpen = true; Call(1, [0, 0, 0, 1, 0, 0, 0, 8, .. Encoding.ASCII.GetBytes(secret), 0, 0, 0, 0]); break;
                case 2: Call(59); break;
                case 3: Open(209); break;
                case 4: Open(208); break;
                case 5: Send(208, MessageType.Stream, known, MessageStatus.Continue, new byte[choice]); break;
                case 6: Send(choice % 2 + 208, MessageType.Stream, known, MessageStatus.Ok); break;
                case 7: Send(choice % 2 + 208, MessageType.Stream, known, MessageStatus.Error); break;
                case 8: Send(208, MessageType.StreamHole, known, MessageStatus.Continue, [0, 0, 0, 0, 0, 0, 0, (byte)choice, 0, 0, 0, 0]); break;
                case 9: Call(2); break;
                case 10: Send(59, MessageType.Reply, known, MessageStatus.Ok); break;
                case 11: Call(60, [0, 0, 0, (byte)choice]); break;
                case 12: Send(1, MessageType.Message, 0, MessageStatus.Ok, program: 0x6b656570); break;
                default: Call(choice % 2 == 0 ? 68 : 69, new byte[16]); break;
            }
        }

        void Open(int procedure)
        {
            streams.Add(serial);
            Call(procedure, [0, 0, 0, 1, (byte)'p', 0, 0, 0, 0, 0, 0, 1, (byte)'v', 0, 0, 0, 0, 0, 0, 1, (byte)'k', 0, 0, 0, .. new byte[16], 0, 0, 0, 1]);
        }

        void Call(int procedure, byte[]? arguments = null) => Send(procedure, MessageType.Call, serial++, MessageStatus.Ok, arguments);

        void Send(int procedure, MessageType type, uint serial, MessageStatus status, byte[]? payload = null, uint program = Remote)
        {
            byte[] frame = new byte[28 + (payload?.Length ?? 0)];
            Span<byte> at = frame;
            foreach (uint word in new[] { (uint)frame.Length, program, 1u, (uint)procedure, (uint)type, serial, (uint)status })
            {
                BinaryPrimitives.WriteUInt32BigEndian(at, word);
                at = at[4..];
            }
            payload?.CopyTo(at);
            try
            {
                socket.Send(frame);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
            {
                // It hung up, as it may.
            }
        }

        /// <summary>Reads up to the end, and holds every message against what was asked.</summary>
        public bool Judge(string otherSecret)
        {
            bool answered = false;
            while (Read() is { } message)
            {
                MessageHeader header = message.Header;
                if (header.Program is not Remote)
                    continue;
                if (message.Payload.AsSpan().IndexOf(Encoding.ASCII.GetBytes(otherSecret)) >= 0)
                    throw new FuzzFindingException("a client was sent what belongs to another");
                bool good = header.Status is MessageStatus.Ok;
                switch (header.Type)
                {
                    case MessageType.Reply when good && !askedToLogIn && header.Procedure is not (66 or 67 or 68 or 69 or 70):
                        throw new FuzzFindingException($"procedure {header.Procedure} answered before login");
                    case MessageType.Reply when good && !askedToOpen && header.Procedure is 59 or 208 or 209 && good:
                        throw new FuzzFindingException($"procedure {header.Procedure} answered before the connection was opened");
                    case MessageType.Stream or MessageType.StreamHole when !streams.Contains(header.Serial) || header.Procedure is not (208 or 209):
                        throw new FuzzFindingException($"a packet of stream {header.Serial}, which nobody opened");
                    case MessageType.Reply when header.Serial >= Math.Max(serial, 1) && good:
                        throw new FuzzFindingException($"an answer to call {header.Serial}, which nobody made");
                }
                answered |= good;
            }
            return answered;
        }

        (MessageHeader Header, byte[] Payload)? Read()
        {
            byte[] word = new byte[4];
            if (!Fill(word))
                return null;
            int length = BinaryPrimitives.ReadInt32BigEndian(word);
            if (length is < 28 or > 1_000_000)
                throw new FuzzFindingException($"the server sends a message of {length} bytes");
            byte[] rest = new byte[length - 4];
            return Fill(rest) ? (MessageHeader.Read(rest), rest[24..]) : null;
        }

        bool Fill(byte[] bytes)
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
                if (count is 0)
                    return false;
                at += count;
            }
            return true;
        }
    }

    public override bool Run(byte[] input)
    {
        Client[] clients = [new(Connect(), "alpha:/1"), new(Connect(), "omega:/2")];
        try
        {
            foreach (byte step in input.AsSpan(0, Math.Min(input.Length, 60)))
                clients[(step >> 6) & 1].Step((step & 0x1f) % Steps, step);
            foreach (Client client in clients)
                client.Socket.Shutdown(SocketShutdown.Send);
            return clients[0].Judge(clients[1].Secret) | clients[1].Judge(clients[0].Secret);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.NotConnected or SocketError.Shutdown)
        {
            return false;
        }
        finally
        {
            foreach (Client client in clients)
                client.Socket.Dispose();
        }
    }

    Socket Connect()
    {
        var services = new RemoteServices(new DriverSet(new Secretive()));
        server ??= new RpcServer(
            new RpcServerOptions { MaxAnonymousClients = 0 }, peer => RemoteSession.Programs(peer, services), NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        _ = Libc.fcntl(ours, Libc.F_SETFL, 0);     // blocking
        return new Socket(new SafeSocketHandle(ours, true)) { ReceiveTimeout = Patience, SendTimeout = Patience };
    }

    public override void Dispose()
    {
        server?.Dispose();
        base.Dispose();
    }

    /// <summary>A driver whose connections know their own URI and tell it in every answer and stream.</summary>
    sealed class Secretive : IDriver
    {
        public string Type => "SECRETIVE";

        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(new Opened(uri?.ToString() ?? ""));

        sealed class Opened(string secret) : IDriverConnection, IConnectionInfo, IStorageVolumeData
        {
            public string Uri => secret;
            public CapabilitySet Capabilities => CapabilitySet.Of<IConnectionInfo>(this).And<IStorageVolumeData>(this);
            public ValueTask DisposeAsync() => default;
            public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new(secret);
            public ValueTask<ulong> GetVersionAsync(CancellationToken cancel) => new(1ul);
            public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(1ul);
            public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => new(secret);
            public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(secret);
            public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);
            public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => new(false);

            public ValueTask<IStreamHandler> UploadAsync(
                StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeUploadFlags flags, IStreamSink client, CancellationToken cancel) =>
                new(new Handler(null, secret));

            public ValueTask<IStreamHandler> DownloadAsync(
                StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeDownloadFlags flags, IStreamSink client, CancellationToken cancel) =>
                new(new Handler(client, secret));
        }

        sealed class Handler(IStreamSink? client, string secret) : IStreamHandler
        {
            int left = 3;

            public void Ready()
            {
                while (client is not null && left > 0)
                {
                    client.Send(Encoding.ASCII.GetBytes(secret));
                    client.SendHole(left--);
                    if (left is 0)
                        client.End();
                }
            }

            public bool Received(ReadOnlySpan<byte> data) => true;
            public bool ReceivedHole(long length) => true;
            public void Finished() { }
            public void Aborted() { }
        }
    }
}
