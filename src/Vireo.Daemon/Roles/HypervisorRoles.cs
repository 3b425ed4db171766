namespace Vireo.Daemon.Roles;

/// <summary>A daemon for each hypervisor. As in libvirt, the test driver is in all of them: it is part of the library that they are made of.</summary>
static class HypervisorRoles
{
    internal static IReadOnlyList<DaemonRole> All { get; } =
    [
        new("virtqemud") { Drivers = [DriverMakers.Alone(DriverMakers.Qemu), DriverMakers.Test, DriverMakers.Others] },
        new("virtxend") { HasSession = false, Drivers = [DriverMakers.Test, DriverMakers.Others] },
        new("virtlxcd") { HasSession = false, Drivers = [DriverMakers.Test, DriverMakers.Others] },
        new("virtvboxd") { Drivers = [DriverMakers.Test, DriverMakers.Others] },
        new("virtbhyved") { HasSession = false, Drivers = [DriverMakers.Test, DriverMakers.Others] },
        new("virtchd") { Drivers = [DriverMakers.Test, DriverMakers.Others] },
        new("virtvzd") { HasSession = false, Drivers = [DriverMakers.Test, DriverMakers.Others] },
    ];
}
