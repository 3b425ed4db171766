using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>A program beside the remote one that talks to the same opened driver.</summary>
sealed class SideProgram(RemoteSession session, uint program, Func<int, Procedure<RemoteSession>?> find) : IRpcProgram
{
    public uint Program => program;

    public uint Version => Procedures.Version;

    public ProcedureTraits? Find(int procedure) => session.TraitsOf(find(procedure));

    public void Dispatch(RpcCall call, scoped ref XdrReader arguments) =>
        ProgramSession.Dispatch(session, find(call.Header.Procedure), call, ref arguments);

    public void Closed()
    {
        // The session hears it itself.
    }
}
