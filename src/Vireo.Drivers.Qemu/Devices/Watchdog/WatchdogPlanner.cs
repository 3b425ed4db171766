using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>A watchdog card; its action is the machine's (<see cref="ActionOf"/>).</summary>
sealed class WatchdogPlanner : IDevicePlanner<Watchdog>
{
    public DevicePlan Plan(Watchdog watchdog, PlanContext at)
    {
        string? driver = watchdog.Model switch
        {
            WatchdogModel.I6300Esb => "i6300esb",
            WatchdogModel.Ib700 => "ib700",
            WatchdogModel.Diag288 => "diag288",
            _ => null,
        };
        return driver is null
            ? DevicePlan.Nothing
            : new DevicePlan { Frontends = [new QemuDevice(driver) { { "id", watchdog.Alias }, at.Address(watchdog) }] };
    }

    /// <summary>QEMU's word; a dump is made by the driver while QEMU pauses.</summary>
    public static string ActionOf(WatchdogAction? action) => action switch
    {
        WatchdogAction.Shutdown => "shutdown",
        WatchdogAction.Poweroff => "poweroff",
        WatchdogAction.Pause or WatchdogAction.Dump => "pause",
        WatchdogAction.None => "none",
        WatchdogAction.InjectNmi => "inject-nmi",
        _ => "reset",
    };
}
