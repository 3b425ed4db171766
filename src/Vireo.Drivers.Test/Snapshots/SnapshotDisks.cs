using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Test.Domains;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.Snapshots;

/// <summary>The disks of a snapshot, held against those of its domain.</summary>
static class SnapshotDisks
{
    /// <summary>Every disk of the domain with its part: as it is listed, else as is usual.</summary>
    /// <param name="snapshot">What was listed.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="usual">Where disks are kept.</param>
    /// <param name="mustMatch">No disk may be kept elsewhere.</param>
    public static ValueList<SnapshotDisk> Align(SnapshotDef snapshot, DomainDef domain, SnapshotLocation usual, bool mustMatch)
    {
        ValueList<Disk> disks = domain.Devices.Disks;
        if (snapshot.Disks.Count > disks.Count)
            throw Unsupported("too many disk snapshot requests for domain");
        var parts = new SnapshotDisk?[disks.Count];
        foreach (SnapshotDisk listed in snapshot.Disks)
        {
            Disk disk = DomainDevicesByName.FindDisk(domain.Devices, listed.Name) ?? throw Unsupported($"no disk named '{listed.Name}'");
            int at = IndexOf(disks, disk);
            if (parts[at] is not null)
                throw Unsupported($"disk '{disk.Target.Device}' specified twice");
            SnapshotLocation location = listed.Location ?? usual;
            if (mustMatch && location != usual)
                throw Unsupported($"disk '{disk.Target.Device}' must use snapshot mode '{usual.ToXml()}'");
            if (listed.Image is { } file && location is not SnapshotLocation.External)
                throw Unsupported($"file '{file}' for disk '{disk.Target.Device}' requires use of external snapshot mode");
            parts[at] = listed with { Name = disk.Target.Device, Location = location };
        }
        for (int at = 0; at < parts.Length; at++)
        {
            bool empty = string.IsNullOrEmpty(DomainDevicesByName.PathOf(disks[at]));
            parts[at] ??= new SnapshotDisk { Name = disks[at].Target.Device, Location = empty ? SnapshotLocation.No : usual };
        }
        return parts.Select((part, at) => part!.Location is SnapshotLocation.External && part.Image is null ? Named(part, disks[at], snapshot.Name!) : part).ToValueList();
    }

    static int IndexOf(ValueList<Disk> disks, Disk disk)
    {
        for (int at = 0; at < disks.Count; at++)
            if (ReferenceEquals(disks[at], disk))
                return at;
        return -1;
    }

    /// <summary>The image that the machine goes on with is called as the old one, with the snapshot's name for its suffix.</summary>
    static SnapshotDisk Named(SnapshotDisk part, Disk disk, string snapshot)
    {
        if (disk.Source is not DiskSource.OfFile { Path: { } path } || !IsRegular(path))
            throw Unsupported($"source for disk '{disk.Target.Device}' is not a regular file; refusing to generate external snapshot name");
        string folder = path[..(path.LastIndexOf('/') + 1)], name = path[folder.Length..];
        int dot = name.LastIndexOf('.');
        return part with { Source = new DiskSource.OfFile { Path = $"{folder}{(dot < 0 ? name : name[..dot])}.{snapshot}" } };
    }

    static bool IsRegular(string path) => File.Exists(path) && (File.GetAttributes(path) & FileAttributes.Device) is 0;

    static VireoException Unsupported(string text) => new(ErrorCode.ConfigUnsupported, ErrorDomain.DomainSnapshot, text);
}
