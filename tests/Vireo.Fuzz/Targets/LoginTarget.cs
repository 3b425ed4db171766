using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Fuzz.Engine;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Security;
using Vireo.Rpc.Server;
using Vireo.Testing.Pki;

namespace Vireo.Fuzz.Targets;

/// <summary>
/// All that a client sends who has not logged in, to a socket with SASL, or (first byte odd) to one with TLS. Nobody here can log in, so that
/// no call but those of the login may be answered with anything but an error; the server hangs up in the end and serves others.
/// </summary>
public sealed partial class LoginTarget : FuzzTarget
{
    const int Patience = 60_000;
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    RpcServer? server;
    TestPki? pki;
    RpcService? tls;

    public override string Name => "logins";

    public override string Extension => ".hex";

    /// <summary>The calls of the login in and out of order, calls of others between them, and the beginning of a handshake.</summary>
    public override IEnumerable<byte[]> Seeds()
    {
        byte[] list = Frame(66), init = Frame(67), plain = Start("PLAIN", "\0fred\0secret"u8), scram = Start("SCRAM-SHA-256", "n,,n=fred,r=abcdef"u8), step = Frame(69, [0, 0, 0, 0, 0, 0, 0, 0]);
        yield return [0, .. list, .. init, .. plain];
        yield return [0, .. list, .. init, .. scram, .. step];
        yield return [0, .. init, .. init, .. step];
        yield return [0, .. plain, .. step, .. Frame(70)];
        yield return [0, .. list, .. init, .. scram, .. Frame(1, new byte[8]), .. Frame(3)];
        yield return [0, .. list, .. init, .. Start("DIGEST-MD5", []), .. step];
        yield return [0, .. list, .. init, .. Start("ANONYMOUS", "x"u8)];
        yield return [1, .. list];
        yield return Hello;
        yield return [.. Hello, .. list, .. init];
    }

    // The beginning of a client's first flight of TLS 1.2, without extensions.
    static byte[] Hello => [1, 0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, 3, .. new byte[32], 0, 0, 2, 0xc0, 0x30, 1, 0];

    static byte[] Start(string mechanism, ReadOnlySpan<byte> data)
    {
        var payload = new List<byte>();
        Word(payload, mechanism.Length);
        payload.AddRange(System.Text.Encoding.ASCII.GetBytes(mechanism));
        while (payload.Count % 4 != 0)
            payload.Add(0);
        Word(payload, 0);
        Word(payload, data.Length);
        foreach (byte one in data)
            Word(payload, one);
        return Frame(68, [.. payload]);
    }

    static void Word(List<byte> to, int value)
    {
        for (int shift = 24; shift >= 0; shift -= 8)
            to.Add((byte)(value >> shift));
    }

    static byte[] Frame(int procedure, byte[]? payload = null)
    {
        byte[] frame = new byte[28 + (payload?.Length ?? 0)];
        Span<byte> at = frame;
        foreach (uint word in new[] { (uint)frame.Length, 0x20008086u, 1u, (uint)procedure, 0u, 7u, 0u })
        {
            BinaryPrimitives.WriteUInt32BigEndian(at, word);
            at = at[4..];
        }
        payload?.CopyTo(at);
        return frame;
    }

    public override byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        if (random.Next(2) == 0)
            return ByteMutator.Mutate(seed, other, random);
        var input = new List<byte> { 0 };
        for (int i = random.Next(6); i >= 0; i--)
        {
            byte[] data = new byte[random.Next(80)];
            random.NextBytes(data);
            input.AddRange(random.Next(6) switch
            {
                0 => Frame(66),
                1 => Frame(67),
                2 => Start(random.Next(2) == 0 ? "SCRAM-SHA-256" : "PLAIN", data),
                3 => Frame(69, [0, 0, 0, (byte)random.Next(2), .. data.AsSpan(0, data.Length & ~3)]),
                4 => Frame(random.Next(450), data),
                _ => Frame(70),
            });
        }
        return [.. input];
    }

    public override bool Run(byte[] input)
    {
        bool isTls = input.Length > 0 && (input[0] & 1) != 0;
        using Socket socket = Connect(isTls);
        try
        {
            if (input.Length > 1)
                socket.Send(input.AsSpan(1));
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
            // It hung up in the middle, as it may.
        }
        byte[] said = Rest(socket);
        return isTls ? said.Length > 0 : Judge(said);
    }

    static byte[] Rest(Socket socket)
    {
        var all = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            try
            {
                int count = socket.Receive(buffer);
                if (count == 0)
                    return all.ToArray();
                all.Write(buffer, 0, count);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
            {
                return all.ToArray();
            }
            catch (SocketException e)
            {
                throw new FuzzFindingException("the server neither answers nor hangs up", e);
            }
        }
    }

    static bool Judge(ReadOnlySpan<byte> said)
    {
        bool answered = false;
        while (said.Length >= 28)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(said);
            if (length is < 28 or > 100_000)
                throw new FuzzFindingException($"the server sends a message of {length} bytes");
            MessageHeader header = MessageHeader.Read(said[4..]);
            answered |= header.Status is MessageStatus.Ok;
            if (header is { Program: 0x20008086, Type: MessageType.Reply, Status: MessageStatus.Ok, Procedure: not (66 or 67 or 68 or 69) })
                throw new FuzzFindingException($"procedure {header.Procedure} is answered without a login");
            said = said[Math.Min(length, said.Length)..];
        }
        return answered;
    }

    Socket Connect(bool isTls)
    {
        if (server is null)
        {
            // Made here, so that what its threads throw is seen as ours.
            string folder = Directory.CreateTempSubdirectory("vireo-fuzz").FullName;
            File.WriteAllText(Path.Join(folder, "libvirt.conf"), $"mech_list: plain scram-sha-256 digest-md5\nsasldb_path: {folder}/nobody\npwcheck_method: auxprop\n");
            setenv("SASL_CONF_PATH", folder, 1);      // the library asks the C library
            pki = new TestPki(folder);
            pki.Issue("server", "CN=localhost", TestPki.ServerAuth).Dispose();
            tls = new RpcService
            {
                Transport = RpcTransport.Tls,
                Tls = TlsService.Load(new TlsFiles(pki.Ca, Path.Join(folder, "servercert.pem"), Path.Join(folder, "serverkey.pem"), null), new TlsRules(), NullLogger.Instance),
            };
            var services = new RemoteServices(new DriverSet(TestDriver.Create())) { Login = static _ => LoginMethod.Sasl };
            server = new RpcServer(new RpcServerOptions { MaxAnonymousClients = 0 }, peer => [new RemoteSession(peer, services)], NullLogger.Instance);
        }
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, isTls ? tls! : new RpcService { MaxMessageBeforeLogin = RpcService.SaslMessage });
        _ = Libc.fcntl(ours, Libc.F_SETFL, 0);     // blocking
        return new Socket(new SafeSocketHandle(ours, true)) { ReceiveTimeout = Patience, SendTimeout = Patience };
    }

    /// <summary>A sound client hears how it can log in.</summary>
    public override void Check()
    {
        using Socket socket = Connect(false);
        socket.Send(Frame(66));
        socket.Shutdown(SocketShutdown.Send);
        if (!Judge(Rest(socket)))
            throw new FuzzFindingException("a sound client gets an error");
    }

    public override void Dispose()
    {
        server?.Dispose();
        if (pki is { } made)
        {
            made.Dispose();
            Directory.Delete(made.Folder, true);
        }
        base.Dispose();
    }
}
