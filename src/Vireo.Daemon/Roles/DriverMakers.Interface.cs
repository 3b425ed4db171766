using Vireo.Drivers.Interface;
using Vireo.Host.Processes;

namespace Vireo.Daemon.Roles;

/// <content>Interfaces of the host.</content>
static partial class DriverMakers
{
    internal static RunningDriver Interface(DriverContext context)
    {
        ProcessHost processes = NewProcesses();
        var driver = InterfaceDriver.Create(new InterfaceDriverOptions { Paths = context.Paths, Processes = processes });
        context.Objects.Add(driver.Capabilities);
        return new RunningDriver(driver, () =>
        {
            processes.Dispose();
            return Task.CompletedTask;
        });
    }
}
