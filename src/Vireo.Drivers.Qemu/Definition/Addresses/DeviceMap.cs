using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>Gives addresses to the devices of a set, whatever their kinds.</summary>
static class DeviceMap
{
    /// <summary>The set with the addresses that <paramref name="where"/> tells; a device whose address stays is the same object.</summary>
    public static DeviceSet WithAddresses(this DeviceSet set, Func<Device, DeviceAddress?> where)
    {
        ValueList<T> Each<T>(ValueList<T> devices) where T : Device => devices.Map(One);
        T? Optional<T>(T? device) where T : Device => device is null ? null : One(device);
        T One<T>(T device) where T : Device
        {
            DeviceAddress? address = where(device);
            return ReferenceEquals(address, device.Address) ? device : (T)((Device)device with { Address = address });
        }
        return set with
        {
            Disks = Each(set.Disks),
            Controllers = Each(set.Controllers),
            Filesystems = Each(set.Filesystems),
            Interfaces = Each(set.Interfaces),
            Smartcards = Each(set.Smartcards),
            Serials = Each(set.Serials),
            Parallels = Each(set.Parallels),
            Consoles = Each(set.Consoles),
            Channels = Each(set.Channels),
            Inputs = Each(set.Inputs),
            Tpms = Each(set.Tpms),
            Sounds = Each(set.Sounds),
            Videos = Each(set.Videos),
            Hostdevs = Each(set.Hostdevs),
            RedirectedDevices = Each(set.RedirectedDevices),
            Hubs = Each(set.Hubs),
            Watchdogs = Each(set.Watchdogs),
            MemoryBalloon = Optional(set.MemoryBalloon),
            Rngs = Each(set.Rngs),
            Nvram = Optional(set.Nvram),
            Panics = Each(set.Panics),
            SharedMemories = Each(set.SharedMemories),
            Memories = Each(set.Memories),
            Cryptos = Each(set.Cryptos),
            Iommu = Optional(set.Iommu),
            Vsock = Optional(set.Vsock),
            Pstore = Optional(set.Pstore),
        };
    }

    /// <summary>The device has no PCI address yet: none at all, or &lt;address type='pci'/&gt; alone, which asks for any.</summary>
    public static bool IsUnplaced(this Device device) =>
        device.Address is null or DeviceAddress.Pci { Domain: 0, Bus: 0, Slot: 0 };
}
