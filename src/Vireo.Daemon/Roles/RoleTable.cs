namespace Vireo.Daemon.Roles;

/// <summary>All roles of this program.</summary>
static class RoleTable
{
    /// <summary>Of who is not told another.</summary>
    internal static DaemonRole Default => WholeRoles.Libvirtd;

    internal static IReadOnlyList<DaemonRole> All { get; } = [.. WholeRoles.All, .. HypervisorRoles.All, .. ObjectRoles.All, .. ManagerRoles.All];

    /// <summary>The role of a name; null: nobody knows it.</summary>
    internal static DaemonRole? Find(string name) => All.FirstOrDefault(role => role.Name == name || role.Aliases.Contains(name));
}
