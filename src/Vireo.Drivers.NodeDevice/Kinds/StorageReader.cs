using Vireo.Core;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Kinds;

/// <summary>Disks and drives for disks. What they are udev says; of some kinds of disks their name does.</summary>
static class StorageReader
{
    public static NodeCapability? Read(SysDevice device, bool hasUdev)
    {
        if (device["DEVNAME"] is not { } node || (Kind(device) ?? (hasUdev ? null : KindWithoutUdev(device))) is not { } kind)
            return null;
        ulong blocks = device.NumberOf("size") ?? 0, blockSize = device.NumberOf("queue/logical_block_size") ?? 0, size = blocks * blockSize;
        bool isDrive = kind is "cdrom" or "floppy";
        bool hasMedium = isDrive && (device.Says("ID_CDROM_MEDIA") || kind is "floppy" && device["ID_FS_LABEL"] is not null);
        ulong? shownBlockSize = blockSize == 0 || isDrive && !hasMedium ? null : blockSize, shownBlocks = blocks == 0 || isDrive && !hasMedium ? null : blocks;
        var storage = new NodeCapability.OfStorage
        {
            Block = DeviceReader.Dev(node),
            Bus = device["ID_BUS"],
            DriveType = kind,
            Model = device.Attribute("device/model"),
            Vendor = device.Attribute("device/vendor"),
            Serial = device["ID_SERIAL"],
        };
        if (!isDrive)
            return storage with { Size = size, BlockSize = shownBlockSize, Blocks = shownBlocks };
        if (device.NumberOf("removable") is not > 0)
            return storage with { Size = 0, BlockSize = shownBlockSize, Blocks = shownBlocks };
        return storage with
        {
            Functions =
            [
                new StorageFunction.OfRemovable
                {
                    Available = hasMedium ? 1 : 0,
                    Size = hasMedium ? size : 0,
                    Label = hasMedium ? device["ID_FS_LABEL"] : null,
                    BlockSize = shownBlockSize,
                    Blocks = shownBlocks,
                },
            ],
        };
    }

    static string? Kind(SysDevice device) => device["ID_TYPE"] switch
    {
        "disk" => "disk",
        "cd" => "cdrom",
        "floppy" => "floppy",
        not null => null,
        null when device.Says("ID_DRIVE_FLOPPY") => "floppy",
        null when device.Says("ID_CDROM") => "cdrom",
        null when device.Says("ID_DRIVE_FLASH_SD") => "sd",
        null when Begins(device, "vd") || Begins(device, "nvme") => "disk",
        null when Begins(device, "dasd") => "dasd",
        _ => null,
    };

    // The type of the SCSI device behind it: 0 is a disk, 5 a drive for discs.
    static string? KindWithoutUdev(SysDevice device) => device.NumberOf("device/type") switch
    {
        0 when Begins(device, "sd") => "disk",
        5 when Begins(device, "sr") => "cdrom",
        _ => null,
    };

    static bool Begins(SysDevice device, string name) => device.Name.StartsWith(name, StringComparison.Ordinal);
}
