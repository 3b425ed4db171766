using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>What libvirt refuses for QEMU: rules that know the machine and the binary. Each family of devices has a file of its own.</summary>
public static class QemuRules
{
    /// <summary>What must be right before anything can be filled in: the binary can run such a machine at all.</summary>
    public static Findings CheckBinary(DomainDef written, QemuFacts facts)
    {
        var found = new Findings(ErrorDomain.Qemu);
        if (written.Os.Arch is { } arch && !Runs(facts.Arch, arch))
            found.Unsupported(written.Os, $"Emulator '{facts.Emulator}' does not support arch '{arch}'");
        if (written.Os.Type is null && written.Bootloader is null)
            found.Wrong(written.Os, "an os <type> must be specified");
        foreach (Graphics screen in written.Devices.Graphics)
            GraphicsRules.Check(screen, written, found);
        return found;
    }

    /// <summary>Runs every rule over a complete definition, those of all hypervisors after QEMU's own.</summary>
    public static Findings Check(DomainDef complete, QemuFacts facts)
    {
        var machine = new RuledMachine(complete, facts);
        var found = new Findings(ErrorDomain.Qemu);
        LifecycleRules.Check(complete, machine, found);
        FeatureRules.Check(complete.Features ?? new Features(), machine, found);
        if (complete.Clock is { } clock)
            ClockRules.Check(clock, machine, found);
        if (complete.Cpu is { } cpu)
            CpuRules.Check(cpu, machine, found);
        MemorySetRules.Check(complete, machine, found);
        ScreenRules.Check(complete.Devices, machine, found);
        HostdevSetRules.Check(complete.Devices, machine, found);
        UsbRules.Check(complete.Devices, machine, found);
        foreach (Device device in complete.Devices)
            CheckDevice(device, machine, found);
        foreach (Finding general in DomainRules.Check(complete).All)
            found.Add(general.Element, general.Code, general.Text, general.Domain);
        return found;
    }

    /// <summary>The rules of one device, as attaching it asks them too.</summary>
    public static void CheckDevice(Device device, RuledMachine machine, Findings found)
    {
        switch (device)
        {
            case Disk disk: QemuDiskRules.Check(disk, machine, found); break;
            case Controller controller: ControllerRules.Check(controller, machine, found); break;
            case Filesystem folder: FilesystemRules.Check(folder, machine, found); break;
            case Interface card: QemuInterfaceRules.Check(card, machine, found); break;
            case Tpm tpm: TpmRules.Check(tpm, machine, found); break;
            case Hub hub: HubRules.Check(hub, machine, found); break;
            case Smartcard card: SmartcardRules.Check(card, machine, found); break;
            case RedirectedDevice lent: RedirectRules.Check(lent, machine, found); break;
            case CharDevice stream: CharacterRules.Check(stream, machine, found); break;
            case Input input: InputRules.Check(input, machine, found); break;
            case Video video: VideoRules.Check(video, machine, found); break;
            case Hostdev hostdev: HostdevRules.Check(hostdev, machine, found); break;
            case MemoryDevice memory: MemoryRules.Check(memory, machine, found); break;
            case Model.Domain.Devices.SharedMemory memory: SharedMemoryRules.Check(memory, machine, found); break;
            case Watchdog dog: WatchdogRules.Check(dog, machine, found); break;
            case Panic panic: PanicRules.Check(panic, machine, found); break;
            case Iommu iommu: IommuRules.Check(iommu, machine, found); break;
            case NvramDevice nvram: NvramRules.Check(nvram, machine, found); break;
            case Vsock vsock: VsockRules.Check(vsock, machine, found); break;
            case Pstore store: PstoreRules.Check(store, machine, found); break;
            case MemoryBalloon balloon: BalloonRules.Check(balloon, machine, found); break;
        }
    }

    static bool Runs(string binary, string arch) => binary == arch || (binary, arch) is ("x86_64", "i686") or ("armv7l", "armv6l") or ("ppc64", "ppc64le");
}
