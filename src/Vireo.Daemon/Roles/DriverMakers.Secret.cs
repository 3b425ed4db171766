using Microsoft.Extensions.Logging;
using Vireo.Drivers.Secret;

namespace Vireo.Daemon.Roles;

/// <content>Secrets.</content>
static partial class DriverMakers
{
    internal static RunningDriver Secret(DriverContext context)
    {
        var driver = SecretDriver.Create(new SecretDriverOptions { Paths = context.Paths, Log = context.Logs.CreateLogger("Vireo.Drivers.Secret") });
        driver.Start();
        context.Objects.Add(driver.Capabilities);
        context.Objects.Secrets = driver.Values;
        return new RunningDriver(driver, () =>
        {
            driver.Stop();
            return Task.CompletedTask;
        }, driver.ReloadAsync);
    }
}
