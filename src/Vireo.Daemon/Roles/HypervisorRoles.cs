namespace Vireo.Daemon.Roles;

/// <summary>A daemon for each hypervisor. As in libvirt's, the test driver is in all of them: it is part of the library that they are made of.</summary>
static class HypervisorRoles
{
    internal static IReadOnlyList<DaemonRole> All { get; } =
    [
        new("virtqemud") { Drivers = [DriverMakers.Qemu, DriverMakers.Test] },
        new("virtxend") { HasSession = false, Drivers = [DriverMakers.Test] },
        new("virtlxcd") { HasSession = false, Drivers = [DriverMakers.Test] },
        new("virtvboxd") { Drivers = [DriverMakers.Test] },
        new("virtbhyved") { HasSession = false, Drivers = [DriverMakers.Test] },
        new("virtchd") { Drivers = [DriverMakers.Test] },
        new("virtvzd") { HasSession = false, Drivers = [DriverMakers.Test] },
    ];
}
