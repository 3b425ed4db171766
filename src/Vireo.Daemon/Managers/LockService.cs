using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;
using Vireo.Daemon.Roles;
using Vireo.Driver;
using Vireo.Host.Processes;
using Vireo.Remote;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Managers;

/// <summary>
/// The lock manager: it holds leases of disks for guests. A guest's own process keeps a connection; when that ends, so do its leases, and the
/// guest if it still lives: it must not write to what is not its own any more.
/// </summary>
sealed partial class LockService : IRoleService, IKeepsState
{
    readonly LockTable locks;
    readonly ILogger log;
    readonly ConditionalWeakTable<RpcPeer, LockClient> clients = [];
    JsonNode? expected;
    volatile bool leaving;

    LockService(DriverContext context)
    {
        log = context.Logs.CreateLogger("Vireo.Daemon.Locks");
        locks = new LockTable(context.Activity.Counter());
        if (context.Kept is { } kept)
            locks.Adopt(kept["lockspaces"] as JsonArray ?? throw VireoException.Internal(ErrorDomain.Locking, "Missing lockspaces data in JSON document"));
    }

    internal static IRoleService Build(DriverContext context) => new LockService(context);

    public IReadOnlyList<IRpcProgram> Programs(RpcPeer peer)
    {
        if (!ManagerPeers.LetIn(peer, log) || peer.Identity.Pid is not { } process)
            return [];
        var client = new LockClient(locks, process);
        if (Interlocked.Exchange(ref expected, null) is { } state)
            client.Adopt(state);
        clients.Add(peer, client);
        GuardedProcess? guest = GuardedProcess.Of(process);
        return [ManagerSession.OfLocks(peer, CapabilitySet.Of<IDiskLocks>(client), () => Gone(client, guest))];
    }

    void Gone(LockClient client, GuardedProcess? process)
    {
        using (process)
        {
            if (leaving || !locks.ReleaseAllOf(client.Process))
                return;
            if (process?.End() is false)
                NotEnded(log, client.Process);
        }
    }

    public Task ReloadAsync() => Task.CompletedTask;

    JsonObject IKeepsState.Keep()
    {
        leaving = true;
        return new() { ["lockspaces"] = locks.Keep() };
    }

    JsonNode? IKeepsState.KeepClient(RpcPeer peer) => clients.TryGetValue(peer, out LockClient? client) ? client.Keep() : null;

    void IKeepsState.Expect(JsonNode? client) => Volatile.Write(ref expected, client);

    public void Dispose()
    {
        // What is held is the kernel's to give back.
    }

    [LoggerMessage(1320, LogLevel.Warning, "Process {Pid} lost its leases and cannot be ended")]
    private static partial void NotEnded(ILogger log, int pid);
}
