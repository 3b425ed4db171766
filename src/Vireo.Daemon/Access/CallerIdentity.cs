using System.Globalization;
using Vireo.Daemon.Login;
using Vireo.Driver;
using Vireo.Host.Users;

namespace Vireo.Daemon.Access;

/// <summary>What policies may want to know of a caller beyond its socket's credentials.</summary>
static class CallerIdentity
{
    /// <summary>Adds names of user and groups, and when the process was started; what is known already stays.</summary>
    internal static Caller Complete(Caller caller)
    {
        if (caller.UserId is { } user)
        {
            caller = caller with { UserName = caller.UserName ?? HostUsers.NameOfUser(user) };
            if (caller.GroupId is { } group)
            {
                caller = caller with
                {
                    Groups = [.. caller.Groups.Union(HostUsers.GroupsOf(user, group).Select(static id =>
                        HostUsers.NameOfGroup(id) ?? id.ToString(CultureInfo.InvariantCulture)))],
                };
            }
        }
        return caller.ProcessId is { } pid && caller.ProcessStart is null ? caller with { ProcessStart = Polkit.ProcessStart(pid) } : caller;
    }
}
