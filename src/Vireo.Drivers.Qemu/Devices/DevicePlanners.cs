using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>The planner of whatever device: what plugging and unplugging ask, as the command line's chapters ask theirs.</summary>
static class DevicePlanners
{
    /// <summary>The plan of a device that has its alias and address.</summary>
    internal static DevicePlan Plan(Device device, PlanContext at) => ZPciDevice.With(device switch
    {
        Disk disk => new DiskPlanner().Plan(disk, at),
        Controller controller => new ControllerPlanner().Plan(controller, at),
        Filesystem folder => new FilesystemPlanner().Plan(folder, at),
        Interface { Source: InterfaceSource.OfHostdev } card => HostdevPlanner.PlanCard(card, at),
        Interface card => new InterfacePlanner().Plan(card, at),
        Smartcard card => new SmartcardPlanner().Plan(card, at),
        Serial port => new SerialPlanner().Plan(port, at),
        Model.Domain.Devices.Parallel port => new ParallelPlanner().Plan(port, at),
        Channel channel => new ChannelPlanner().Plan(channel, at),
        GuestConsole console => new ConsolePlanner().Plan(console, at),
        Tpm tpm => new TpmPlanner().Plan(tpm, at),
        Input input => new InputPlanner().Plan(input, at),
        Video video => new VideoPlanner().Plan(video, at),
        Sound sound => new SoundPlanner().Plan(sound, at),
        Watchdog watchdog => new WatchdogPlanner().Plan(watchdog, at),
        RedirectedDevice lent => new RedirectPlanner().Plan(lent, at),
        Hostdev hostdev => new HostdevPlanner().Plan(hostdev, at),
        MemoryBalloon balloon => new BalloonPlanner().Plan(balloon, at),
        Rng rng => new RngPlanner().Plan(rng, at),
        Panic panic => new PanicPlanner().Plan(panic, at),
        SharedMemory memory => new SharedMemoryPlanner().Plan(memory, at),
        Vsock vsock => new VsockPlanner().Plan(vsock, at),
        Pstore store => new PstorePlanner().Plan(store, at),
        Crypto crypto => new CryptoPlanner().Plan(crypto, at),
        MemoryDevice memory => new MemoryPlanner().Plan(memory, at),
        Hub hub => new HubPlanner().Plan(hub, at),
        Iommu iommu => new IommuPlanner().Plan(iommu, at),
        _ => DevicePlan.Nothing,
    }, device);
}
