using Vireo.Core.Config;
using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Settings;

/// <summary>qemu-lockd.conf: what is leased while a guest runs.</summary>
public sealed record LockdConfig
{
    /// <summary>What qemu.conf calls this lock manager.</summary>
    public const string Name = "lockd";

    /// <summary>Disks are leased without being asked (auto_disk_leases).</summary>
    public bool AutoDiskLeases { get; init; } = true;

    /// <summary>A guest whose disks are not leased does not start (require_lease_for_disks).</summary>
    public bool RequireLeaseForDisks { get; init; }

    /// <summary>Leases of files are taken in this folder, by their paths' digests (file_lockspace_dir); null: on the files.</summary>
    public string? FileLockspace { get; init; }

    /// <summary>Reads the file of a daemon; one that is not there sets nothing.</summary>
    /// <exception cref="VireoException">All mistakes that are in it, with their lines.</exception>
    public static LockdConfig Load(string path) => From(File.Exists(path) ? ConfFile.Load(path) : ConfFile.Empty(path));

    /// <summary>The settings of a file.</summary>
    /// <exception cref="VireoException">All mistakes that are in it, with their lines.</exception>
    public static LockdConfig From(ConfFile file)
    {
        var conf = new ConfReader(file);
        bool automatic = conf.Bool("auto_disk_leases", true);
        var config = new LockdConfig
        {
            AutoDiskLeases = automatic,
            RequireLeaseForDisks = conf.Bool("require_lease_for_disks", !automatic),
            FileLockspace = conf.String("file_lockspace_dir"),
        };
        // Other hosts, which know a volume by another path, would not see a lease that is taken on the path.
        foreach (string key in new[] { "lvm_lockspace_dir", "scsi_lockspace_dir" })
            if (conf.String(key) is not null)
                conf.Mistake(key, "leases by the ids of volumes and of SCSI units are not there");
        conf.ThrowIfWrong();
        return config;
    }
}
