using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Rpc.Security;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Service;

/// <summary>The daemon's servers: one for the drivers' clients, and one for administrators.</summary>
sealed class Servers : IDisposable
{
    /// <summary>For the drivers' clients.</summary>
    internal required RpcServer Main { get; init; }

    /// <summary>For administrators; null in a daemon without.</summary>
    internal RpcServer? Admin { get; set; }

    /// <summary>The name of the first: libvirt's for a daemon of this role.</summary>
    internal required string MainName { get; init; }

    /// <summary>Their names, in libvirt's order.</summary>
    internal IReadOnlyList<string> Names => Admin is null ? [MainName] : [AdminName, MainName];

    const string AdminName = "admin";

    /// <summary>A server by its name.</summary>
    /// <exception cref="VireoException">There is none.</exception>
    internal RpcServer Find(string name) =>
        name == MainName ? Main
        : name is AdminName && Admin is { } admin ? admin
        : throw new VireoException(ErrorCode.NoServer, ErrorDomain.Rpc, $"No server named '{name}'");

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

    /// <summary>Of the administrators' server: no login, so nobody is anonymous for long, and no urgent work.</summary>
    internal static RpcServerOptions AdminOptions(LibvirtdConfig config) => new()
    {
        Threads = 1,
        BusyPoll = TimeSpan.Zero,
        MinWorkers = config.AdminMinWorkers,
        MaxWorkers = Math.Max(config.AdminMaxWorkers, config.AdminMinWorkers),
        PrioWorkers = 0,
        MaxClients = config.AdminMaxClients,
        MaxAnonymousClients = 0,
        MaxClientRequests = Math.Max(1, config.AdminMaxClientRequests),
        KeepaliveInterval = TimeSpan.FromSeconds(config.AdminKeepaliveInterval),
        KeepaliveCount = config.AdminKeepaliveCount,
    };

    public void Dispose()
    {
        Main.Dispose();
        Admin?.Dispose();
    }
}
