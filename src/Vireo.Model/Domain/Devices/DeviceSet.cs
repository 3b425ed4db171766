using System.Collections;
using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>The machine's devices by kind, in the order they are written.</summary>
[Element("devices", Block = true)]
public sealed partial record DeviceSet : IEnumerable<Device>
{
    [Text("emulator")] public string? Emulator { get; init; }
    [Child("disk")] public ValueList<Disk> Disks { get; init; }
    [Child("controller")] public ValueList<Controller> Controllers { get; init; }
    [Child("lease")] public ValueList<Lease> Leases { get; init; }
    [Child("filesystem")] public ValueList<Filesystem> Filesystems { get; init; }
    [Child("interface")] public ValueList<Interface> Interfaces { get; init; }
    [Child("smartcard")] public ValueList<Smartcard> Smartcards { get; init; }
    [Child("serial")] public ValueList<Serial> Serials { get; init; }
    [Child("parallel")] public ValueList<Parallel> Parallels { get; init; }
    [Child("console")] public ValueList<GuestConsole> Consoles { get; init; }
    [Child("channel")] public ValueList<Channel> Channels { get; init; }
    [Child("input")] public ValueList<Input> Inputs { get; init; }
    [Child("tpm")] public ValueList<Tpm> Tpms { get; init; }
    [Child("graphics")] public ValueList<Graphics> Graphics { get; init; }
    [Child("sound")] public ValueList<Sound> Sounds { get; init; }
    [Child("audio")] public ValueList<Audio> Audios { get; init; }
    [Child("video")] public ValueList<Video> Videos { get; init; }
    [Child("hostdev")] public ValueList<Hostdev> Hostdevs { get; init; }
    [Child("redirdev")] public ValueList<RedirectedDevice> RedirectedDevices { get; init; }
    [Child("redirfilter")] public RedirectFilter? RedirectFilter { get; init; }
    [Child("hub")] public ValueList<Hub> Hubs { get; init; }
    [Child("watchdog")] public ValueList<Watchdog> Watchdogs { get; init; }
    [Child("memballoon")] public MemoryBalloon? MemoryBalloon { get; init; }
    [Child("rng")] public ValueList<Rng> Rngs { get; init; }
    [Child("nvram")] public NvramDevice? Nvram { get; init; }
    [Child("panic")] public ValueList<Panic> Panics { get; init; }
    [Child("shmem")] public ValueList<SharedMemory> SharedMemories { get; init; }
    [Child("memory")] public ValueList<MemoryDevice> Memories { get; init; }
    [Child("crypto")] public ValueList<Crypto> Cryptos { get; init; }
    [Child("iommu")] public Iommu? Iommu { get; init; }
    [Child("vsock")] public Vsock? Vsock { get; init; }

    /// <summary>Every device that has an address and alias, kind by kind.</summary>
    public IEnumerator<Device> GetEnumerator()
    {
        IEnumerable<Device>[] lists =
        [
            Disks, Controllers, Filesystems, Interfaces, Smartcards, Serials, Parallels, Consoles, Channels, Inputs, Tpms, Sounds, Videos, Hostdevs, RedirectedDevices,
            Hubs, Watchdogs,
            One(MemoryBalloon), Rngs, One(Nvram), Panics, SharedMemories, Memories, Cryptos, One(Iommu), One(Vsock),
        ];
        foreach (IEnumerable<Device> list in lists)
            foreach (Device device in list)
                yield return device;

        static IEnumerable<Device> One(Device? device) => device is null ? [] : [device];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Compares the lists, not the enumeration.</summary>
    public override string ToString() => $"{this.Count()} devices";
}
