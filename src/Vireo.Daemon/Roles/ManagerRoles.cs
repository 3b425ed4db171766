using Vireo.Daemon.Managers;

namespace Vireo.Daemon.Roles;

/// <summary>Processes that keep what must outlive the daemons of hypervisors: guests' logs, and leases of their disks.</summary>
static class ManagerRoles
{
    internal static DaemonRole Log { get; } = new("virtlogd")
    {
        Aliases = ["log"],
        HasReadOnlySocket = false,
        ReadConfig = ManagerSettings.Read,
        Build = LogService.Build,
    };

    internal static DaemonRole Lock { get; } = new("virtlockd")
    {
        Aliases = ["lock"],
        HasReadOnlySocket = false,
        ReadConfig = ManagerSettings.Read,
        Build = LockService.Build,
    };

    internal static IReadOnlyList<DaemonRole> All { get; } = [Log, Lock];
}
