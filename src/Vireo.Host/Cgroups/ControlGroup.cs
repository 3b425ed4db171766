using System.Diagnostics.CodeAnalysis;

namespace Vireo.Host.Cgroups;

/// <summary>One group, as folders in some hierarchies of the host.</summary>
public sealed class ControlGroup
{
    readonly List<(CgroupHierarchy Hierarchy, string Folder)> places;

    internal ControlGroup(List<(CgroupHierarchy Hierarchy, string Folder)> places) => this.places = places;

    internal IReadOnlyList<(CgroupHierarchy Hierarchy, string Folder)> Places => places;

    /// <summary>Its folders.</summary>
    public IReadOnlyList<string> Folders => places.ConvertAll(static one => one.Folder);

    /// <summary>What it can limit or count.</summary>
    public CgroupControllers Controllers => places.Aggregate(CgroupControllers.None, static (all, one) => all | one.Hierarchy.Controllers);

    /// <summary>Where a controller's files are.</summary>
    /// <param name="controller">One controller.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="unified">The files are those of cgroup v2.</param>
    /// <returns>False: the host does not have it, or it is not for us.</returns>
    public bool Has(CgroupControllers controller, [NotNullWhen(true)] out string? folder, out bool unified)
    {
        foreach (var (hierarchy, at) in places)
        {
            if ((hierarchy.Controllers & controller) == 0)
                continue;
            (folder, unified) = (at, hierarchy.IsUnified);
            return true;
        }
        (folder, unified) = (null, false);
        return false;
    }

    /// <summary>Puts one thread of a process into the group.</summary>
    /// <returns>0, or the errno: ESRCH when the thread is gone.</returns>
    public int AddThread(int thread)
    {
        foreach (var (hierarchy, folder) in places)
            if (CgroupFiles.TryWrite(Path.Join(folder, hierarchy.IsUnified ? "cgroup.threads" : "tasks"), thread.ToString()) is not 0 and var errno)
                return errno;
        return 0;
    }

    /// <summary>Removes the group and those below it. One that still has processes stays.</summary>
    /// <returns>Whether it is gone.</returns>
    internal bool Remove()
    {
        places.RemoveAll(static one => RemoveTree(one.Folder));
        return places.Count == 0;
    }

    static bool RemoveTree(string folder)
    {
        if (LibC.rmdir(folder) == 0 || LibC.Errno == LibC.ENOENT)
            return true;
        if (!Directory.Exists(folder))
            return true;
        foreach (string inner in Directory.GetDirectories(folder))
            RemoveTree(inner);
        return LibC.rmdir(folder) == 0 || LibC.Errno == LibC.ENOENT;
    }
}
