using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>The node of an image's bytes: a file, a device, or what a server has.</summary>
public static class StorageNode
{
    /// <summary>Where the image is, and nothing of how it is used: what another image may say of its backing file.</summary>
    public static QemuProperties Target(DiskSource source, bool floppy = false) =>
        Protocol(new BlockImage { Source = source, Names = Anonymous, IsFloppy = floppy }, targetOnly: true);

    /// <summary>The whole node.</summary>
    public static QemuProperties Of(BlockImage image)
    {
        bool single = image.Names.DescriptorSet is not null && image.Descriptors == 1;
        return new QemuProperties
        {
            Protocol(image, targetOnly: false),
            { "node-name", image.Names.Storage is { Length: > 0 } name ? name : null },
            { "cache", FormatNode.Cache(image.Cache) },
            { "read-only", single ? image.ReadOnly : null },      // a lone descriptor cannot be opened again for writing
            { "auto-read-only", single ? null : true },
            { "discard", "unmap" },
        };
    }

    /// <summary>The node that cuts a slice out; there is one if <see cref="BlockImage.HasSliceNode"/>.</summary>
    public static QemuProperties SliceOf(BlockImage image) => new()
    {
        { "driver", "raw" },
        { "node-name", image.Names.Slice },
        { "offset", image.Slice?.Offset },
        { "size", image.Slice?.Size },
        { "file", image.Names.Storage },
        { "auto-read-only", true },
        { "discard", "unmap" },
        { "cache", FormatNode.Cache(image.Cache) },
    };

    static readonly ImageNames Anonymous = new() { Storage = "", Format = "" };

    /// <summary>What the node says of where the bytes are, and who may read them.</summary>
    internal static QemuProperties ProtocolOf(BlockImage image) => Protocol(image, targetOnly: false);

    static QemuProperties Protocol(BlockImage image, bool targetOnly) => image.Source switch
    {
        DiskSource.OfFile file => File("file", file.Path, image, targetOnly),
        DiskSource.OfBlock block => File(image.IsHostCdRom ? "host_cdrom" : "host_device", block.Path, image, targetOnly),
        DiskSource.OfDirectory directory => new QemuProperties
        {
            { "driver", "vvfat" },
            { "dir", directory.Path },
            { "floppy", image.IsFloppy },
            { "rw", targetOnly ? null : false },
        },
        DiskSource.OfNvme nvme => new QemuProperties
        {
            { "driver", "nvme" },
            { "device", nvme.Address is { } at ? $"{at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x}" : "" },
            { "namespace", nvme.Namespace },
        },
        DiskSource.OfNetwork network => ServerNode.Of(network, image, targetOnly),
        _ => throw DiskErrors.NoNode(image.Source),
    };

    static QemuProperties File(string driver, string? path, BlockImage image, bool targetOnly) => new()
    {
        { "driver", driver },
        { "filename", (targetOnly ? null : image.Names.DescriptorSet) ?? path ?? "" },
        { "aio", targetOnly ? null : Aio(image.Io) },
        { "pr-manager", targetOnly ? null : image.Names.ReservationManager },
    };

    static string? Aio(DiskIo? io) => io switch
    {
        DiskIo.Native => "native",
        DiskIo.Threads => "threads",
        DiskIo.IoUring => "io_uring",
        _ => null,
    };
}
