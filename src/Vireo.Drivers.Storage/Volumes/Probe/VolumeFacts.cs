using System.Globalization;
using Vireo.Core;
using Vireo.Host.Files;
using Vireo.Host.Images;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;
using FileMode = Vireo.Model.Storage.FileMode;
using Owner = Vireo.Model.Storage.FileOwner;

namespace Vireo.Drivers.Storage.Volumes.Probe;

/// <summary>What the host tells of a volume's file, in the words of documents.</summary>
static class VolumeFacts
{
    /// <summary>Only where the kernel keeps labels there is something to ask it.</summary>
    static readonly bool hasLabels = Directory.Exists("/sys/fs/selinux/initial_contexts");

    public static StoragePermissions PermissionsOf(string path, in FileStatus status) => new()
    {
        Mode = new FileMode(status.Permissions & 0x1FF),      // 0777: libvirt tells of no others
        Owner = new Owner(status.Owner.User),
        Group = new Owner(status.Owner.Group),
        Label = hasLabels ? Host.Files.FileOwner.Attribute(path, "security.selinux", out _)?.TrimEnd('\0') : null,
    };

    public static VolumeTimestamps TimesOf(in FileStatus status) => new()
    {
        Access = Text(status.Access),
        Modification = Text(status.Modification),
        Change = Text(status.Change),
        Birth = "0",                        // libvirt does not know it on Linux
    };

    /// <summary>Somebody read it: the time of that is all that is new.</summary>
    public static StorageVolumeDef Touched(StorageVolumeDef volume, in FileStatus status) =>
        volume with { Target = volume.Target! with { Timestamps = TimesOf(status) } };

    /// <summary>A volume's target with what its image tells of itself.</summary>
    public static StorageVolumeTarget WithHeader(StorageVolumeTarget target, ImageHeader header) => target with
    {
        Encryption = header.Encryption switch
        {
            ImageEncryption.Luks => new DiskEncryption { Format = EncryptionFormat.Luks },
            ImageEncryption.Aes => new DiskEncryption { Format = EncryptionFormat.Qcow },
            _ => null,
        },
        Compatibility = header is { Format: "qcow2", Version: >= 3 } ? "1.1" : null,
        ClusterSize = header.ClusterSize == 0 ? null : new ByteSize(header.ClusterSize),
        Features = header is { Format: "qcow2", Version: >= 3 }
            ? new StorageVolumeFeatures { LazyRefcounts = header.LazyRefcounts, ExtendedL2 = header.ExtendedL2 } : null,
    };

    /// <summary>The format of what is below an image, in the words of documents.</summary>
    public static string? FormatOf(string? format) => format switch
    {
        null => null,
        "file" or "host_device" => "raw",
        _ => format,
    };

    public static ByteSize? Physical(ulong bytes) => bytes == 0 ? null : new ByteSize(bytes);

    static string Text(FileTime time) => time.Nanoseconds == 0
        ? time.Seconds.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}.{time.Nanoseconds:D9}");
}
