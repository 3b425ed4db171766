using Vireo.Core.Config;
using Vireo.Host;
using Vireo.Remote;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Login;

/// <summary>How the clients of each socket log in.</summary>
static class LoginRules
{
    /// <summary>As libvirtd: the system daemon's unix sockets ask polkit unless the configuration says otherwise.</summary>
    internal static LoginMethod Of(LibvirtdConfig config, HostPaths paths, RpcPeer peer) =>
        Written(config, peer.Service) switch
        {
            "none" => LoginMethod.None,
            "sasl" => LoginMethod.Sasl,
            "polkit" => LoginMethod.Polkit,
            _ => paths.Privileged ? LoginMethod.Polkit : LoginMethod.None,
        };

    static string? Written(LibvirtdConfig config, RpcService service) => service.Transport switch
    {
        RpcTransport.Tcp => config.AuthTcp,
        RpcTransport.Tls => config.AuthTls,
        _ => service.ReadOnly ? config.AuthUnixReadOnly : config.AuthUnix,
    };
}
