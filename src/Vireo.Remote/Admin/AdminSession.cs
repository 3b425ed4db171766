using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>
/// The admin program for one client. The socket itself decides who may come, so there is no login, no read-only connection and no right;
/// and, as with libvirtd, no need to open before anything else.
/// </summary>
/// <param name="peer">The client.</param>
/// <param name="daemon">What the daemon tells of itself and lets be changed: the capabilities of the admin program.</param>
public sealed class AdminSession(RpcPeer peer, CapabilitySet daemon) : ProgramSession(peer), IRpcProgram, IAdminSessionCalls
{
    /// <summary>Who answers the session's own calls; null: itself. Tests of the wire put a client there.</summary>
    internal IAdminSessionCalls? Own { get; set; }

    /// <inheritdoc/>
    public uint Program => AdminProcedures.Program;

    /// <inheritdoc/>
    public uint Version => Procedures.Version;

    /// <inheritdoc/>
    public ProcedureTraits? Find(int procedure) => AdminProcedures.Table.Find(procedure)?.Traits;

    /// <inheritdoc/>
    public void Dispatch(RpcCall call, scoped ref XdrReader arguments) =>
        Dispatch(this, AdminProcedures.Table.Find(call.Header.Procedure), call, ref arguments);

    /// <inheritdoc/>
    public void Closed() => Cancel();

    /// <summary>The implementation of a capability, or libvirt's error.</summary>
    internal T Require<T>(string symbol, ErrorDomain domain) where T : class =>
        typeof(T) == typeof(IAdminSessionCalls) ? (T)(Own ?? this) : daemon.Find<T>() ?? throw VireoException.NoSupport(symbol, domain);

    ValueTask IAdminSessionCalls.OpenAsync(uint flags, CancellationToken cancel) => flags is 0
        ? default
        : throw VireoException.UnsupportedFlags(flags, "adminDispatchConnectOpen", ErrorDomain.Admin);

    ValueTask IAdminSessionCalls.CloseAsync(CancellationToken cancel)
    {
        CloseAfterAnswer();
        return default;
    }
}
