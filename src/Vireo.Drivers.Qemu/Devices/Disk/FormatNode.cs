using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>The node of an image's format.</summary>
public static class FormatNode
{
    /// <summary>The whole node.</summary>
    /// <param name="image">The image.</param>
    /// <param name="backing">The node below; null: none is named.</param>
    /// <param name="ends">It is known that nothing is below.</param>
    public static QemuProperties Of(BlockImage image, string? backing, bool ends)
    {
        bool luks = image.IsLuks;
        bool inFormat = !luks && !image.DecryptsAtServer && image.Names.EncryptionSecret is not null && image.Format is StorageFormat.Qcow2 or StorageFormat.Qcow;
        bool cuts = image.Slice is not null && !image.HasSliceNode;
        return new QemuProperties
        {
            { "node-name", image.Names.Format },
            { "read-only", image.ReadOnly },
            { "discard", image.Discard switch { DiskDiscard.Unmap => "unmap", DiskDiscard.Ignore => "ignore", _ => null } },
            { "detect-zeroes", image.DetectZeroes },
            { "cache", Cache(image.Cache) },
            { "driver", luks ? "luks" : DriverOf(image.Format) },
            { "key-secret", luks ? image.Names.EncryptionSecret : null },
            {
                "encrypt", inFormat
                    ? new QemuProperties
                    {
                        { "format", image.Encryption?.Format is EncryptionFormat.Luks ? "luks" : "aes" },
                        { "key-secret", image.Names.EncryptionSecret },
                    }
                    : null
            },
            { "offset", cuts ? image.Slice!.Offset : null },
            { "size", cuts ? image.Slice!.Size : null },
            { "cache-size", image.Format is StorageFormat.Qcow2 ? image.TablesCache : null },
            { "file", image.HasSliceNode ? image.Names.Slice : image.Names.Storage },
            { "backing", backing ?? (ends && HasBacking(image.Format) ? QemuValue.Null : null) },
        };
    }

    /// <summary>Images of the format may stand on another image.</summary>
    public static bool HasBacking(StorageFormat format) =>
        format is StorageFormat.Cow or StorageFormat.Qcow or StorageFormat.Qcow2 or StorageFormat.Qed or StorageFormat.Vmdk;

    /// <summary>QEMU's flags of a cache mode; null: its own choice.</summary>
    public static QemuProperties? Cache(DiskCache? cache) => cache is null or DiskCache.Default
        ? null
        : new QemuProperties
        {
            { "direct", cache is DiskCache.None or DiskCache.DirectSync },
            { "no-flush", cache is DiskCache.Unsafe },
        };

    /// <summary>QEMU's name of a format.</summary>
    public static string DriverOf(StorageFormat format) => format switch
    {
        StorageFormat.Qcow2 => "qcow2",
        StorageFormat.Qcow => "qcow",
        StorageFormat.Qed => "qed",
        StorageFormat.Vmdk => "vmdk",
        StorageFormat.Vdi => "vdi",
        StorageFormat.Vpc => "vpc",
        StorageFormat.Vhd => "vhdx",
        StorageFormat.Bochs => "bochs",
        StorageFormat.Cloop => "cloop",
        StorageFormat.Dmg => "dmg",
        StorageFormat.Ploop => "parallels",
        _ => "raw",
    };
}
