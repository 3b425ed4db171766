using Vireo.Rpc.Server;

namespace Vireo.Daemon.Roles;

/// <summary>What serves the clients of a role.</summary>
interface IRoleService : IDisposable
{
    /// <summary>What a new connection may call.</summary>
    IReadOnlyList<IRpcProgram> Programs(RpcPeer peer);

    /// <summary>SIGHUP: looks at its files again. What goes wrong is thrown, and what was in force stays so.</summary>
    Task ReloadAsync();
}
