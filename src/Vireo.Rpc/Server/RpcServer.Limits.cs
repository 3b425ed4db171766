namespace Vireo.Rpc.Server;

/// <summary>A server's workers at some moment.</summary>
/// <param name="Min">Workers that stay.</param>
/// <param name="Max">Workers at most.</param>
/// <param name="Current">Workers that there are, or that need no waiting for: those that stay are made when they are first needed.</param>
/// <param name="Free">Those of them that have nothing to do.</param>
/// <param name="Prio">Further workers for urgent work.</param>
/// <param name="Waiting">Calls that wait for a worker.</param>
public readonly record struct WorkerState(int Min, int Max, int Current, int Free, int Prio, int Waiting);

/// <content>What can be looked at and changed while the server runs.</content>
public sealed partial class RpcServer
{
    int maxClients, maxAnonymousClients;

    /// <summary>Clients at most.</summary>
    public int MaxClients => Volatile.Read(ref maxClients);

    /// <summary>Clients that have not logged in, at most; 0 is no limit.</summary>
    public int MaxAnonymousClients => Volatile.Read(ref maxAnonymousClients);

    /// <summary>Clients that have not logged in.</summary>
    public int AnonymousCount => Volatile.Read(ref anonymous);

    /// <summary>Its workers now.</summary>
    public WorkerState WorkerState => Workers.State;

    /// <summary>Changes limits of clients; null leaves one as it is. Nobody who is there is thrown out. False: they contradict each other.</summary>
    public bool ChangeClientLimits(int? max, int? anonymousMax)
    {
        lock (acceptGate)
        {
            int clientsNow = max ?? maxClients, anonymousNow = anonymousMax ?? maxAnonymousClients;
            if (clientsNow < anonymousNow)
                return false;
            Volatile.Write(ref maxClients, clientsNow);
            Volatile.Write(ref maxAnonymousClients, anonymousNow);
        }
        UpdateAccepting();
        return true;
    }

    /// <summary>Changes limits of workers; null leaves one as it is. False: they contradict each other.</summary>
    public bool ChangeWorkers(int? min, int? max, int? prio) => Workers.Change(min, max, prio);

    /// <summary>Who is connected, in the order of coming.</summary>
    public IReadOnlyList<RpcPeer> Clients()
    {
        var found = new List<Connection>();
        foreach (PollThread thread in threads)
            thread.AddClients(found);
        found.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return found;
    }
}
