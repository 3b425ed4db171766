using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Daemon.Logging;
using Vireo.Daemon.Service;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Admin;

/// <summary>The administrators' server.</summary>
static class AdminServer
{
    internal static RpcServer Make(Servers servers, LibvirtdConfig config, DaemonLog log, string defaultOutput, Activity activity, TimeProvider clock)
    {
        CapabilitySet daemon = CapabilitySet.Of<IAdminDaemon>(new AdminDaemon(activity))
            .And<IAdminLogging>(new AdminLogging(log, defaultOutput))
            .And<IAdminServers>(new AdminServers(servers))
            .And<IAdminClients>(new AdminClients(servers));
        ILogger lines = log.CreateLogger("Vireo.Daemon.Admin");
        return new RpcServer(Servers.AdminOptions(config), peer => Programs(peer, daemon, Native.geteuid(), lines), log.CreateLogger("Vireo.Rpc.Server"), clock)
        {
            ClientsChanged = activity.Counter(),
        };
    }

    /// <summary>Whoever runs as another user than the daemon (<paramref name="own"/>) is sent away, whatever the socket's permissions are.</summary>
    internal static IReadOnlyList<IRpcProgram> Programs(RpcPeer peer, CapabilitySet daemon, uint own, ILogger log)
    {
        if (peer.Identity.Uid != own)
        {
            log.StrangeAdministrator(peer.Identity.Uid);
            peer.Disconnect();
            return [];
        }
        peer.LoggedIn = true;
        return [new AdminSession(peer, daemon)];
    }
}
