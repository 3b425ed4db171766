using Vireo.Driver;
using Vireo.Remote;
using Vireo.Remote.Forward;

namespace Vireo.Daemon.Roles;

/// <content>What is handed on to other daemons.</content>
static partial class DriverMakers
{
    /// <summary>A timer takes no more than 49 days.</summary>
    const int MostSeconds = 30 * 86400;

    static Forwarder ForwarderOf(DriverContext context) => new(
        new RemotePlaces(context.Paths.RunDir, context.Paths.RunDir, context.Paths.Privileged, File.Exists)
        {
            Variable = Environment.GetEnvironmentVariable,
            DaemonOptions = context.Paths.Root is { } root ? ["--root", root] : [],
        }, context.Role.Name)
    {
        KeepaliveInterval = TimeSpan.FromSeconds(Math.Clamp(context.Config.KeepaliveInterval, 0, MostSeconds)),
        KeepaliveCount = context.Config.KeepaliveCount,
    };

    /// <summary>URIs of other drivers go to their daemons.</summary>
    internal static RunningDriver Others(DriverContext context) => new(new ForwardDriver(ForwarderOf(context), probes: false));

    /// <summary>All URIs go to their drivers' daemons; no URI at all to the first that is there.</summary>
    internal static RunningDriver Everything(DriverContext context) => new(new ForwardDriver(ForwarderOf(context), probes: true));

    /// <summary>A hypervisor's driver, whose clients find networks, storage and so on in their daemons.</summary>
    internal static Func<DriverContext, RunningDriver> Alone(Func<DriverContext, RunningDriver> hypervisor) => context =>
    {
        RunningDriver running = hypervisor(context);
        return running with { Driver = new SplitDriver(running.Driver, ForwarderOf(context)) };
    };
}
