namespace Vireo.Host.Cgroups;

/// <summary>Where in each hierarchy a machine's group is.</summary>
public sealed class MachinePlace
{
    readonly string legacy, unified;

    MachinePlace(string partition, string legacy, string unified, string? machine) =>
        (Partition, this.legacy, this.unified, Machine) = (partition, legacy, unified, machine);

    /// <summary>As the machine's definition has it: "/machine".</summary>
    public string Partition { get; }

    /// <summary>The name of the machine in systemd's register; null: the group is the daemon's own.</summary>
    public string? Machine { get; }

    /// <summary>The unit of systemd that the group belongs to; null: none.</summary>
    public string? Unit => Machine is { } known ? ScopeNames.ScopeOf(known) : null;

    /// <summary>A folder in the partition's.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="name">From <see cref="MachineCgroup.NameOf"/>.</param>
    public static MachinePlace InPartition(string partition, string name)
    {
        string path = $"{CgroupPartition.PathOf(partition)}/{name}";
        return new(partition, path, path, null);
    }

    /// <summary>A scope of systemd's. In v2 the scope is systemd's to set, and the machine has a folder in it.</summary>
    /// <param name="partition">The partition, whose slice the scope is in.</param>
    /// <param name="machine">From <see cref="MachineCgroup.MachineName"/>.</param>
    public static MachinePlace InScope(string partition, string machine)
    {
        string path = $"{ScopeNames.FolderOf(partition)}/{ScopeNames.ScopeOf(machine)}";
        return new(partition, path, path + "/libvirt", machine);
    }

    /// <summary>The folder, below the hierarchy's mount point.</summary>
    internal string In(CgroupHierarchy hierarchy) => hierarchy.IsUnified ? unified : legacy;
}
