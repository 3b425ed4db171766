using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Start.Disks;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Host.Files;
using Vireo.Hypervisor.Security;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Security;

/// <summary>A file of the host that a guest uses.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">What it is to the guest.</param>
/// <param name="Labels">What the source itself says of its labels.</param>
/// <param name="Above">What the disk's own image says, for images below that say nothing.</param>
readonly record struct NamedFile(string Path, GuestFileKind Kind, IEnumerable<DeviceLabel>? Labels = null, IEnumerable<DeviceLabel>? Above = null);

/// <summary>A file that is a guest's while it runs.</summary>
/// <param name="Path">The file.</param>
/// <param name="Ids">Whose it is then.</param>
/// <param name="IsReturned">It goes back to its owner from before. What several guests may share stays as it is.</param>
readonly record struct GuestFile(string Path, Ids Ids, bool IsReturned);

/// <summary>Which files of the host a guest needs for itself: found in its live definition alone, so that any later daemon finds the same.</summary>
static class GuestFiles
{
    /// <summary>The files and whose they are, in the order of giving.</summary>
    internal static IReadOnlyList<GuestFile> Of(DomainDef live, Ids ids)
    {
        var files = new List<GuestFile>();
        foreach (NamedFile file in Named(live))
            if (Wanted(file, ids) is { } whose && !files.Exists(f => f.Path == file.Path))
                files.Add(new GuestFile(file.Path, whose, file.Kind is GuestFileKind.Own or GuestFileKind.Boot));
        return files;
    }

    /// <summary>The files, in the order of giving; one that several devices name is there for each.</summary>
    internal static IReadOnlyList<NamedFile> Named(DomainDef live)
    {
        var files = new List<NamedFile>();
        void Add(string? path, GuestFileKind kind, IEnumerable<DeviceLabel>? labels = null, IEnumerable<DeviceLabel>? above = null)
        {
            if (path is { Length: > 0 }) files.Add(new NamedFile(path, kind, labels, above));
        }

        foreach (Disk disk in live.Devices.Disks)
            AddDisk(disk, TransientDisks.IsOnTop(disk, live.Name), Add);
        foreach (Hostdev device in live.Devices.Hostdevs)
        {
            if (device.Source is HostdevSource.OfUsb { Missing: not true, Bus: not null } usb) Add(HostdevPlanner.NodeOf(usb), GuestFileKind.Own);
            else if (device.Source is HostdevSource.OfScsi lun) Add(HostScsi.FindNode(lun), SelinuxLabels.KindOf(device.ReadOnly, device.Shareable));
        }
        foreach (string node in LentDevices.Nodes(live))
            Add(node, GuestFileKind.Own);
        foreach (Input input in live.Devices.OfType<Input>())
            Add(input.Source?.Device ?? input.Source?.Evdev, GuestFileKind.Own);
        foreach (MemoryDevice module in live.Devices.Memories)
            Add(module.Source?.Path, GuestFileKind.Own);
        foreach (Tpm tpm in live.Devices.Tpms)
            if (tpm.Backend is TpmBackend.OfPassthrough { Path: var node }) Add(node ?? "/dev/tpm0", GuestFileKind.Own);
        foreach (CharDevice device in live.Devices.OfType<CharDevice>())
            AddCharacter(device.Source, Add);
        foreach (Smartcard card in live.Devices.Smartcards)
        {
            if (card.Mode is SmartcardMode.OfCertificates certificates) Add(certificates.Database, GuestFileKind.Boot);
            else if (card.Mode is SmartcardMode.OfPassthrough passed) AddCharacter(passed.Source, Add);
        }
        foreach (SysInfoEntry entry in live.SysInfo.OfType<SysInfo.OfFwCfg>().SelectMany(static info => info.Entries))
            Add(entry.File, GuestFileKind.Boot);
        Add(live.Os.Nvram?.Path, GuestFileKind.Own);
        Add(live.Devices.Pstore?.Path, GuestFileKind.Own);
        Add(live.Os.Kernel, GuestFileKind.Boot);
        Add(live.Os.Initrd, GuestFileKind.Boot);
        Add(live.Os.DeviceTree, GuestFileKind.Boot);
        foreach (AcpiTable table in live.Os.AcpiTables)
            Add(table.Path, GuestFileKind.Boot);
        return files;
    }

    /// <summary>The file of a disk's own image; null: it is none of this host's.</summary>
    internal static string? ImageOf(Disk disk) => PathOf(disk.Source);

    /// <summary>The files of the images below that.</summary>
    internal static IEnumerable<string> ImagesBelow(Disk disk) => SourcesBelow(disk).Select(PathOf).OfType<string>();

    static IEnumerable<DiskSource> SourcesBelow(Disk disk)
    {
        for (BackingStore? below = disk.BackingStore; below is { Source: { } source }; below = below.Next)
            yield return source;
    }

    delegate void Adding(string? path, GuestFileKind kind, IEnumerable<DeviceLabel>? labels = null, IEnumerable<DeviceLabel>? above = null);

    static void AddDisk(Disk disk, bool isOnTop, Adding add)
    {
        if (!BlockGraph.IsEmpty(disk.Source)) add(PathOf(disk.Source), SelinuxLabels.KindOf(disk.ReadOnly, disk.Shareable), disk.Source.SecurityLabels);
        // Before the images below: an active commit writes to one of them.
        if (disk.Mirror?.Source is { } copy) add(PathOf(copy), GuestFileKind.Own, copy.SecurityLabels);
        // Below the image that a run put on a transient disk's own is that, which was the guest's alone before.
        GuestFileKind kind = isOnTop ? GuestFileKind.Own : GuestFileKind.Backing;
        foreach (DiskSource source in SourcesBelow(disk))
        {
            add(PathOf(source), kind, source.SecurityLabels, disk.Source.SecurityLabels);
            kind = GuestFileKind.Backing;
        }
    }

    // Files that a device writes to are opened for it.
    static void AddCharacter(ChardevSource source, Adding add)
    {
        switch (source)
        {
            case ChardevSource.OfDevice node:
                add(node.Path, GuestFileKind.Own, node.SecurityLabels);
                break;
            case ChardevSource.OfPipe pipe when File.Exists(pipe.Path + ".in"):
                add(pipe.Path + ".in", GuestFileKind.Own, pipe.SecurityLabels);
                add(pipe.Path + ".out", GuestFileKind.Own, pipe.SecurityLabels);
                break;
            case ChardevSource.OfPipe pipe:
                add(pipe.Path, GuestFileKind.Own, pipe.SecurityLabels);
                break;
            case ChardevSource.OfUnix socket:
                add(socket.Path, GuestFileKind.Own, socket.SecurityLabels);
                break;
        }
    }

    static string? PathOf(DiskSource source) => source switch
    {
        DiskSource.OfFile { FdGroup: null } file => file.Path,
        DiskSource.OfBlock block => block.Path,
        _ => null,
    };

    // A label of the source itself, or for images below of the disk's own, goes before the guest's.
    static Ids? Wanted(NamedFile file, Ids ids) => (Decides(file.Labels) ?? Decides(file.Above)) switch
    {
        null => ids,
        { Relabel: false } or { LabelSkip: true } => null,
        { Label: { } label } => DacLabel.Resolve(label),
        _ => ids,
    };

    static DeviceLabel? Decides(IEnumerable<DeviceLabel>? labels) =>
        labels?.FirstOrDefault(static l => l.Model is null or DacLabel.Model) is { } mine && mine is not { Label: null, Relabel: not false, LabelSkip: not true } ? mine : null;
}
