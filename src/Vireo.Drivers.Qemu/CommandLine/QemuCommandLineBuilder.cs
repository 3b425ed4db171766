using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine.Machine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>
/// Makes QEMU's command line from a live definition: one that has been through the definition passes and
/// <see cref="Definition.LivePasses"/> (aliases, image indexes, ports). Pure: nothing of the host is touched, what has to be
/// opened or started is in the result.
/// </summary>
public static class QemuCommandLineBuilder
{
    /// <summary>The chapters in the order of their arguments, which is libvirt's.</summary>
    static readonly ImmutableArray<IChapter> Chapters =
    [
        new NameChapter(),
        new CompatChapter(),
        new WaitingChapter(),
        new MasterKeyChapter(),
        new ReservationsChapter(),
        new FirmwareChapter(),
        new FipsChapter(),
        new MachineChapter(),
        new TsegChapter(),
        new CpuChapter(),
        new LoaderChapter(),
        new MemoryChapter(),
        new SmpChapter(),
        new IoThreadChapter(),
        new NumaChapter(),
        new UuidChapter(),
        new SmbiosChapter(),
        new GenerationIdChapter(),
        new NoDisplayChapter(),
        new NoDefaultsChapter(),
        new MonitorChapter(),
        new ClockChapter(),
        new PowerChapter(),
        new BootChapter(),
        new DeviceChapter<Model.Domain.Devices.Iommu>(new IommuPlanner(), m => m.Devices.Iommu is { } iommu && IommuPlanner.IsFirst(iommu) ? [iommu] : []),
        new PciHostChapter(),
        new ControllerChapter(),
        new DeviceChapter<Model.Domain.Devices.MemoryDevice>(new MemoryPlanner(), m => m.Devices.Memories),
        new DeviceChapter<Model.Domain.Devices.Hub>(new HubPlanner(), m => m.Devices.Hubs),
        new FloppyChapter(),
        new DeviceChapter<Model.Domain.Devices.Disk>(new DiskPlanner(), m => m.Devices.Disks.Where(DiskPlanner.IsThereAtStart)),
        new DeviceChapter<Model.Domain.Devices.Filesystem>(new FilesystemPlanner(), m => m.Devices.Filesystems),
        new DeviceChapter<Model.Domain.Devices.Interface>(new InterfacePlanner(), m => m.Devices.Interfaces),
        new DeviceChapter<Model.Domain.Devices.Smartcard>(new SmartcardPlanner(), m => m.Devices.Smartcards),
        new DeviceChapter<Model.Domain.Devices.Serial>(new SerialPlanner(), m => m.Devices.Serials),
        new DeviceChapter<Model.Domain.Devices.Parallel>(new ParallelPlanner(), m => m.Devices.Parallels),
        new DeviceChapter<Model.Domain.Devices.Channel>(new ChannelPlanner(), m => m.Devices.Channels),
        new DeviceChapter<Model.Domain.Devices.GuestConsole>(new ConsolePlanner(), m => m.Devices.Consoles),
        new DeviceChapter<Model.Domain.Devices.Tpm>(new TpmPlanner(), m => m.Devices.Tpms),
        new DeviceChapter<Model.Domain.Devices.Input>(new InputPlanner(), m => m.Devices.Inputs),
        new AudioChapter(),
        new GraphicsChapter(),
        new DeviceChapter<Model.Domain.Devices.Video>(new VideoPlanner(), m => m.Devices.Videos),
        new DeviceChapter<Model.Domain.Devices.Sound>(new SoundPlanner(), m => m.Devices.Sounds),
        new SpeakerChapter(),
        new DeviceChapter<Model.Domain.Devices.Watchdog>(new WatchdogPlanner(), m => m.Devices.Watchdogs),
        new WatchdogActionChapter(),
        new DeviceChapter<Model.Domain.Devices.RedirectedDevice>(new RedirectPlanner(), m => m.Devices.RedirectedDevices),
        new HostCardChapter(),
        new DeviceChapter<Model.Domain.Devices.Hostdev>(new HostdevPlanner(), m => m.Devices.Hostdevs),
        new IncomingChapter(),
        new DeviceChapter<Model.Domain.Devices.MemoryBalloon>(new BalloonPlanner(), m => m.Devices.MemoryBalloon is { } b ? [b] : []),
        new DeviceChapter<Model.Domain.Devices.Rng>(new RngPlanner(), m => m.Devices.Rngs),
        new NvramChapter(),
        new VmCoreInfoChapter(),
        new LaunchSecurityChapter(),
        new WrittenArgumentsChapter(),
        new SandboxChapter(),
        new DeviceChapter<Model.Domain.Devices.Panic>(new PanicPlanner(), m => m.Devices.Panics),
        new DeviceChapter<Model.Domain.Devices.SharedMemory>(new SharedMemoryPlanner(), m => m.Devices.SharedMemories),
        new DeviceChapter<Model.Domain.Devices.Vsock>(new VsockPlanner(), m => m.Devices.Vsock is { } v ? [v] : []),
        new DeviceChapter<Model.Domain.Devices.Crypto>(new CryptoPlanner(), m => m.Devices.Cryptos),
        new DeviceChapter<Model.Domain.Devices.Pstore>(new PstorePlanner(), m => m.Devices.Pstore is { } store ? [store] : []),
        new MessageChapter(),
    ];

    /// <summary>The whole command line.</summary>
    public static QemuCommandLine Build(DomainDef live, QemuFacts facts, StartContext start)
    {
        var writer = new ArgumentWriter(live, facts, start);
        foreach (IChapter chapter in Chapters)
            chapter.Write(writer);
        return new QemuCommandLine
        {
            Arguments = [live.Devices.Emulator ?? facts.Emulator, .. writer.Arguments],
            Environment = [.. GuestEnvironment.Of(start), .. GuestEnvironment.OfScreens(live, start), .. writer.Environment],
            Descriptors = [.. writer.Descriptors],
            Host = [.. writer.Host],
        };
    }
}
