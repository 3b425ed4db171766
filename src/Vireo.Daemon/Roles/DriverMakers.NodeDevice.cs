using Microsoft.Extensions.Logging;
using Vireo.Drivers.NodeDevice;
using Vireo.Host.Processes;

namespace Vireo.Daemon.Roles;

/// <content>Devices of the host.</content>
static partial class DriverMakers
{
    internal static RunningDriver NodeDevice(DriverContext context)
    {
        var processes = new Lazy<ProcessHost>(NewProcesses);
        var driver = NodeDeviceDriver.Create(new NodeDeviceDriverOptions
        {
            Paths = context.Paths,
            Processes = processes,
            Time = context.Clock,
            Log = context.Logs.CreateLogger("Vireo.Drivers.NodeDevice"),
        });
        driver.Start();
        context.Objects.Add(driver.Capabilities);
        return new RunningDriver(driver, async () =>
        {
            await driver.DisposeAsync().ConfigureAwait(false);
            if (processes.IsValueCreated)
                processes.Value.Dispose();
        }, driver.ReloadAsync);
    }
}
