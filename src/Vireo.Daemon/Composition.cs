using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Cpu.Map;
using Vireo.Daemon.Access;
using Vireo.Daemon.Login;
using Vireo.Daemon.Service;
using Vireo.Driver;
using Vireo.Drivers.Qemu;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Test;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Capabilities;
using Vireo.Hypervisor.Flows;
using Vireo.Remote;
using Vireo.Rpc.Server;

namespace Vireo.Daemon;

/// <summary>What a driver's maker may use.</summary>
sealed record DriverContext(LibvirtdConfig Config, HostPaths Paths, ILoggerFactory Logs, Activity Activity, TimeProvider Clock, CpuMap CpuMap)
{
    /// <summary>Looks at calls; null: nobody does.</summary>
    internal ICallWatcher? Watcher { get; init; }
}

/// <summary>A driver that runs, how it lets go of what it holds, and how it looks at its files again.</summary>
sealed record RunningDriver(IDriver Driver, Func<Task>? StopAsync = null, Func<Task>? ReloadAsync = null);

/// <summary>
/// The drivers of this process and the programs that its connections get: the only place that names drivers. A role is a
/// row of the table: which drivers a daemon of that role holds, in the order they are asked for a URI.
/// </summary>
sealed class Composition : IDisposable
{
    static readonly (string Role, Func<DriverContext, RunningDriver>[] Drivers)[] roles =
    [
        ("libvirtd", [StartQemu, static context => new RunningDriver(TestDriver.Create(context.Clock))]),
    ];

    readonly RemoteServices services;
    readonly IReadOnlyList<RunningDriver> running;

    readonly AccessDrivers access;

    Composition(RemoteServices services, IReadOnlyList<RunningDriver> running, AccessDrivers access) =>
        (this.services, this.running, this.access) = (services, running, access);

    static RunningDriver StartQemu(DriverContext context)
    {
        var launcher = Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory);
        var processes = new ProcessHost(launcher);
        var driver = QemuDriver.Create(new QemuDriverOptions
        {
            Paths = context.Paths,
            Processes = processes,
            Time = context.Clock,
            Config = QemuConfigReader.Load(Path.Join(context.Paths.EtcDir, "qemu.conf")),
            HostUuid = HostIdentity.Find(new HostTree(), context.Config.HostUuid, context.Config.HostUuidSource),
            ActiveGuestsChanged = context.Activity.Counter(),
            Log = context.Logs.CreateLogger("Vireo.Drivers.Qemu"),
            CpuMap = context.CpuMap,
            FlowProbe = CrashProbe.Parse(Environment.GetEnvironmentVariable(CrashProbe.Variable), OwnProcess.Kill),
        });
        driver.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        return new RunningDriver(driver, async () =>
        {
            await driver.StopAsync().ConfigureAwait(false);
            processes.Dispose();
        }, driver.ReloadAsync);
    }

    internal static Composition Build(LibvirtdConfig config, DriverContext context, string role = "libvirtd")
    {
        var access = new AccessDrivers(config.AccessDrivers, context.Paths, context.Logs.CreateLogger("Vireo.Daemon.Access"));
        var makers = Array.Find(roles, row => row.Role == role).Drivers;
        RunningDriver[] running = [.. makers.Select(make => make(context))];
        var drivers = new DriverSet([.. running.Select(static one => one.Driver)]);
        return new Composition(
            new RemoteServices(drivers)
            {
                Access = access.Policy,
                Identify = access.Policy is null ? null : CallerIdentity.Complete,
                OwnUser = Native.geteuid(),
                Watcher = context.Watcher,
                Login = peer => LoginRules.Of(config, context.Paths, peer),
                Polkit = Polkit.AskAsync,
                Sasl = new SaslRules { AllowedNames = config.SaslAllowedUsernames, MinTcpStrength = config.TcpMinSsf },
                LoginFailed = context.Logs.CreateLogger("Vireo.Daemon").LoginFailed,
            }, running, access);
    }

    /// <summary>What a new connection may call.</summary>
    internal IReadOnlyList<IRpcProgram> Programs(RpcPeer peer) => RemoteSession.Programs(peer, services);

    /// <summary>SIGHUP: rules are read again, and drivers look at their files, one after the other.</summary>
    internal async Task ReloadAsync()
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
