using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Host.Files;
using Vireo.Host.Images;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Finds the images below those of a definition, as the images themselves say, and that all of them are there.</summary>
static class ImageChains
{
    const int DeepestChain = 200;

    /// <param name="machine">The machine.</param>
    /// <param name="guest">As whom it runs, for messages; null: as the daemon.</param>
    internal static DomainDef Find(DomainDef machine, Ids? guest)
    {
        return machine with { Devices = machine.Devices with { Disks = machine.Devices.Disks.Map(disk => Find(disk, guest)) } };
    }

    static Disk Find(Disk disk, Ids? guest)
    {
        if (BlockGraph.IsEmpty(disk.Source) || PathOf(disk.Source) is not { } path)
            return disk;
        if (!File.Exists(path) && disk.Source.StartupPolicy is StartupPolicy.Optional)
            return disk with { Source = new DiskSource.OfFile() };
        Require(path);
        return disk.BackingStore is null ? disk with { BackingStore = Below(path, disk.Driver?.Type ?? StorageFormat.Raw, 0, guest) } : disk;
    }

    // Null: the format's own matter, QEMU follows the chain itself.
    static BackingStore? Below(string image, StorageFormat format, int depth, Ids? guest)
    {
        if (format is not StorageFormat.Qcow2)
            return format is StorageFormat.Raw or StorageFormat.None or StorageFormat.Iso or StorageFormat.Dir ? new BackingStore() : null;
        // What is no such image is QEMU's to complain about.
        if (Qcow2Header.Read(image) is not { BackingFile: { Length: > 0 } name } header)
            return new BackingStore();
        if (depth >= DeepestChain)
            throw VireoException.OperationInvalid(ErrorDomain.Storage, $"backing store for {image} is self-referential or too deeply nested");
        name = name.StartsWith("file:", StringComparison.Ordinal) ? name["file:".Length..] : name;
        if (name.StartsWith("json:", StringComparison.Ordinal) || IsUrl(name))
            return null;
        string path = Path.IsPathRooted(name) ? name : Path.Join(Path.GetDirectoryName(image), name);
        if (!Exists(path))
            throw VireoException.System(ErrorDomain.Storage, 2, $"Cannot access backing file '{path}' of storage file '{image}'"
                + (guest is { } ids ? $" (as uid:{ids.User}, gid:{ids.Group})" : ""));
        StorageFormat below = FormatOf(header.BackingFormat) ?? (Qcow2Header.Read(path) is null ? StorageFormat.Raw
            : throw VireoException.OperationInvalid(ErrorDomain.Storage,
                $"format of backing image '{path}' of image '{image}' was not specified in the image metadata (See https://libvirt.org/kbase/backing_chains.html for troubleshooting)"));
        return new BackingStore
        {
            Format = below,
            Source = IsBlock(path) ? new DiskSource.OfBlock { Path = path } : new DiskSource.OfFile { Path = path },
            Next = Below(path, below, depth + 1, guest),
        };
    }

    static string? PathOf(DiskSource source) => source switch
    {
        DiskSource.OfFile { Path: { } path, FdGroup: null } => path,
        DiskSource.OfBlock { Path: { } path } => path,
        _ => null,
    };

    static bool IsUrl(string name) => name.IndexOf("://", StringComparison.Ordinal) is > 0 and var at && !name.AsSpan(0, at).Contains('/');

    static bool IsBlock(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    static StorageFormat? FormatOf(string? name) => name switch
    {
        "qcow2" => StorageFormat.Qcow2,
        "qcow" => StorageFormat.Qcow,
        "qed" => StorageFormat.Qed,
        "vmdk" => StorageFormat.Vmdk,
        "vdi" => StorageFormat.Vdi,
        "vpc" => StorageFormat.Vpc,
        "raw" or "file" or "host_device" => StorageFormat.Raw,
        _ => null,
    };

    static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    static void Require(string path)
    {
        if (!Exists(path))
            throw VireoException.System(ErrorDomain.Storage, 2, $"Cannot access storage file '{path}'");
    }
}
