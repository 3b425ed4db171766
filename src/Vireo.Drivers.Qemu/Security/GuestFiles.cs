using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Start.Disks;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Host.Files;
using Vireo.Hypervisor.Security;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Security;

/// <summary>A file that is a guest's while it runs.</summary>
/// <param name="Path">The file.</param>
/// <param name="Ids">Whose it is then.</param>
/// <param name="IsReturned">It goes back to its owner from before. What several guests may share stays as it is.</param>
readonly record struct GuestFile(string Path, Ids Ids, bool IsReturned);

/// <summary>Which files of the host a guest needs for itself: found in its live definition alone, so that any later daemon finds the same.</summary>
static class GuestFiles
{
    /// <summary>The files, in the order of giving.</summary>
    internal static IReadOnlyList<GuestFile> Of(DomainDef live, Ids ids)
    {
        var files = new List<GuestFile>();
        void Add(string? path, bool returned = true, IEnumerable<DeviceLabel>? labels = null)
        {
            if (path is { Length: > 0 } && Wanted(labels, ids) is { } whose && !files.Exists(f => f.Path == path))
                files.Add(new GuestFile(path, whose, returned));
        }

        foreach (Disk disk in live.Devices.Disks)
        {
            if (!BlockGraph.IsEmpty(disk.Source)) Add(PathOf(disk.Source), !disk.ReadOnly && !disk.Shareable, disk.Source.SecurityLabels);
            // Below the image that a run put on a transient disk's own is that, which was the guest's alone before.
            bool own = TransientDisks.IsOnTop(disk, live.Name);
            for (BackingStore? below = disk.BackingStore; below is { Source: { } source }; below = below.Next, own = false)
                Add(PathOf(source), returned: own, source.SecurityLabels);
            if (disk.Mirror?.Source is { } copy) Add(PathOf(copy), labels: copy.SecurityLabels);
        }
        foreach (Hostdev device in live.Devices.Hostdevs)
            if (device.Source is HostdevSource.OfUsb { Missing: not true, Bus: not null } usb) Add(HostdevPlanner.NodeOf(usb));
        foreach (string node in LentDevices.Nodes(live))
            Add(node);
        foreach (MemoryDevice module in live.Devices.Memories)
            Add(module.Source?.Path);
        foreach (Tpm tpm in live.Devices.Tpms)
            if (tpm.Backend is TpmBackend.OfPassthrough { Path: var node }) Add(node ?? "/dev/tpm0");
        Add(live.Os.Nvram?.Path);
        Add(live.Os.Kernel);
        Add(live.Os.Initrd);
        Add(live.Os.DeviceTree);
        foreach (CharDevice device in live.Devices.OfType<CharDevice>())
        {
            switch (device.Source)
            {
                case ChardevSource.OfDevice node: Add(node.Path, labels: node.SecurityLabels); break;
                case ChardevSource.OfPipe pipe:
                    if (File.Exists(pipe.Path + ".in"))
                    {
                        Add(pipe.Path + ".in", labels: pipe.SecurityLabels);
                        Add(pipe.Path + ".out", labels: pipe.SecurityLabels);
                    }
                    else
                        Add(pipe.Path, labels: pipe.SecurityLabels);
                    break;
                case ChardevSource.OfUnix socket: Add(socket.Path, labels: socket.SecurityLabels); break;
            }
        }
        return files;
    }

    static string? PathOf(DiskSource source) => source switch
    {
        DiskSource.OfFile { FdGroup: null } file => file.Path,
        DiskSource.OfBlock block => block.Path,
        _ => null,
    };

    // A label of the source itself goes before the guest's.
    static Ids? Wanted(IEnumerable<DeviceLabel>? labels, Ids ids) =>
        labels?.FirstOrDefault(static l => l.Model is null or DacLabel.Model) switch
        {
            null => ids,
            { Relabel: false } or { LabelSkip: true } => null,
            { Label: { } label } => DacLabel.Resolve(label),
            _ => ids,
        };
}
