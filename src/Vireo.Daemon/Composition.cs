using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Daemon.Service;
using Vireo.Driver;
using Vireo.Host;
using Vireo.Rpc.Server;

namespace Vireo.Daemon;

/// <summary>
/// The drivers of this process and the programs that its connections get: the only place that names drivers. A role is a
/// row of the table: which drivers a daemon of that role holds.
/// </summary>
sealed class Composition : IDisposable
{
    readonly IReadOnlyList<IDriver> drivers;

    Composition(IReadOnlyList<IDriver> drivers) => this.drivers = drivers;

    internal static Composition Build(LibvirtdConfig config, HostPaths paths, ILoggerFactory logs, Activity activity) => new([]);

    /// <summary>What a new connection may call.</summary>
    internal IReadOnlyList<IRpcProgram> Programs(RpcPeer peer) => [];

    /// <summary>SIGHUP: drivers read their configuration again.</summary>
    internal void Reload()
    {
    }

    public void Dispose()
    {
        foreach (IDriver driver in drivers)
            (driver as IDisposable)?.Dispose();
    }
}
