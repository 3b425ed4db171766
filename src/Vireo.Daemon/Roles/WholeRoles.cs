namespace Vireo.Daemon.Roles;

/// <summary>Who serves at the sockets that every client knows: libvirtd, which has all drivers.</summary>
static class WholeRoles
{
    internal static DaemonRole Libvirtd { get; } = new("libvirtd")
    {
        SocketName = "libvirt",
        Remote = RemoteSockets.WithListen,
        Drivers = [DriverMakers.Qemu, DriverMakers.Test],
    };

    internal static IReadOnlyList<DaemonRole> All { get; } = [Libvirtd];
}
