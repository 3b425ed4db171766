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
    internal static IReadOnlyList<WantedLease> Of(DomainDef guest, LockdConfig config)
    {
        var wanted = new List<WantedLease>();
        bool unleased = false;
        foreach (Disk disk in guest.Devices.Disks)
        {
            if (disk.ReadOnly || PathOf(disk.Source) is not { } path)
                continue;
            LockFlags shared = disk.Shareable ? LockFlags.Shared : LockFlags.None;
            if (!config.AutoDiskLeases)
                unleased |= !disk.Shareable;
            else if (config.FileLockspace is { } folder && disk.Source is DiskSource.OfFile)
                wanted.Add(new(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path))), shared | LockFlags.AutoCreate));
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

    static string? PathOf(DiskSource? source) => source switch
    {
        DiskSource.OfFile file => file.Path,
        DiskSource.OfBlock block => block.Path,
        DiskSource.OfDirectory folder => folder.Path,
        _ => null,
    };
}
