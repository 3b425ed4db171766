using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Capabilities;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>The disks of a snapshot, held against those of its machine.</summary>
static class SnapshotDisks
{
    /// <summary>Every disk of the machine with its part: as it is listed, else as the disk says, else as is usual.</summary>
    internal static ValueList<SnapshotDisk> Align(SnapshotDef snapshot, DomainDef machine, SnapshotLocation usual, bool mustMatch)
    {
        Disk[] disks = [.. machine.Devices.Disks];
        if (snapshot.Disks.Count > disks.Length)
            throw SnapshotErrors.Config("too many disk snapshot requests for domain");
        var parts = new SnapshotDisk?[disks.Length];
        foreach (SnapshotDisk listed in snapshot.Disks)
        {
            int at = Array.FindIndex(disks, d => d.Target.Device == listed.Name || DomainBlocks.PathOf(d) is { Length: > 0 } path && path == listed.Name);
            if (at < 0)
                throw SnapshotErrors.Config($"no disk named '{listed.Name}'");
            string target = disks[at].Target.Device;
            if (parts[at] is not null)
                throw SnapshotErrors.Config($"disk '{target}' specified twice");
            SnapshotLocation location = listed.Location ?? Own(disks[at]) ?? usual;
            if (mustMatch && location != usual && location is not SnapshotLocation.No)
                throw SnapshotErrors.Config($"disk '{target}' must use snapshot mode '{usual.ToXml()}'");
            if (listed.Image is { } file && location is not SnapshotLocation.External)
                throw SnapshotErrors.Config($"file '{file}' for disk '{target}' requires use of external snapshot mode");
            parts[at] = listed with { Name = target, Location = location };
        }
        for (int at = 0; at < parts.Length; at++)
            parts[at] ??= new SnapshotDisk { Name = disks[at].Target.Device, Location = BlockGraph.IsEmpty(disks[at].Source) ? SnapshotLocation.No : Own(disks[at]) ?? (disks[at].ReadOnly ? SnapshotLocation.No : usual) };
        return parts.Select((part, at) => part!.Location is SnapshotLocation.External ? Named(part, disks[at], snapshot.Name!) : part!).ToValueList();
    }

    static SnapshotLocation? Own(Disk disk) => disk.Snapshot switch
    {
        DiskSnapshot.No => SnapshotLocation.No,
        DiskSnapshot.Internal => SnapshotLocation.Internal,
        DiskSnapshot.External => SnapshotLocation.External,
        DiskSnapshot.Manual => SnapshotLocation.Manual,
        _ => null,
    };

    // The image that the machine goes on with is called as the old one, with the snapshot's name for its suffix.
    static SnapshotDisk Named(SnapshotDisk part, Disk disk, string snapshot)
    {
        if (part.Image is not null)
            return part with { Format = part.Format ?? StorageFormat.Qcow2 };
        if (disk.Source is not DiskSource.OfFile { Path: { } path } || !File.Exists(path) || File.GetAttributes(path).HasFlag(FileAttributes.Device))
            throw SnapshotErrors.Config($"source for disk '{disk.Target.Device}' is not a regular file; refusing to generate external snapshot name");
        string folder = path[..(path.LastIndexOf('/') + 1)], name = path[folder.Length..];
        int dot = name.LastIndexOf('.');
        return part with { Format = part.Format ?? StorageFormat.Qcow2, Source = new DiskSource.OfFile { Path = $"{folder}{(dot < 0 ? name : name[..dot])}.{snapshot}" } };
    }

    /// <summary>Whether the machine can be kept so.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED, or VIR_ERR_SYSTEM_ERROR for an image that is not there.</exception>
    internal static void Check(SnapshotDef snapshot, DomainDef machine, bool active, bool diskOnly, bool reuse)
    {
        bool @internal = false, external = false;
        foreach (SnapshotDisk part in snapshot.Disks)
        {
            Disk disk = machine.Devices.Disks.First(d => d.Target.Device == part.Name);
            switch (part.Location)
            {
                case SnapshotLocation.Internal:
                    if (active && diskOnly)
                        throw SnapshotErrors.Config($"active qemu domains require external disk snapshots; disk {part.Name} requested internal");
                    if (disk.Driver?.Type is not StorageFormat.Qcow2)
                        throw SnapshotErrors.Config($"internal snapshot for disk {part.Name} unsupported for storage type {(disk.Driver?.Type ?? StorageFormat.Raw).ToXml()}");
                    @internal = true;
                    break;
                case SnapshotLocation.External:
                    CheckExternal(part, reuse);
                    external = true;
                    break;
                case SnapshotLocation.Manual:
                    throw SnapshotErrors.Config($"unsupported disk snapshot type 'manual' for disk {part.Name}");
            }
        }
        if (!@internal && !external && snapshot.Memory?.Location is null or SnapshotLocation.No && !@internal && !external)
            throw SnapshotErrors.Config("nothing selected for snapshot");
        if (@internal && (external || snapshot.Memory?.Location is SnapshotLocation.External) || external && snapshot.Memory?.Location is SnapshotLocation.Internal)
            throw SnapshotErrors.Config("mixing internal and external targets for a snapshot is not yet supported");
    }

    static void CheckExternal(SnapshotDisk part, bool reuse)
    {
        if (part.Format is not (StorageFormat.Qcow2 or StorageFormat.Qed))
            throw SnapshotErrors.Config($"external snapshot format for disk {part.Name} is unsupported: {part.Format?.ToXml()}");
        if (part.Image is not { } file || part.Source is DiskSource.OfNetwork)
            return;
        bool there = File.Exists(file);
        if (!there && (reuse || part.Source is DiskSource.OfBlock))
            throw VireoException.System(ErrorDomain.Qemu, 2, $"missing existing file for disk {part.Name}: {file}");
        if (there && !reuse && part.Source is DiskSource.OfFile && new FileInfo(file).Length > 0)
            throw SnapshotErrors.Config($"external snapshot file for disk {part.Name} already exists and is not a block device: {file}");
    }
}
