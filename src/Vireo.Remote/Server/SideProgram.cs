using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>A program beside the remote one that talks to the same opened driver.</summary>
sealed class SideProgram(RemoteSession session, uint program, ProcedureTable<RemoteSession> table) : IRpcProgram
{
    public uint Program => program;

    public uint Version => Procedures.Version;

    public ProcedureTraits? Find(int procedure) => session.TraitsOf(table.Find(procedure));

    public void Dispatch(RpcCall call, scoped ref XdrReader arguments) =>
        ProgramSession.Dispatch(session, table.Find(call.Header.Procedure), call, ref arguments);

    public void Closed()
    {
        // The session hears it itself.
    }
}
