using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>
/// The log or the lock manager's program for one client. The socket decides who may come: there is no login, nothing to open, and no right
/// to ask for.
/// </summary>
public sealed class ManagerSession : ProgramSession, IRpcProgram
{
    readonly CapabilitySet manager;
    readonly Func<int, Procedure<ManagerSession>?> find;
    readonly Action? closed;

    ManagerSession(RpcPeer peer, CapabilitySet manager, uint program, Func<int, Procedure<ManagerSession>?> find, Action? closed) : base(peer) =>
        (this.manager, Program, this.find, this.closed) = (manager, program, find, closed);

    /// <summary>The log manager's.</summary>
    /// <param name="peer">The client.</param>
    /// <param name="manager">What answers it: <see cref="IGuestLogs"/>.</param>
    public static ManagerSession OfLogs(RpcPeer peer, CapabilitySet manager) => new(peer, manager, LogProcedures.Program, LogProcedures.Table.Find, null);

    /// <summary>The lock manager's.</summary>
    /// <param name="peer">The client.</param>
    /// <param name="manager">What answers it, and it alone: <see cref="IDiskLocks"/>.</param>
    /// <param name="closed">Told when the client is gone.</param>
    public static ManagerSession OfLocks(RpcPeer peer, CapabilitySet manager, Action? closed) =>
        new(peer, manager, LockProcedures.Program, LockProcedures.Table.Find, closed);

    /// <inheritdoc/>
    public uint Program { get; }

    /// <inheritdoc/>
    public uint Version => Procedures.Version;

    /// <inheritdoc/>
    public ProcedureTraits? Find(int procedure) => find(procedure)?.Traits;

    /// <inheritdoc/>
    public void Dispatch(RpcCall call, scoped ref XdrReader arguments) => Dispatch(this, find(call.Header.Procedure), call, ref arguments);

    /// <inheritdoc/>
    public void Closed()
    {
        Cancel();
        closed?.Invoke();
    }

    /// <summary>The implementation of a capability, or libvirt's error.</summary>
    internal T Require<T>(string symbol, ErrorDomain domain) where T : class => manager.Find<T>() ?? throw VireoException.NoSupport(symbol, domain);
}
