using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Drivers.Storage.Volumes.Probe;
using Vireo.Host.Files;
using Vireo.Host.Topology;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Devices;

/// <summary>Looks at a volume that is a block device.</summary>
static class DeviceLook
{
    /// <summary>With its size, permissions and times; and those of the device below, if there is one.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="tree">The host; null: this one.</param>
    public static StorageVolumeDef Run(StorageVolumeDef volume, HostTree? tree = null)
    {
        string path = volume.Target!.Path!, file = tree?.At(path) ?? path;
        FileStatus status = FileStatus.Find(file, out int errno) ?? throw StorageErrors.System(errno, $"cannot stat file '{path}'");
        ulong size = 0;
        using (SafeFileHandle? device = HostFile.TryOpen(file, FileUse.Read | FileUse.NoWait, out _))
            size = device is null ? 0 : VolumeSizes.Of(status, device).Physical;
        return volume with
        {
            Capacity = new ByteSize(size),
            Allocation = new ByteSize(size),
            Physical = VolumeFacts.Physical(size),
            Target = volume.Target with { Permissions = VolumeFacts.PermissionsOf(file, status), Timestamps = VolumeFacts.TimesOf(status) },
            BackingStore = volume.BackingStore is { } below ? Below(below) : null,
        };
    }

    static StorageBackingStore Below(StorageBackingStore below) => FileStatus.Find(below.Path!, out _) is { } status
        ? below with { Permissions = VolumeFacts.PermissionsOf(below.Path!, status), Timestamps = VolumeFacts.TimesOf(status) } : below;
}
