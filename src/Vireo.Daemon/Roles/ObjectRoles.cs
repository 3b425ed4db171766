namespace Vireo.Daemon.Roles;

/// <summary>A daemon for each kind of thing that machines of several hypervisors share.</summary>
static class ObjectRoles
{
    internal static IReadOnlyList<DaemonRole> All { get; } =
    [
        new("virtnetworkd") { Drivers = [DriverMakers.Test] },
        new("virtstoraged") { Drivers = [DriverMakers.Test] },
        new("virtnodedevd") { Drivers = [DriverMakers.Test] },
        new("virtinterfaced") { Drivers = [DriverMakers.Test] },
        new("virtsecretd") { Drivers = [DriverMakers.Test] },
        new("virtnwfilterd") { HasSession = false, Drivers = [DriverMakers.Test] },
    ];
}
