namespace Vireo.Host.Cgroups;

/// <summary>
/// Partitions: groups that machines are in, as an administrator divides the host. In the file system each part of their path carries a suffix, so that
/// they are told from machines (libvirt's documentation of control groups has the rule).
/// </summary>
public static class CgroupPartition
{
    /// <summary>What a machine is in unless its definition says otherwise.</summary>
    public const string Default = "/machine";

    /// <summary>The one that is made where it is missing.</summary>
    public static bool IsDefault(string partition) => partition.Trim('/') == "machine";

    /// <summary>The folder of a partition, below a hierarchy's mount point: "/a/b.slice" is "a.partition/b.slice".</summary>
    public static string PathOf(string partition)
    {
        string[] parts = partition.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["machine" or "user" or "system"])
            return parts[0];
        return string.Join('/', parts.Select((part, i) => (i == 0 && part is "machine" or "user" or "system") || part.Contains('.') ? Escape(part) : Escape(part + ".partition")));
    }

    // A part that would read as one of the kernel's files gets an underscore before it.
    static string Escape(string part) =>
        part[0] is '_' or '.' || part is "notify_on_release" or "release_agent" or "tasks" || part.StartsWith("cgroup.", StringComparison.Ordinal)
            || CgroupControllerNames.All.Any(one => part.StartsWith(one.Name + ".", StringComparison.Ordinal)) ? "_" + part : part;
}
