using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Devices as callers call them.</summary>
static class DomainDevicesByName
{
    /// <summary>The disk with this target, or with this image.</summary>
    public static Disk? FindDisk(DeviceSet devices, string? name)
    {
        foreach (Disk disk in devices.Disks)
            if (disk.Target.Device == name || (!string.IsNullOrEmpty(name) && PathOf(disk) == name))
                return disk;
        return null;
    }

    /// <summary>Where a disk's image is; null where none is in it.</summary>
    public static string? PathOf(Disk disk) => disk.Source switch
    {
        DiskSource.OfFile file => file.Path,
        DiskSource.OfBlock block => block.Path,
        DiskSource.OfDirectory folder => folder.Path,
        DiskSource.OfNetwork network => network.Name,
        DiskSource.OfVhostUser socket => socket.Path,
        _ => null,
    };

    /// <summary>The card with this target device or address.</summary>
    /// <exception cref="VireoException">InvalidArg where there is none.</exception>
    public static Interface GetInterface(DeviceSet devices, string name)
    {
        foreach (Interface card in devices.Interfaces)
            if (card.Target?.Device == name || string.Equals(card.Mac?.Address.ToString(), name, StringComparison.OrdinalIgnoreCase))
                return card;
        throw VireoException.InvalidArgument(ErrorDomain.Domain, $"'{name}' is not a known interface");
    }
}
