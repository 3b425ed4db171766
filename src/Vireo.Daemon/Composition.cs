using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Daemon.Service;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Host;
using Vireo.Remote;
using Vireo.Rpc.Server;

namespace Vireo.Daemon;

/// <summary>What a driver's maker may use.</summary>
sealed record DriverContext(HostPaths Paths, ILoggerFactory Logs, Activity Activity, TimeProvider Clock);

/// <summary>
/// The drivers of this process and the programs that its connections get: the only place that names drivers. A role is a
/// row of the table: which drivers a daemon of that role holds, in the order they are asked for a URI.
/// </summary>
sealed class Composition : IDisposable
{
    static readonly (string Role, Func<DriverContext, IDriver>[] Drivers)[] roles =
    [
        ("libvirtd", [static context => TestDriver.Create(context.Clock)]),
    ];

    readonly RemoteServices services;

    Composition(RemoteServices services) => this.services = services;

    internal static Composition Build(LibvirtdConfig config, DriverContext context, string role = "libvirtd")
    {
        var makers = Array.Find(roles, row => row.Role == role).Drivers;
        var drivers = new DriverSet([.. makers.Select(make => make(context))]);
        return new Composition(new RemoteServices(drivers) { Login = peer => LoginOf(config, context.Paths, peer) });
    }

    /// <summary>
    /// As libvirtd: the system daemon asks polkit unless the configuration says otherwise (root is never asked). As long as
    /// there is nobody to ask, such a login fails: never more is allowed than was configured.
    /// </summary>
    static LoginMethod LoginOf(LibvirtdConfig config, HostPaths paths, RpcPeer peer) =>
        (peer.ReadOnly ? config.AuthUnixReadOnly : config.AuthUnix) switch
        {
            "none" => LoginMethod.None,
            "sasl" => LoginMethod.Sasl,
            "polkit" => LoginMethod.Polkit,
            _ => paths.Privileged ? LoginMethod.Polkit : LoginMethod.None,
        };

    /// <summary>What a new connection may call.</summary>
    internal IReadOnlyList<IRpcProgram> Programs(RpcPeer peer) => [new RemoteSession(peer, services)];

    /// <summary>SIGHUP: drivers read their configuration again.</summary>
    internal void Reload()
    {
        foreach (IReloadable driver in services.Drivers.Drivers.OfType<IReloadable>())
            driver.Reload();
    }

    public void Dispose()
    {
        foreach (IDisposable driver in services.Drivers.Drivers.OfType<IDisposable>())
            driver.Dispose();
    }
}

/// <summary>A driver that looks at its configuration and files again when told to.</summary>
interface IReloadable
{
    /// <summary>Does so.</summary>
    void Reload();
}
