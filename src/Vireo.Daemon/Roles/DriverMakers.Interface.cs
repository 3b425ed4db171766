using Vireo.Drivers.Interface;
using Vireo.Host.Processes;

namespace Vireo.Daemon.Roles;

/// <content>Interfaces of the host.</content>
static partial class DriverMakers
{
    internal static RunningDriver Interface(DriverContext context)
    {
        var processes = new ProcessHost(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));
        var driver = InterfaceDriver.Create(new InterfaceDriverOptions { Paths = context.Paths, Processes = processes });
        context.Objects.Add(driver.Capabilities);
        return new RunningDriver(driver, () =>
        {
            processes.Dispose();
            return Task.CompletedTask;
        });
    }
}
