using System.Diagnostics;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Server;

/// <summary>A client on its way to the program that this process becomes.</summary>
/// <param name="Descriptor">Its connection.</param>
/// <param name="Peer">Who it is.</param>
public readonly record struct KeptClient(int Descriptor, RpcPeer Peer);

/// <summary>A server's sockets on their way to the program that this process becomes.</summary>
/// <param name="Listening">Its listening sockets.</param>
/// <param name="Clients">Its clients.</param>
public sealed record KeptServer(IReadOnlyList<int> Listening, IReadOnlyList<KeptClient> Clients);

/// <content>A process that executes its program anew keeps its sockets.</content>
public sealed partial class RpcServer
{
    /// <summary>
    /// Reads and accepts nothing more, lets calls under way end, and leaves the sockets open for the program that comes. Who is in the middle of
    /// a message, or does not read, is lost: nobody could go on there.
    /// </summary>
    /// <param name="patience">How long calls may take to end.</param>
    public KeptServer Keep(TimeSpan patience)
    {
        foreach (PollThread thread in threads)
            thread.Leave();
        var clients = Clients().Cast<Connection>().ToList();
        long began = Stopwatch.GetTimestamp();
        foreach (Connection client in clients)
            client.WaitForCalls(patience, began);
        lock (acceptGate)
        {
            var kept = new KeptServer(
                listeners.ConvertAll(static listener => listener.Descriptor),
                [.. clients.Where(static client => client.IsQuiet).Select(static client => new KeptClient(client.Fd, client))]);
            foreach (int descriptor in kept.Listening.Concat(kept.Clients.Select(static client => client.Descriptor)))
                _ = fcntl(descriptor, F_SETFD, 0);
            return kept;
        }
    }
}
