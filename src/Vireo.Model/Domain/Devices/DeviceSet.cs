using System.Collections;
using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>The machine's devices by kind, in the order they are written.</summary>
[Element("devices", Block = true)]
public sealed partial record DeviceSet : IEnumerable<Device>
{
    [Text("emulator")] public string? Emulator { get; init; }
    [Child("disk")] [Abi("domain disk count")] public ValueList<Disk> Disks { get; init; }
    [Child("controller")] [Abi("domain controller count")] public ValueList<Controller> Controllers { get; init; }
    [Child("lease")] public ValueList<Lease> Leases { get; init; }
    [Child("filesystem", Since = "0.3.3")] [Abi("domain filesystem count")] public ValueList<Filesystem> Filesystems { get; init; }
    [Child("interface")] [Abi("domain net card count")] public ValueList<Interface> Interfaces { get; init; }
    [Child("smartcard", Since = "0.8.8")] [Abi("domain smartcard count")] public ValueList<Smartcard> Smartcards { get; init; }
    [Child("serial")] [Abi("domain serial port count")] public ValueList<Serial> Serials { get; init; }
    [Child("parallel")] [Abi("domain parallel port count")] public ValueList<Parallel> Parallels { get; init; }
    [Child("console")] [Abi("domain console count")] public ValueList<GuestConsole> Consoles { get; init; }
    [Child("channel")] [Abi("domain channel count")] public ValueList<Channel> Channels { get; init; }
    [Child("input")] [Abi("domain input device count")] public ValueList<Input> Inputs { get; init; }
    [Child("tpm", Since = "1.0.5")] [Abi("domain TPM device count")] public ValueList<Tpm> Tpms { get; init; }
    [Child("graphics")] public ValueList<Graphics> Graphics { get; init; }
    [Child("sound", Since = "0.4.3")] [Abi("domain sound card count")] public ValueList<Sound> Sounds { get; init; }
    [Child("audio", Since = "6.7.0")] public ValueList<Audio> Audios { get; init; }
    [Child("video")] [Abi("domain video card count")] public ValueList<Video> Videos { get; init; }
    [Child("hostdev", Since = "0.4.4")] [Abi("domain host device count")] public ValueList<Hostdev> Hostdevs { get; init; }
    [Child("redirdev", Since = "0.9.5")] [Abi("domain redirected devices count")] public ValueList<RedirectedDevice> RedirectedDevices { get; init; }
    [Child("redirfilter", Once = "internal|only one set of redirection filter rule is supported")] [Abi("domain USB redirection filter count")] public RedirectFilter? RedirectFilter { get; init; }
    [Child("hub")] [Abi("domain hub device count")] public ValueList<Hub> Hubs { get; init; }
    [Child("watchdog", Since = "0.7.3")] [Abi("domain watchdog count")] public ValueList<Watchdog> Watchdogs { get; init; }
    [Child("memballoon", Once = "internal|only a single memory balloon device is supported", Since = "0.8.3")] [Abi("domain memory balloon count")] public MemoryBalloon? MemoryBalloon { get; init; }
    [Child("rng", Since = "1.0.3")] [Abi("domain RNG device count")] public ValueList<Rng> Rngs { get; init; }
    [Child("nvram", Once = "internal|only a single nvram device is supported", Since = "1.0.5")] public NvramDevice? Nvram { get; init; }
    [Child("panic", Since = "1.2.1")] [Abi("domain panic device count")] public ValueList<Panic> Panics { get; init; }
    [Child("shmem", Since = "1.2.10")] [Abi("domain shared memory device count")] public ValueList<SharedMemory> SharedMemories { get; init; }
    [Child("memory", Since = "1.2.14")] [Abi("domain memory device count")] public ValueList<MemoryDevice> Memories { get; init; }
    [Child("crypto", Since = "9.0.0")] public ValueList<Crypto> Cryptos { get; init; }
    [Child("iommu", Once = "xml|only a single IOMMU device is supported", Since = "2.1.0")] [Abi(Text = "Target domain IOMMU device count does not match source")] public Iommu? Iommu { get; init; }
    [Child("vsock", Once = "xml|only a single vsock device is supported", Since = "4.4.0")] [Abi(Text = "Target domain vsock device count does not match source")] public Vsock? Vsock { get; init; }
    [Child("pstore", Once = "xml|only a single pstore device is supported", Since = "10.6.0")] public Pstore? Pstore { get; init; }

    /// <summary>Every device that has an address and alias, kind by kind.</summary>
    public IEnumerator<Device> GetEnumerator()
    {
        IEnumerable<Device>[] lists =
        [
            Disks, Controllers, Filesystems, Interfaces, Smartcards, Serials, Parallels, Consoles, Channels, Inputs, Tpms, Sounds, Videos, Hostdevs, RedirectedDevices,
            Hubs, Watchdogs,
            One(MemoryBalloon), Rngs, One(Nvram), Panics, SharedMemories, Memories, Cryptos, One(Iommu), One(Vsock), One(Pstore),
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
