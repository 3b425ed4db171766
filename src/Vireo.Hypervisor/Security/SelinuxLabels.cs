using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Hypervisor.Security;

/// <summary>The contexts that a host's SELinux policy has for guests' files.</summary>
/// <param name="Image">Of images that guests share: the first line of the policy's <c>virtual_image_context</c>.</param>
/// <param name="Content">Of what guests only read: its second line.</param>
public sealed record SelinuxContexts(string Image, string Content)
{
    /// <summary>Reads the policy's file; without a second line what is only read is labelled as images are.</summary>
    public static SelinuxContexts Parse(string virtualImageContext)
    {
        string[] lines = virtualImageContext.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? throw Core.Errors.VireoException.Internal(Core.Errors.ErrorDomain.Security, "the SELinux policy names no context for images")
            : new(lines[0], lines.Length > 1 ? lines[1] : lines[0]);
    }
}

/// <summary>A file of a guest and its label; null: it keeps the one that it has.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">Its label while the guest runs.</param>
/// <param name="IsReturned">It gets its label from before when the guest is gone. What others may use as well stays as it is.</param>
public readonly record struct FileLabel(string Path, string? Label, bool IsReturned);

/// <summary>What a file is to a guest.</summary>
public enum GuestFileKind
{
    /// <summary>The guest's alone: its images, character devices, device nodes, memory, NVRAM.</summary>
    Own,
    /// <summary>An image that guests share, whether they write to it or not.</summary>
    Shared,
    /// <summary>An image that is only read.</summary>
    ReadOnly,
    /// <summary>An image below another one.</summary>
    Backing,
    /// <summary>What a guest starts from: kernel, initial RAM disk, device tree, ACPI table, files of the firmware's configuration.</summary>
    Boot,
}

/// <summary>
/// Labels of libvirt's security model "selinux" for the files that a guest uses: its own get the guest's label, shared ones a label without
/// categories, what is only read the policy's label for content; a source's own <c>seclabel</c> overrules them.
/// </summary>
public static class SelinuxLabels
{
    /// <summary>The model's name.</summary>
    public const string Model = "selinux";

    /// <summary>What an image is to its guest.</summary>
    public static GuestFileKind KindOf(bool isReadOnly, bool isShared) =>
        isShared ? GuestFileKind.Shared : isReadOnly ? GuestFileKind.ReadOnly : GuestFileKind.Own;

    /// <summary>The label of one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it is to the guest.</param>
    /// <param name="guest">The guest's label, completed; null: it has none of this model, and no file changes.</param>
    /// <param name="contexts">The policy's.</param>
    /// <param name="written">The labels of the source itself.</param>
    /// <param name="above">Those of the disk's own image, which hold for the images below it that say nothing.</param>
    public static FileLabel For(
        string path, GuestFileKind kind, SecurityLabel? guest, SelinuxContexts contexts, IEnumerable<DeviceLabel>? written = null, IEnumerable<DeviceLabel>? above = null)
    {
        bool returned = kind is GuestFileKind.Own or GuestFileKind.Boot;
        if (guest is null or { Type: SecurityLabelType.None } or { Relabel: false })
            return new FileLabel(path, null, returned);
        string? usual = kind switch
        {
            GuestFileKind.Own => guest.ImageLabel,
            GuestFileKind.Shared => contexts.Image,
            _ => contexts.Content,
        };
        return new FileLabel(path, (Decides(written) ?? Decides(above)) switch
        {
            null => usual,
            { Relabel: false } or { LabelSkip: true } => null,
            { Label: var label } => label,
        }, returned);
    }

    /// <summary>The files of disks, serial and other character devices, kernel and initial RAM disk. Folders that are disks keep their labels.</summary>
    /// <param name="domain">With the guest's own label chosen.</param>
    /// <param name="contexts">The policy's.</param>
    /// <param name="exists">Whether a socket's path is there: one that QEMU makes itself is born with the right label.</param>
    public static IReadOnlyList<FileLabel> Of(DomainDef domain, SelinuxContexts contexts, Func<string, bool> exists)
    {
        SecurityLabel? guest = domain.SecurityLabels.FirstOrDefault(static l => l.Model is Model);
        if (guest is null or { Relabel: false } or { Type: SecurityLabelType.None })
            return [];
        var all = new List<FileLabel>();
        void Add(string? path, GuestFileKind kind, IEnumerable<DeviceLabel>? written = null)
        {
            if (path is not null)
                all.Add(For(path, kind, guest, contexts, written));
        }

        foreach (Disk disk in domain.Devices.OfType<Disk>())
            Add(disk.Source switch { DiskSource.OfFile file => file.Path, DiskSource.OfBlock block => block.Path, _ => null },
                KindOf(disk.ReadOnly, disk.Shareable), disk.Source.SecurityLabels);
        foreach (CharDevice device in domain.Devices.OfType<CharDevice>())
        {
            switch (device.Source)
            {
                case ChardevSource.OfFile file:
                    Add(file.Path, GuestFileKind.Own, file.SecurityLabels);
                    break;
                case ChardevSource.OfDevice special:
                    Add(special.Path, GuestFileKind.Own, special.SecurityLabels);
                    break;
                case ChardevSource.OfPipe { Path: { } path } pipe when exists(path + ".in") && exists(path + ".out"):
                    Add(path + ".in", GuestFileKind.Own, pipe.SecurityLabels);
                    Add(path + ".out", GuestFileKind.Own, pipe.SecurityLabels);
                    break;
                case ChardevSource.OfPipe pipe:
                    Add(pipe.Path, GuestFileKind.Own, pipe.SecurityLabels);
                    break;
                case ChardevSource.OfUnix { Path: { } path, Mode: not ChardevMode.Connect } when !exists(path):
                    all.Add(new FileLabel(path, null, IsReturned: true));
                    break;
                case ChardevSource.OfUnix socket:
                    Add(socket.Path, GuestFileKind.Own, socket.SecurityLabels);
                    break;
            }
        }
        Add(domain.Os.Kernel, GuestFileKind.Boot);
        Add(domain.Os.Initrd, GuestFileKind.Boot);
        return all;
    }

    // One without a label and without "no" decides nothing.
    static DeviceLabel? Decides(IEnumerable<DeviceLabel>? written) =>
        written?.FirstOrDefault(static l => l.Model is null or Model) is { } mine && mine is not { Label: null, Relabel: not false, LabelSkip: not true } ? mine : null;
}
