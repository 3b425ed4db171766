using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Cpu.Map;
using Vireo.Daemon.Access;
using Vireo.Daemon.Login;
using Vireo.Daemon.Roles;
using Vireo.Daemon.Service;
using Vireo.Driver;
using Vireo.Host;
using Vireo.Host.Audit;
using Vireo.Remote;
using Vireo.Rpc.Server;

namespace Vireo.Daemon;

/// <summary>What a driver's maker may use.</summary>
sealed record DriverContext(
    DaemonRole Role, LibvirtdConfig Config, HostPaths Paths, ILoggerFactory Logs, Activity Activity, TimeProvider Clock, Lazy<CpuMap> CpuMap)
{
    /// <summary>The role's configuration as it was written, for who has keys of its own there.</summary>
    internal required ConfFile Written { get; init; }

    /// <summary>Looks at calls; null: nobody does.</summary>
    internal ICallWatcher? Watcher { get; init; }

    /// <summary>What the program before this one left for a service that keeps its state over a restart; null: there was none.</summary>
    internal JsonObject? Kept { get; init; }

    /// <summary>What drivers that were made before offer to hypervisors' connections.</summary>
    internal OfferedObjects Objects { get; } = new();

    /// <summary>Where audit records go.</summary>
    internal AuditTrail Audit { get; init; } = AuditTrail.None;
}

/// <summary>A driver that runs, how it lets go of what it holds, and how it looks at its files again.</summary>
sealed record RunningDriver(IDriver Driver, Func<Task>? StopAsync = null, Func<Task>? ReloadAsync = null);

/// <summary>The drivers of this process and the programs that its connections get.</summary>
sealed class Composition : IRoleService
{
    readonly RemoteServices services;
    readonly IReadOnlyList<RunningDriver> running;

    readonly AccessDrivers access;

    Composition(RemoteServices services, IReadOnlyList<RunningDriver> running, AccessDrivers access) =>
        (this.services, this.running, this.access) = (services, running, access);

    internal static Composition Build(DriverContext context)
    {
        LibvirtdConfig config = context.Config;
        var access = new AccessDrivers(config.AccessDrivers, context.Paths, context.Logs.CreateLogger("Vireo.Daemon.Access"));
        RunningDriver[] running = [.. context.Role.Drivers.Select(make => make(context))];
        var drivers = new DriverSet([.. running.Select(static one => one.Driver)]);
        return new Composition(
            new RemoteServices(drivers)
            {
                Access = access.Policy,
                Identify = access.Policy is null && context.Role == RoleTable.Default ? null : CallerIdentity.Complete,   // others tell it on
                Logins = DaemonLogins.Of(context.Paths, Environment.GetEnvironmentVariable),
                OwnUser = Native.geteuid(),
                Watcher = context.Watcher,
                Login = peer => LoginRules.Of(config, context.Paths, peer),
                Polkit = Polkit.AskAsync,
                Sasl = new SaslRules { AllowedNames = config.SaslAllowedUsernames, MinTcpStrength = config.TcpMinSsf },
                LoginFailed = context.Logs.CreateLogger("Vireo.Daemon").LoginFailed,
            }, running, access);
    }

    /// <inheritdoc/>
    public IReadOnlyList<IRpcProgram> Programs(RpcPeer peer) => RemoteSession.Programs(peer, services);

    /// <summary>Rules are read again, and drivers look at their files, one after the other.</summary>
    public async Task ReloadAsync()
    {
        access.Reload();
        foreach (RunningDriver one in running)
            if (one.ReloadAsync is { } reload)
                await reload().ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (RunningDriver one in running.Reverse())
            one.StopAsync?.Invoke().GetAwaiter().GetResult();
        access.Dispose();
    }
}
