using Microsoft.Extensions.Logging;
using Vireo.Driver.Contracts;
using Vireo.Drivers.NwFilter;
using Vireo.Host.Processes;

namespace Vireo.Daemon.Roles;

/// <content>Network filters.</content>
static partial class DriverMakers
{
    internal static RunningDriver NwFilter(DriverContext context)
    {
        ProcessHost processes = NewProcesses();
        var driver = NwFilterDriver.Create(new NwFilterDriverOptions
        {
            Paths = context.Paths,
            Processes = processes,
            Time = context.Clock,
            Log = context.Logs.CreateLogger("Vireo.Drivers.NwFilter"),
        });
        driver.Start();
        context.Objects.Add(driver.Capabilities);
        if (context.Paths.Privileged)
            context.Objects.Filters = new NetworkFiltersByCalls(async cancel =>
            {
                await driver.Settled.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return driver.OpenOwn();
            });
        return new RunningDriver(driver, async () =>
        {
            await driver.DisposeAsync().ConfigureAwait(false);
            processes.Dispose();
        }, driver.ReloadAsync);
    }

    /// <summary>Network filters that are in a daemon of their own; a user's guests have none.</summary>
    static NetworkFiltersByCalls? FiltersOf(DriverContext context) =>
        context.Paths.Privileged ? new(async cancel => await ForwarderOf(context).OpenFiltersAsync(cancel).ConfigureAwait(false)) : null;
}
