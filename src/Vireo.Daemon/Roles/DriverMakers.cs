using Microsoft.Extensions.Logging;
using Vireo.Daemon.Managers;
using Vireo.Drivers.Qemu;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Test;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Capabilities;
using Vireo.Hypervisor.Flows;

namespace Vireo.Daemon.Roles;

/// <summary>How each driver is started: the only place that names drivers.</summary>
static partial class DriverMakers
{
    /// <summary>Who starts programs for one driver, and ends with it.</summary>
    static ProcessHost NewProcesses() => new(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));

    internal static RunningDriver Test(DriverContext context) => new(TestDriver.Create(context.Clock));

    internal static RunningDriver Qemu(DriverContext context)
    {
        ProcessHost processes = NewProcesses();
        var driver = QemuDriver.Create(new QemuDriverOptions
        {
            Paths = context.Paths,
            Processes = processes,
            Time = context.Clock,
            Config = QemuConfigReader.Load(Path.Join(context.Paths.EtcDir, "qemu.conf")),
            SwitchTimeout = context.Config.OvsTimeout,
            HostUuid = HostIdentity.Find(new HostTree(), context.Config.HostUuid, context.Config.HostUuidSource),
            ActiveGuestsChanged = context.Activity.Counter(),
            Managers = new ManagerDoors(context.Paths),
            Lockd = LockdConfig.Load(Path.Join(context.Paths.EtcDir, "qemu-lockd.conf")),
            Host = context.Objects.Parts,
            Storage = context.Objects.Storage,
            Secrets = context.Objects.Secrets,
            Networks = context.Objects.Networks ?? NetworksOf(context),
            Filters = context.Objects.Filters ?? FiltersOf(context),
            Audit = context.Audit,
            Peers = new PeerMigrations(),
            Log = context.Logs.CreateLogger("Vireo.Drivers.Qemu"),
            CpuMap = context.CpuMap.Value,
            FlowProbe = CrashProbe.Parse(Environment.GetEnvironmentVariable(CrashProbe.Variable), OwnProcess.Kill),
        });
        driver.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        return new RunningDriver(driver, async () =>
        {
            await driver.StopAsync().ConfigureAwait(false);
            processes.Dispose();
        }, driver.ReloadAsync);
    }
}
