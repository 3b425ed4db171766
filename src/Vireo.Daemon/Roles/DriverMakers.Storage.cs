using Microsoft.Extensions.Logging;
using Vireo.Drivers.Storage;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;

namespace Vireo.Daemon.Roles;

/// <content>Storage.</content>
static partial class DriverMakers
{
    internal static RunningDriver Storage(DriverContext context)
    {
        ProcessHost processes = NewProcesses();
        var driver = StorageDriver.Create(new StorageDriverOptions
        {
            Paths = context.Paths,
            Processes = processes,
            Time = context.Clock,
            Secrets = context.Objects.Secrets,
            FlowProbe = CrashProbe.Parse(Environment.GetEnvironmentVariable(CrashProbe.Variable), OwnProcess.Kill),
            Log = context.Logs.CreateLogger("Vireo.Drivers.Storage"),
        });
        driver.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        context.Objects.Add(driver.Capabilities);
        context.Objects.Storage = driver.Sources;
        return new RunningDriver(driver, async () =>
        {
            await driver.StopAsync().ConfigureAwait(false);
            processes.Dispose();
        }, driver.ReloadAsync);
    }
}
