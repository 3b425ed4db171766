using System.Buffers.Binary;
using System.Net.Sockets;

namespace Vireo.Conformance.Virsh;

/// <summary>
/// Stands between a client and the daemon and passes everything on unchanged; of what the client says it notes whether a connection was opened. Without
/// that nobody could tell the daemon's answers from those of the test driver that the client carries itself.
/// </summary>
sealed class OpenWatch : IDisposable
{
    /// <summary>A frame is its length, then program, version, procedure, kind: CONNECT_OPEN of the main program is its first procedure.</summary>
    const int HeaderBytes = 20;
    const uint MainProgram = 0x20008086, ConnectOpen = 1, Call = 0;

    readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly Func<Socket> daemon;
    readonly List<Socket> open = [];
    readonly Thread accepting;
    int opens;

    /// <param name="path">Where clients find it.</param>
    /// <param name="daemon">A new connection to the daemon.</param>
    public OpenWatch(string path, Func<Socket> daemon)
    {
        this.daemon = daemon;
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        accepting = new Thread(Accept) { IsBackground = true };
        accepting.Start();
    }

    /// <summary>How many connections were opened.</summary>
    public int Opens => Volatile.Read(ref opens);

    void Accept()
    {
        try
        {
            while (true)
            {
                Socket client = listener.Accept(), server = daemon();
                lock (open)
                    open.AddRange([client, server]);
                new Thread(() => Pass(client, server, Note())) { IsBackground = true }.Start();
                new Thread(() => Pass(server, client, null)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The case is over.
        }
    }

    static void Pass(Socket from, Socket to, Action<ReadOnlySpan<byte>>? note)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            for (int count; (count = from.Receive(buffer)) > 0;)
            {
                note?.Invoke(buffer.AsSpan(0, count));
                for (int sent = 0; sent < count;)
                    sent += to.Send(buffer, sent, count - sent, SocketFlags.None);
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of the two hung up.
        }
    }

    /// <summary>Follows one client's frames.</summary>
    Action<ReadOnlySpan<byte>> Note()
    {
        byte[] header = new byte[HeaderBytes];
        int have = 0;
        uint skip = 0;
        return said =>
        {
            while (said.Length > 0)
            {
                if (skip > 0)
                {
                    int passed = (int)Math.Min(skip, said.Length);
                    skip -= (uint)passed;
                    said = said[passed..];
                    continue;
                }
                int taken = Math.Min(HeaderBytes - have, said.Length);
                said[..taken].CopyTo(header.AsSpan(have));
                have += taken;
                said = said[taken..];
                if (have < HeaderBytes)
                    return;
                have = 0;
                skip = Math.Max(Word(header, 0), HeaderBytes) - HeaderBytes;
                if (Word(header, 1) is MainProgram && Word(header, 3) is ConnectOpen && Word(header, 4) is Call)
                    Interlocked.Increment(ref opens);
            }
        };
    }

    static uint Word(byte[] header, int at) => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * at));

    public void Dispose()
    {
        listener.Dispose();
        lock (open)
            open.ForEach(static socket => socket.Dispose());
    }
}
