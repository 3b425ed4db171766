using System.Diagnostics;
using Vireo.Core;
using Vireo.Model.Domain.Defaults;

namespace Vireo.Model.Domain.Devices;

public sealed partial record DeviceSet
{
    /// <summary>The set and one more device, behind those of its kind.</summary>
    public DeviceSet With(Device device) => device switch
    {
        Disk one => this with { Disks = Disks.Add(one) },
        Controller one => this with { Controllers = Controllers.Add(one) },
        Filesystem one => this with { Filesystems = Filesystems.Add(one) },
        Interface one => this with { Interfaces = Interfaces.Add(one) },
        Smartcard one => this with { Smartcards = Smartcards.Add(one) },
        Serial one => this with { Serials = Serials.Add(one) },
        Parallel one => this with { Parallels = Parallels.Add(one) },
        GuestConsole one => this with { Consoles = Consoles.Add(one) },
        Channel one => this with { Channels = Channels.Add(one) },
        Input one => this with { Inputs = Inputs.Add(one) },
        Tpm one => this with { Tpms = Tpms.Add(one) },
        Sound one => this with { Sounds = Sounds.Add(one) },
        Video one => this with { Videos = Videos.Add(one) },
        Hostdev one => this with { Hostdevs = Hostdevs.Add(one) },
        RedirectedDevice one => this with { RedirectedDevices = RedirectedDevices.Add(one) },
        Hub one => this with { Hubs = Hubs.Add(one) },
        Watchdog one => this with { Watchdogs = Watchdogs.Add(one) },
        MemoryBalloon one => this with { MemoryBalloon = one },
        Rng one => this with { Rngs = Rngs.Add(one) },
        NvramDevice one => this with { Nvram = one },
        Panic one => this with { Panics = Panics.Add(one) },
        SharedMemory one => this with { SharedMemories = SharedMemories.Add(one) },
        MemoryDevice one => this with { Memories = Memories.Add(one) },
        Crypto one => this with { Cryptos = Cryptos.Add(one) },
        Iommu one => this with { Iommu = one },
        Vsock one => this with { Vsock = one },
        Pstore one => this with { Pstore = one },
        _ => throw new UnreachableException(),
    };

    /// <summary>The set and one more device, at its place among those of its kind: disks by bus and target, controllers by type and index, others at the end.</summary>
    public DeviceSet Insert(Device device)
    {
        switch (device)
        {
            case Disk disk:
                int at = PlaceOf(disk);
                return this with { Disks = [.. Disks.AsSpan()[..at], disk, .. Disks.AsSpan()[at..]] };
            case Controller controller:
                List<Controller> controllers = [.. Controllers];
                ControllerList.Insert(controllers, controller);
                return this with { Controllers = controllers.ToValueList() };
            default:
                return With(device);
        }
    }

    // Before the first of its bus that comes later, or behind the last of its bus.
    int PlaceOf(Disk disk)
    {
        int own = TargetName.Index(disk.Target.Device), place = -1;
        for (int i = Disks.Count - 1; i >= 0; i--)
        {
            if (Disks[i].Target.Bus != disk.Target.Bus)
                continue;
            if (TargetName.Index(Disks[i].Target.Device) <= own)
                return place < 0 ? i + 1 : place;
            place = i;
        }
        return place < 0 ? Disks.Count : place;
    }

    /// <summary>The set without one of its devices.</summary>
    /// <param name="device">The very object that is in the set.</param>
    public DeviceSet Without(Device device) => Change(device, null);

    /// <summary>The set with one of its devices in another form, at the same place.</summary>
    /// <param name="old">The very object that is in the set.</param>
    /// <param name="now">What stands there from now on; of the same kind.</param>
    public DeviceSet Replace(Device old, Device now) => Change(old, now);

    DeviceSet Change(Device old, Device? now) => old switch
    {
        Disk one => this with { Disks = Change(Disks, one, (Disk?)now) },
        Controller one => this with { Controllers = Change(Controllers, one, (Controller?)now) },
        Filesystem one => this with { Filesystems = Change(Filesystems, one, (Filesystem?)now) },
        Interface one => this with { Interfaces = Change(Interfaces, one, (Interface?)now) },
        Smartcard one => this with { Smartcards = Change(Smartcards, one, (Smartcard?)now) },
        Serial one => this with { Serials = Change(Serials, one, (Serial?)now) },
        Parallel one => this with { Parallels = Change(Parallels, one, (Parallel?)now) },
        GuestConsole one => this with { Consoles = Change(Consoles, one, (GuestConsole?)now) },
        Channel one => this with { Channels = Change(Channels, one, (Channel?)now) },
        Input one => this with { Inputs = Change(Inputs, one, (Input?)now) },
        Tpm one => this with { Tpms = Change(Tpms, one, (Tpm?)now) },
        Sound one => this with { Sounds = Change(Sounds, one, (Sound?)now) },
        Video one => this with { Videos = Change(Videos, one, (Video?)now) },
        Hostdev one => this with { Hostdevs = Change(Hostdevs, one, (Hostdev?)now) },
        RedirectedDevice one => this with { RedirectedDevices = Change(RedirectedDevices, one, (RedirectedDevice?)now) },
        Hub one => this with { Hubs = Change(Hubs, one, (Hub?)now) },
        Watchdog one => this with { Watchdogs = Change(Watchdogs, one, (Watchdog?)now) },
        Rng one => this with { Rngs = Change(Rngs, one, (Rng?)now) },
        Panic one => this with { Panics = Change(Panics, one, (Panic?)now) },
        SharedMemory one => this with { SharedMemories = Change(SharedMemories, one, (SharedMemory?)now) },
        MemoryDevice one => this with { Memories = Change(Memories, one, (MemoryDevice?)now) },
        Crypto one => this with { Cryptos = Change(Cryptos, one, (Crypto?)now) },
        Devices.MemoryBalloon => this with { MemoryBalloon = (MemoryBalloon?)now },
        NvramDevice => this with { Nvram = (NvramDevice?)now },
        Devices.Iommu => this with { Iommu = (Iommu?)now },
        Devices.Vsock => this with { Vsock = (Vsock?)now },
        Devices.Pstore => this with { Pstore = (Pstore?)now },
        _ => throw new UnreachableException(),
    };

    static ValueList<T> Change<T>(ValueList<T> devices, T old, T? now) where T : Device
    {
        for (int i = 0; i < devices.Count; i++)
            if (ReferenceEquals(devices[i], old))
                return now is null ? devices.RemoveAt(i) : devices.SetItem(i, now);
        throw new ArgumentException("the device is not one of the set's own", nameof(old));
    }
}
