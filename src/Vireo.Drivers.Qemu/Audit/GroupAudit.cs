using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Hypervisor.Audit;

namespace Vireo.Drivers.Qemu.Audit;

/// <summary>Tells the audit which devices of the host a guest may open.</summary>
static class GroupAudit
{
    /// <summary>Writes the records of rules that were put in force at once.</summary>
    internal static void Write(GuestAudit audit, string folder, IReadOnlyList<GuestNode> nodes, bool success)
    {
        if (!audit.IsOn)
            return;
        audit.DenyAll(folder, success);
        foreach (var (rule, path) in nodes)
        {
            string access = rule.MayWrite ? "rw" : "r";
            if (path is not null)
                audit.Node(folder, "allow", path, access, success);
            else
                audit.Driver(folder, rule.Major == GuestNodes.SoundCards ? "sound" : "pty", rule.Major, access, success);
        }
    }
}
