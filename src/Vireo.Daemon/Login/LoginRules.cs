using Vireo.Core.Config;
using Vireo.Core.Errors;
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

    /// <summary>Settings whose features this daemon has not got end its start.</summary>
    /// <exception cref="VireoException">There is one.</exception>
    internal static void Check(LibvirtdConfig config)
    {
        if (config.AccessDrivers.FirstOrDefault(static driver => driver is not "nop") is { } access)
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Conf, $"access_drivers: '{access}' is not there");
    }
}
