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
public readonly record struct FileLabel(string Path, string? Label);

/// <summary>
/// Labels of libvirt's security model "selinux" for the files that a guest uses: its own images get the guest's label, shared ones a label without
/// categories, what is only read the policy's label for content; a source's own <c>seclabel</c> overrules them.
/// </summary>
public static class SelinuxLabels
{
    /// <summary>The model's name.</summary>
    public const string Model = "selinux";

    /// <summary>The files of disks, serial and other character devices, kernel and initial RAM disk.</summary>
    /// <param name="domain">With the guest's own label chosen.</param>
    /// <param name="contexts">The policy's.</param>
    /// <param name="exists">Whether a socket's path is there: one that QEMU makes itself is born with the right label.</param>
    public static IReadOnlyList<FileLabel> Of(DomainDef domain, SelinuxContexts contexts, Func<string, bool> exists)
    {
        SecurityLabel? own = domain.SecurityLabels.FirstOrDefault(static l => l.Model is Model);
        if (own is null || own.Relabel is false || own.Type is SecurityLabelType.None)
            return [];
        var all = new List<FileLabel>();
        foreach (Disk disk in domain.Devices.OfType<Disk>())
        {
            string? path = disk.Source switch { DiskSource.OfFile file => file.Path, DiskSource.OfBlock block => block.Path, DiskSource.OfDirectory folder => folder.Path, _ => null };
            if (path is not null)
                all.Add(new(path, Choose(disk.Source.SecurityLabels, disk.ReadOnly ? contexts.Content : disk.Shareable ? contexts.Image : own.ImageLabel)));
        }
        foreach (CharDevice device in domain.Devices.OfType<CharDevice>())
        {
            switch (device.Source)
            {
                case ChardevSource.OfFile { Path: { } path } file:
                    all.Add(new(path, Choose(file.SecurityLabels, own.ImageLabel)));
                    break;
                case ChardevSource.OfDevice { Path: { } path } special:
                    all.Add(new(path, Choose(special.SecurityLabels, own.ImageLabel)));
                    break;
                case ChardevSource.OfPipe { Path: { } path } pipe when exists(path + ".in") && exists(path + ".out"):
                    all.Add(new(path + ".in", Choose(pipe.SecurityLabels, own.ImageLabel)));
                    all.Add(new(path + ".out", Choose(pipe.SecurityLabels, own.ImageLabel)));
                    break;
                case ChardevSource.OfPipe { Path: { } path } pipe:
                    all.Add(new(path, Choose(pipe.SecurityLabels, own.ImageLabel)));
                    break;
                case ChardevSource.OfUnix { Path: { } path } socket:
                    bool born = socket.Mode is not ChardevMode.Connect && !exists(path);
                    all.Add(new(path, born ? null : Choose(socket.SecurityLabels, own.ImageLabel)));
                    break;
            }
        }
        if (domain.Os.Kernel is { } kernel)
            all.Add(new(kernel, contexts.Content));
        if (domain.Os.Initrd is { } initrd)
            all.Add(new(initrd, contexts.Content));
        return all;
    }

    static string? Choose(IEnumerable<DeviceLabel> written, string? otherwise)
    {
        DeviceLabel? mine = written.FirstOrDefault(static l => l.Model is null or Model);
        return mine is { Relabel: false } or { LabelSkip: true } ? null : mine?.Label ?? otherwise;
    }
}
