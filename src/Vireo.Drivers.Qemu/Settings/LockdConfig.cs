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

    /// <summary>Leases of LVM's volumes are taken in this folder, by their uuids (lvm_lockspace_dir); null: as of any other disk.</summary>
    public string? LvmLockspace { get; init; }

    /// <summary>Leases of SCSI units are taken in this folder, by their ids (scsi_lockspace_dir); null: as of any other disk.</summary>
    public string? ScsiLockspace { get; init; }

    /// <summary>Leases of other disks are taken in this folder, by their paths' digests (file_lockspace_dir); null: on the disks.</summary>
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
            LvmLockspace = conf.String("lvm_lockspace_dir"),
            ScsiLockspace = conf.String("scsi_lockspace_dir"),
            FileLockspace = conf.String("file_lockspace_dir"),
        };
        conf.ThrowIfWrong();
        return config;
    }
}
