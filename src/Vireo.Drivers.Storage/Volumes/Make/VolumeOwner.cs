using Vireo.Host.Files;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes.Make;

/// <summary>Owner and permissions of a new volume.</summary>
static class VolumeOwner
{
    const uint Usual = 0x180;       // 0600

    public static uint ModeOf(StorageVolumeDef volume) => volume.Target?.Permissions?.Mode?.Bits ?? Usual;

    /// <summary>Gives the volume's file to whom its document names; who is not named is the daemon's own user.</summary>
    public static void Apply(StorageVolumeDef volume)
    {
        string path = volume.Target!.Path!;
        if (volume.Target.Permissions is { Owner: not null } or { Group: not null })
        {
            var owner = new Ids(volume.Target.Permissions!.Owner?.Id ?? uint.MaxValue, volume.Target.Permissions.Group?.Id ?? uint.MaxValue);
            if (Host.Files.FileOwner.Give(path, owner) is not 0 and var refused)
                throw StorageErrors.System(refused, $"cannot chown {path} to ({owner.User}, {owner.Group})");
        }
        uint mode = ModeOf(volume);
        if (Host.Files.FileOwner.Permit(path, (int)mode) is not 0 and var errno)
            throw StorageErrors.System(errno, $"cannot set mode of '{path}' to {Convert.ToString((int)mode, 8).PadLeft(4, '0')}");
    }
}
