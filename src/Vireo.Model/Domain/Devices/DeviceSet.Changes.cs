using System.Diagnostics;

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
        _ => throw new UnreachableException(),
    };
}
