using System.Security.Cryptography;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Leases;

/// <summary>A lease: the folder (empty: none), the resource in it, and how it is taken.</summary>
readonly record struct WantedLease(string Folder, string Name, LockFlags Flags);

/// <summary>What a guest has to hold while it runs.</summary>
static class LeaseList
{
    /// <summary>The leases of a guest: those that it writes, and, unless qemu-lockd.conf says otherwise, its disks.</summary>
    /// <exception cref="VireoException">Its disks are not leased, which they have to be, or a lease cannot be taken here.</exception>
    internal static async ValueTask<IReadOnlyList<WantedLease>> OfAsync(DomainDef guest, LockdConfig config, DiskIds ids, CancellationToken cancel)
    {
        var wanted = new List<WantedLease>();
        bool unleased = false;
        foreach (Disk disk in guest.Devices.Disks.AsEnumerable())
        {
            if (disk.ReadOnly || PathOf(disk.Source) is not { } path)
                continue;
            LockFlags shared = disk.Shareable ? LockFlags.Shared : LockFlags.None;
            if (!config.AutoDiskLeases)
                unleased |= !disk.Shareable;
            else if (await FindAsync(path, config, ids, cancel).ConfigureAwait(false) is var (folder, name))
                wanted.Add(new(folder, name, shared | LockFlags.AutoCreate));
            else
                wanted.Add(new("", path, shared));
        }
        foreach (Lease lease in guest.Devices.Leases)
        {
            if (lease.Offset is > 0)
                throw VireoException.Internal(ErrorDomain.Locking, "Offset must be zero for this lock manager");
            wanted.Add(new($"{lease.Path}/{lease.Lockspace}", lease.Key, LockFlags.None));
        }
        return wanted.Count == 0 && unleased && config.RequireLeaseForDisks
            ? throw QemuErrors.Unsupported("Read/write, exclusive access, disks were present, but no leases specified")
            : wanted;
    }

    // The first that the disk has a name for.
    static async ValueTask<(string Folder, string Name)?> FindAsync(string path, LockdConfig config, DiskIds ids, CancellationToken cancel)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            if (config.LvmLockspace is { } volumes && await ids.VolumeAsync(path, cancel).ConfigureAwait(false) is { } volume)
                return (volumes, volume);
            if (config.ScsiLockspace is { } units && await ids.UnitAsync(path, cancel).ConfigureAwait(false) is { } unit)
                return (units, unit);
        }
        return config.FileLockspace is { } folder ? (folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))) : null;
    }

    static string? PathOf(DiskSource? source) => source switch
    {
        DiskSource.OfFile file => file.Path,
        DiskSource.OfBlock block => block.Path,
        DiskSource.OfDirectory folder => folder.Path,
        _ => null,
    };
}
