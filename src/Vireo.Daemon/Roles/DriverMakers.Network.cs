using Microsoft.Extensions.Logging;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Network;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Vireo.Remote.Forward;

namespace Vireo.Daemon.Roles;

/// <content>Networks.</content>
static partial class DriverMakers
{
    /// <summary>The argument by which this program keeps files of leases: dnsmasq's script runs it so.</summary>
    internal const string LeaseArgument = "--dhcp-lease";

    internal static RunningDriver Network(DriverContext context)
    {
        ProcessHost processes = NewProcesses();
        NetworkDriver driver = NetworkDriver.Create(new NetworkDriverOptions
        {
            Paths = context.Paths,
            Processes = processes,
            Time = context.Clock,
            LeaseCommand = LeaseCommand(),
            Log = context.Logs.CreateLogger("Vireo.Drivers.Network"),
            FlowProbe = CrashProbe.Parse(Environment.GetEnvironmentVariable(CrashProbe.Variable), OwnProcess.Kill),
        });
        driver.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        context.Objects.Add(driver.Offers);
        context.Objects.Networks = new NetworkPortsByCalls(async cancel =>
        {
            await driver.Settled.WaitAsync(cancel).ConfigureAwait(false);      // a guest that starts with the host waits for networks that do
            return driver.OpenOwn();
        }, context.Paths.Privileged);
        return new RunningDriver(driver, async () =>
        {
            await driver.DisposeAsync().ConfigureAwait(false);
            processes.Dispose();
        }, driver.ReloadAsync);
    }

    /// <summary>Networks that are in a daemon of their own.</summary>
    static NetworkPortsByCalls NetworksOf(DriverContext context)
    {
        Forwarder forwarder = ForwarderOf(context);
        return new(async cancel => await forwarder.OpenNetworksAsync(cancel).ConfigureAwait(false), context.Paths.Privileged);
    }

    // A native program is run as it is; another by its runtime.
    static string[] LeaseCommand()
    {
        string own = Environment.ProcessPath ?? throw new InvalidOperationException("this program has no path");
        string library = Path.Join(AppContext.BaseDirectory, "vireod.dll");
        return Path.GetFileNameWithoutExtension(own) is "dotnet" ? [own, "exec", library, LeaseArgument] : [own, LeaseArgument];
    }
}
