using System.Globalization;
using Vireo.Core;
using Vireo.Host.Files;
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

    public static ByteSize? Physical(ulong bytes) => bytes == 0 ? null : new ByteSize(bytes);

    static string Text(FileTime time) => time.Nanoseconds == 0
        ? time.Seconds.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}.{time.Nanoseconds:D9}");
}
