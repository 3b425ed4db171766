using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Access;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>
/// The remote program for one client: its opened driver, its registrations for events, its rights. Calls of one client may run
/// at the same time on several threads.
/// </summary>
public sealed partial class RemoteSession : ProgramSession, IRpcProgram
{
    readonly RemoteServices services;
    readonly SessionCalls calls;
    volatile Opened? opened;

    /// <summary>What a successful open leaves behind.</summary>
    sealed record Opened(string DriverType, IDriverConnection Connection, Caller Caller, SessionObjects Objects);

    /// <summary>A session for a new connection.</summary>
    public RemoteSession(RpcPeer peer, RemoteServices services) : base(peer)
    {
        this.services = services;
        calls = new SessionCalls(this);
    }

    /// <summary>Who answers in place of the session and its driver: tests of the wire put a client there.</summary>
    internal Func<Type, object?>? Instead { get; set; }

    /// <inheritdoc/>
    public uint Program => Procedures.Program;

    /// <inheritdoc/>
    public uint Version => Procedures.Version;

    /// <inheritdoc/>
    public ProcedureTraits? Find(int procedure) => TraitsOf(Known(procedure));

    /// <summary>The procedure with this number, if 9.0.0 has it or the opened driver offers it.</summary>
    Procedure<RemoteSession>? Known(int number) => Procedures.Table.Find(number) is not { } found ? null
        : found.Offered is null || Instead is not null || (opened is { } open && found.Offered(open.Connection.Capabilities)) ? found
        : null;

    /// <summary>A procedure's traits for this client: where rights may have to be waited for, nothing runs on a thread that serves others.</summary>
    internal ProcedureTraits? TraitsOf(Procedure<RemoteSession>? procedure) =>
        procedure is null ? null
        : services.Access is { } policy && (policy.MayWait || opened?.Objects.Slow is true) ? procedure.Traits with { Inline = false }
        : procedure.Traits;

    /// <inheritdoc/>
    public void Dispatch(RpcCall call, scoped ref XdrReader arguments) =>
        Dispatch(this, Known(call.Header.Procedure), call, ref arguments);

    /// <inheritdoc/>
    public void Closed()
    {
        Cancel();
        calls.DropRegistrations();
        sasl?.Dispose();
        Drop(Interlocked.Exchange(ref opened, null));
    }

    /// <summary>Closes a driver connection without making anybody wait.</summary>
    static void Drop(Opened? connection)
    {
        if (connection is null)
            return;
        ValueTask closed = connection.Connection.DisposeAsync();
        if (!closed.IsCompletedSuccessfully)
            _ = closed.AsTask();
    }

    /// <summary>The programs of a client of this kind: what every hypervisor has, and what only some have. The session comes first.</summary>
    public static IReadOnlyList<IRpcProgram> Programs(RpcPeer peer, RemoteServices services)
    {
        var session = new RemoteSession(peer, services);
        IRpcProgram[] all =
        [
            session,
            new SideProgram(session, QemuProcedures.Program, QemuProcedures.Table),
            new SideProgram(session, LxcProcedures.Program, LxcProcedures.Table),
            new SideProgram(session, VireoProcedures.Program, VireoProcedures.Table),
        ];
        return all;
    }

    private protected override IDisposable? Watch(RpcCall call, string procedure) =>
        services.Watcher?.Begin(call, procedure, opened?.Caller ?? MakeCaller(Peer.ReadOnly));

    /// <summary>The implementation of a capability, or libvirt's error.</summary>
    internal T Require<T>(string symbol, ErrorDomain domain) where T : class
    {
        if (Instead?.Invoke(typeof(T)) is T other)
            return other;
        if (typeof(T) == typeof(ISessionCalls) || typeof(T) == typeof(IConnectionIdentity))
            return (T)(object)calls;
        if (typeof(T) == typeof(IQemuSessionCalls))
            return opened is null ? throw new VireoException(RpcErrors.NotOpen) : (T)(object)calls;
        Opened connection = opened ?? throw new VireoException(RpcErrors.NotOpen);
        return connection.Connection.Capabilities.Find<T>() ?? throw VireoException.NoSupport(symbol, domain);
    }

    /// <summary>Refuses a change on a read-only connection.</summary>
    internal void RequireWrite(string symbol, ErrorDomain domain, bool secure = false)
    {
        if (opened?.Caller.ReadOnly ?? Peer.ReadOnly)
        {
            throw new VireoException(ErrorCode.OperationDenied, domain,
                secure ? $"{symbol} with secure flag" : $"read only access prevents {symbol}");
        }
    }
}
