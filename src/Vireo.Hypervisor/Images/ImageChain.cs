using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Host.Images;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Domain.Images;

namespace Vireo.Hypervisor.Images;

/// <summary>An image and those below it.</summary>
/// <param name="Source">Where it is.</param>
public sealed record ChainImage(DiskSource Source)
{
    /// <summary>What its bytes mean.</summary>
    public StorageFormat Format { get; init; } = StorageFormat.Raw;

    /// <summary>What it calls the image below; null: it has none.</summary>
    public string? BackingName { get; init; }

    /// <summary>Its name in the image above, if that is relative.</summary>
    public string? RelativePath { get; init; }

    /// <summary>Bytes that a guest sees; 0: the format does not say.</summary>
    public ulong Capacity { get; init; }

    /// <summary>A key is needed to read it.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The number of the image in a running machine; null: it has none.</summary>
    public uint? Index { get; init; }

    /// <summary>The image below.</summary>
    public ChainImage? Backing { get; init; }

    /// <summary>The path, or a server's name for it.</summary>
    public string? Path => Source switch
    {
        DiskSource.OfFile file => file.Path,
        DiskSource.OfBlock block => block.Path,
        DiskSource.OfDirectory directory => directory.Path,
        DiskSource.OfNetwork network => network.Name,
        _ => null,
    };

    /// <summary>It is on this host.</summary>
    public bool IsLocal => Source is DiskSource.OfFile or DiskSource.OfBlock or DiskSource.OfDirectory;
}

/// <summary>Chains of images on this host, as the images themselves tell them.</summary>
public static class ImageChain
{
    /// <summary>Reads a chain.</summary>
    /// <param name="source">The image on top.</param>
    /// <param name="format">Its format. A format that is not known is raw: an image written by a guest must not choose what it is.</param>
    /// <param name="deepest">The most images.</param>
    /// <param name="guest">As whom a guest reads them, for messages; null: as the daemon.</param>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR for an image that is not there; VIR_ERR_OPERATION_INVALID for a chain that is too deep, goes
    /// round, or has an image of unknown format with one below.</exception>
    public static ChainImage Read(DiskSource source, StorageFormat format, int deepest = 200, Ids? guest = null) =>
        Read(new ChainImage(source) { Format = format }, above: null, deepest, [], guest);

    static ChainImage Read(ChainImage image, ChainImage? above, int left, HashSet<string> seen, Ids? guest)
    {
        if (!image.IsLocal || image.Path is not { } path)
            return image.Format is StorageFormat.Auto ? image with { Format = StorageFormat.Raw } : image;
        if (!File.Exists(path) && !Directory.Exists(path))
            throw VireoException.System(ErrorDomain.Storage, 2, (above is null ? $"Cannot access storage file '{path}'"
                : $"Cannot access backing file '{path}' of storage file '{above.Path}'") + (guest is { } ids ? $" (as uid:{ids.User}, gid:{ids.Group})" : ""));
        if (Directory.Exists(path))
            return image with { Source = new DiskSource.OfDirectory { Path = path }, Format = image.Format is StorageFormat.Auto ? StorageFormat.Raw : image.Format };
        if (left <= 0 || !seen.Add(path))
            throw VireoException.OperationInvalid(ErrorDomain.Storage, $"backing store for {path} is self-referential or too deeply nested");
        bool guessed = image.Format is StorageFormat.Auto && above is not null;
        StorageFormat format = image.Format;
        if (format is StorageFormat.Auto && !guessed || format is StorageFormat.None)
            format = StorageFormat.Raw;
        if (format is StorageFormat.Raw)
            return image with { Format = StorageFormat.Raw };
        if (ImageHeader.Read(path, guessed ? null : QemuName(format)) is not { } header)
            return image with { Format = guessed ? StorageFormat.Raw : format };
        if (guessed && header.BackingFile is not null)
            throw VireoException.OperationInvalid(ErrorDomain.Storage, $"format of backing image '{path}' of image '{above!.Path}' was not specified in the image metadata "
                + "(See https://libvirt.org/kbase/backing_chains.html for troubleshooting)");
        image = image with
        {
            Format = Format(header.Format) ?? StorageFormat.Raw,
            Capacity = header.Capacity,
            IsEncrypted = header.IsEncrypted,
            BackingName = header.BackingFile,
        };
        return header.BackingFile is not { } name ? image : image with { Backing = Read(Below(image, name, header.BackingFormat), image, left - 1, seen, guest) };
    }

    static ChainImage Below(ChainImage image, string name, string? format)
    {
        StorageFormat below = format is null ? StorageFormat.Auto : Format(format) ?? StorageFormat.Raw;
        if (BackingString.IsPath(name) && !System.IO.Path.IsPathRooted(name))
        {
            string folder = System.IO.Path.GetDirectoryName(image.Path) is { Length: > 0 } above ? above : ".";
            return new ChainImage(OnHost($"{folder.TrimEnd('/')}/{name}")) { Format = below, RelativePath = name };
        }
        BackingString parsed = BackingString.Parse(name.StartsWith("file:", StringComparison.Ordinal) ? name["file:".Length..] : name);
        return new ChainImage(parsed.Source is DiskSource.OfFile { Path: { } path } file && file.Slices.IsEmpty ? OnHost(path) : parsed.Source)
        {
            Format = format is null ? parsed.Format ?? below : below,
        };
    }

    static DiskSource OnHost(string path) => path.StartsWith("/dev/", StringComparison.Ordinal) && !IsRegular(path)
        ? new DiskSource.OfBlock { Path = path } : new DiskSource.OfFile { Path = path };

    // Memory file systems are below /dev too.
    static bool IsRegular(string path) => File.Exists(path) && !File.GetAttributes(path).HasFlag(FileAttributes.Device);

    static string? QemuName(StorageFormat format) => format is StorageFormat.Vhd ? "vhdx" : format.ToXml();

    static StorageFormat? Format(string name) => name switch
    {
        "raw" or "file" or "host_device" or "luks" => StorageFormat.Raw,
        "vhdx" => StorageFormat.Vhd,
        _ => StorageFormatNames.TryParse(name, out StorageFormat format) ? format : null,
    };
}
