using Microsoft.Extensions.Logging;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Managers;

/// <summary>Who may talk to a manager: root, and the user it runs as.</summary>
static partial class ManagerPeers
{
    /// <summary>Lets a client in, or sends it away, whatever the socket's permissions are.</summary>
    internal static bool LetIn(RpcPeer peer, ILogger log)
    {
        if (peer.Identity.Uid is not 0 && peer.Identity.Uid != Native.geteuid())
        {
            Strange(log, peer.Identity.Uid);
            peer.Disconnect();
            return false;
        }
        peer.LoggedIn = true;
        return true;
    }

    [LoggerMessage(1300, LogLevel.Warning, "A client of user {Uid} was sent away: only root and our own user are served")]
    private static partial void Strange(ILogger log, uint? uid);
}
