namespace Vireo.Daemon.Roles;

/// <summary>A daemon for each kind of thing that machines of several hypervisors share.</summary>
static class ObjectRoles
{
    internal static IReadOnlyList<DaemonRole> All { get; } =
    [
        new("virtnetworkd") { Drivers = [DriverMakers.Network, DriverMakers.Test, DriverMakers.Others] },
        new("virtstoraged") { Drivers = [DriverMakers.Storage, DriverMakers.Test, DriverMakers.Others] },
        new("virtnodedevd") { Drivers = [DriverMakers.NodeDevice, DriverMakers.Test, DriverMakers.Others] },
        new("virtinterfaced") { Drivers = [DriverMakers.Interface, DriverMakers.Test, DriverMakers.Others] },
        new("virtsecretd") { Drivers = [DriverMakers.Secret, DriverMakers.Test, DriverMakers.Others] },
        new("virtnwfilterd") { HasSession = false, Drivers = [DriverMakers.NwFilter, DriverMakers.Test, DriverMakers.Others] },
    ];
}
