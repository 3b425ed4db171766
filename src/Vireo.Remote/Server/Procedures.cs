using Vireo.Driver;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>Decodes, checks, calls and answers one procedure.</summary>
delegate void ProcedureHandler<in TSession>(TSession session, RpcCall call, ref XdrReader arguments);

/// <summary>A procedure as the server knows it.</summary>
sealed class Procedure<TSession>(string symbol, bool inline, bool login, bool files, ProcedureHandler<TSession> handler, Func<CapabilitySet, bool>? offered = null)
{
    /// <summary>The function of the C library behind it.</summary>
    internal string Symbol { get; } = symbol;

    internal ProcedureTraits Traits { get; } = new(inline, login, files);

    internal ProcedureHandler<TSession> Handler { get; } = handler;

    /// <summary>For a procedure of a release later than 9.0.0: whether a driver offers it. Null: 9.0.0 has it.</summary>
    internal Func<CapabilitySet, bool>? Offered { get; } = offered;
}

/// <summary>The remote program. Procedures beyond 443 are of releases after 9.0.0.</summary>
static partial class Procedures
{
    /// <summary>The remote program's number.</summary>
    internal const uint Program = 0x20008086;

    /// <summary>Its version; that of the others is the same.</summary>
    internal const uint Version = 1;

    internal static ProcedureTable<RemoteSession> Table { get; } = new(Size, AddGenerated);
}
