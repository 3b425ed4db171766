using Vireo.Drivers.Interface;

namespace Vireo.Daemon.Roles;

/// <content>Interfaces of the host.</content>
static partial class DriverMakers
{
    internal static RunningDriver Interface(DriverContext context)
    {
        var driver = InterfaceDriver.Create(new InterfaceDriverOptions { Paths = context.Paths });
        context.Objects.Add(driver.Capabilities);
        return new RunningDriver(driver);
    }
}
