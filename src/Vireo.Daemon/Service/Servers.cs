using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Rpc.Security;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Service;

/// <summary>The daemon's servers: one for the drivers' clients, and one for administrators.</summary>
sealed class Servers : IDisposable
{
    /// <summary>For the drivers' clients.</summary>
    internal required RpcServer Main { get; init; }

    /// <summary>For administrators; null in a daemon without.</summary>
    internal RpcServer? Admin { get; init; }

    /// <summary>What the TLS sockets show; null: there are none.</summary>
    internal TlsService? Tls { get; set; }

    internal static RpcServerOptions Options(LibvirtdConfig config) => new()
    {
        MinWorkers = config.MinWorkers,
        MaxWorkers = Math.Max(config.MaxWorkers, config.MinWorkers),
        PrioWorkers = config.PrioWorkers,
        MaxClients = config.MaxClients,
        MaxAnonymousClients = config.MaxAnonymousClients,
        MaxClientRequests = Math.Max(1, config.MaxClientRequests),
        KeepaliveInterval = TimeSpan.FromSeconds(config.KeepaliveInterval),
        KeepaliveCount = config.KeepaliveCount,
    };

    public void Dispose()
    {
        Main.Dispose();
        Admin?.Dispose();
    }
}
