namespace Vireo.Daemon.Roles;

/// <summary>Who serves at the sockets that every client knows: libvirtd, which has all drivers, or virtproxyd, which asks the daemons that have them.</summary>
static class WholeRoles
{
    internal static DaemonRole Libvirtd { get; } = new("libvirtd")
    {
        SocketName = "libvirt",
        Remote = RemoteSockets.WithListen,
        Drivers = [DriverMakers.Interface, DriverMakers.Network, DriverMakers.NodeDevice, DriverMakers.NwFilter, DriverMakers.Secret, DriverMakers.Storage, DriverMakers.Qemu, DriverMakers.Test],
    };

    static readonly DaemonRole proxy = new("virtproxyd")
    {
        SocketName = "libvirt",
        Remote = RemoteSockets.AsConfigured,
        IsProxy = true,
        Drivers = [DriverMakers.Test, DriverMakers.Everything],
    };

    internal static IReadOnlyList<DaemonRole> All { get; } = [Libvirtd, proxy];
}
