using System.Collections.Immutable;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain.Devices;
using FileSystemInfo = Vireo.Driver.FileSystemInfo;

namespace Vireo.Drivers.Test.Guests;

/// <summary>The guest's file systems: <c>/</c> and <c>/boot</c>, on its first disk.</summary>
sealed class GuestFileSystems(TestHost host) : DomainWork(host), IDomainFileSystems, IDomainFileSystemFreeze, IDomainFileSystemTrim
{
    public ValueTask<FileSystemInfo[]> GetFileSystemsAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetFSInfo");
        Disk? disk = SeeRunning(domain).Def.Devices.Disks.FirstOrDefault(disk => disk.Kind is null or DiskKind.Disk);
        if (disk is null)
            return new([]);
        string target = disk.Target.Device;
        return new([.. GuestView.MountPoints.Select((mountPoint, at) => new FileSystemInfo(mountPoint, $"{target}{at + 1}", "ext4", [target]))]);
    }

    public ValueTask<int> FreezeFileSystemsAsync(DomainRef domain, string[] mountPoints, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainFSFreeze");
        return Toggle(domain, mountPoints, frozen: true);
    }

    public ValueTask<int> ThawFileSystemsAsync(DomainRef domain, string[] mountPoints, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainFSThaw");
        return Toggle(domain, mountPoints, frozen: false);
    }

    /// <summary>The answer is how many were not as wanted before.</summary>
    ValueTask<int> Toggle(DomainRef domain, string[] mountPoints, bool frozen)
    {
        int changed = 0;
        lock (Host.Gate)
        {
            TestDomain found = Host.GetRunning(domain);
            GuestView guest = found.Now.Guest;
            ImmutableHashSet<string> now = guest.Frozen;
            foreach (string mountPoint in mountPoints.Length is 0 ? [.. GuestView.MountPoints] : mountPoints)
            {
                Check(mountPoint);
                if (now.Contains(mountPoint) == frozen)
                    continue;
                now = frozen ? now.Add(mountPoint) : now.Remove(mountPoint);
                changed++;
            }
            found.Become(found.Now with { Guest = guest with { Frozen = now } });
        }
        return new(changed);
    }

    public ValueTask TrimFileSystemsAsync(DomainRef domain, string? mountPoint, ulong minimum, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainFSTrim");
        SeeRunning(domain);
        if (mountPoint is not null)
            Check(mountPoint);
        return default;
    }

    static void Check(string mountPoint)
    {
        if (!GuestView.MountPoints.Contains(mountPoint))
            throw VireoException.OperationInvalid(ErrorDomain.Test, $"mount point not found: {mountPoint}");
    }
}
