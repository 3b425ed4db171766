using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks;

/// <summary>What blockdev-create is asked for when an image is made for a copy, a snapshot or a backup.</summary>
public static class ImageCreation
{
    /// <summary>The bytes: a file, or an image of a server; null: QEMU cannot make such, or need not.</summary>
    /// <param name="image">The image.</param>
    /// <param name="bytes">How many bytes it has at first.</param>
    public static QemuProperties? Storage(BlockImage image, ulong bytes) => image.Source switch
    {
        DiskSource.OfFile file => new QemuProperties { { "driver", "file" }, { "filename", file.Path }, { "size", bytes } },
        DiskSource.OfNetwork { Protocol: NetworkDiskProtocol.Gluster or NetworkDiskProtocol.Rbd or NetworkDiskProtocol.Sheepdog or NetworkDiskProtocol.Ssh } network =>
            new QemuProperties { { "driver", network.Protocol.ToXml() }, { "location", Location(network) }, { "size", bytes } },
        _ => null,
    };

    /// <summary>The format; null: there is nothing to write for it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="bytes">How many bytes a guest sees.</param>
    /// <param name="backing">The image below; null: none.</param>
    public static QemuProperties? Format(BlockImage image, ulong bytes, BlockImage? backing)
    {
        if (image.IsLuks)
            return new QemuProperties { Encryption(image), { "driver", "luks" }, { "file", image.Names.Storage }, { "size", bytes } };
        if (image.Format is not (StorageFormat.Qcow2 or StorageFormat.Qcow or StorageFormat.Qed or StorageFormat.Vmdk or StorageFormat.Vdi or StorageFormat.Vpc or StorageFormat.Vhd or StorageFormat.Ploop))
            return null;
        bool encrypted = image.Format is StorageFormat.Qcow2 && image.Names.EncryptionSecret is not null && !image.DecryptsAtServer;
        return new QemuProperties
        {
            { "driver", FormatNode.DriverOf(image.Format) },
            { "file", image.Names.Storage },
            { "size", bytes },
            { "backing-file", backing is null ? null : BackingName.Of(backing.Source) },
            { "backing-fmt", backing is null || image.Format is StorageFormat.Qcow ? null : backing.IsLuks ? "luks" : FormatNode.DriverOf(backing.Format) },
            { "encrypt", encrypted ? new QemuProperties { Encryption(image), { "format", "luks" } } : null },
        };
    }

    static QemuProperties Location(DiskSource.OfNetwork source)
    {
        QemuProperties target = StorageNode.Target(source);
        target["driver"] = null;
        return target;
    }

    static QemuProperties Encryption(BlockImage image)
    {
        EncryptionCipher? cipher = image.Encryption?.Cipher;
        return new QemuProperties
        {
            { "key-secret", image.Names.EncryptionSecret },
            { "cipher-alg", cipher is null ? null : $"{cipher.Name}-{cipher.Size}" },
            { "cipher-mode", cipher?.Mode },
            { "hash-alg", cipher?.Hash },
            { "ivgen-alg", image.Encryption?.IvGenerator?.Name },
            { "ivgen-hash-alg", image.Encryption?.IvGenerator?.Hash },
        };
    }
}
