using Vireo.Core;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition;

/// <summary>Names every device as libvirt does. A user's own alias (ua-...) stays, and so does one given before.</summary>
static class Aliases
{
    public static DomainDef Apply(DomainDef machine)
    {
        DeviceSet set = machine.Devices;
        MachineType type = MachineType.OfDefinition(machine);
        set = set with
        {
            Disks = set.Disks.Map(d => d.Alias is null ? d with { Alias = Disk(d, machine) } : d),
            Controllers = Controllers(set.Controllers, type),
            Interfaces = Cards(set.Interfaces),
            Serials = Numbered(set.Serials, "serial", static (d, a) => d with { Alias = a }),
            Parallels = Numbered(set.Parallels, "parallel", static (d, a) => d with { Alias = a }),
            Channels = Numbered(set.Channels, "channel", static (d, a) => d with { Alias = a }),
            Inputs = Numbered(set.Inputs, "input", static (d, a) => d with { Alias = a }),
            Tpms = Numbered(set.Tpms, "tpm", static (d, a) => d with { Alias = a }),
            Sounds = Numbered(set.Sounds, "sound", static (d, a) => d with { Alias = a }),
            Videos = Numbered(set.Videos, "video", static (d, a) => d with { Alias = a }),
            Hubs = Numbered(set.Hubs, "hub", static (d, a) => d with { Alias = a }),
            Filesystems = Numbered(set.Filesystems, "fs", static (d, a) => d with { Alias = a }),
            Smartcards = Numbered(set.Smartcards, "smartcard", static (d, a) => d with { Alias = a }),
            RedirectedDevices = Numbered(set.RedirectedDevices, "redir", static (d, a) => d with { Alias = a }),
            SharedMemories = Numbered(set.SharedMemories, "shmem", static (d, a) => d with { Alias = a }),
            Watchdogs = Numbered(set.Watchdogs, "watchdog", static (d, a) => d with { Alias = a }),
            Rngs = Numbered(set.Rngs, "rng", static (d, a) => d with { Alias = a }),
            Cryptos = Numbered(set.Cryptos, "crypto", static (d, a) => d with { Alias = a }),
            Memories = Memories(set.Memories),
            MemoryBalloon = set.MemoryBalloon is { Alias: null, Model: not BalloonModel.None } balloon
                ? balloon with { Alias = "balloon0" } : set.MemoryBalloon is { Model: BalloonModel.None } none ? none with { Alias = null } : set.MemoryBalloon,
            Iommu = set.Iommu is { Alias: null } iommu ? iommu with { Alias = "iommu0" } : set.Iommu,
            Pstore = set.Pstore is { Alias: null } store ? store with { Alias = "pstore0" } : set.Pstore,
            Vsock = set.Vsock is { Alias: null } vsock ? vsock with { Alias = "vsock0" } : set.Vsock,
        };
        set = set with { Hostdevs = Hostdevs(set) };
        return machine with { Devices = set with { Consoles = Consoles(set) } };
    }

    static ValueList<T> Numbered<T>(ValueList<T> devices, string prefix, Func<T, string, T> name) where T : Device
    {
        var taken = new HashSet<string>(devices.Select(static d => d.Alias).OfType<string>(), StringComparer.Ordinal);
        int number = 0;
        return devices.Map(device =>
        {
            int own = number++;
            if (device.Alias is not null)
                return device;
            while (!taken.Add(prefix + own))
                own++;
            return name(device, prefix + own);
        });
    }

    /// <summary>Modules are named by their slots, other memory by kind and turn.</summary>
    static ValueList<MemoryDevice> Memories(ValueList<MemoryDevice> memories)
    {
        var taken = new HashSet<string>(memories.Select(static m => m.Alias).OfType<string>(), StringComparer.Ordinal);
        return memories.Map(memory =>
        {
            if (memory.Alias is not null)
                return memory;
            string prefix = memory.Model switch
            {
                MemoryModel.NvDimm => "nvdimm",
                MemoryModel.VirtioPmem => "virtiopmem",
                MemoryModel.VirtioMem => "virtiomem",
                MemoryModel.SgxEpc => "epc",
                _ => "dimm",
            };
            uint number = (memory.Address as DeviceAddress.Dimm)?.Slot ?? 0;
            while (!taken.Add(prefix + number))
                number++;
            return memory with { Alias = prefix + number };
        });
    }

    // A card of the host's is named among the host's devices, before all others.
    static ValueList<Interface> Cards(ValueList<Interface> cards)
    {
        var taken = new HashSet<string>(cards.Select(static c => c.Alias).OfType<string>(), StringComparer.Ordinal);
        int number = 0, ofHost = 0;
        return cards.Map(card =>
        {
            bool host = card.Source is InterfaceSource.OfHostdev;
            int own = host ? ofHost++ : number++;
            if (card.Alias is not null)
                return card;
            string prefix = host ? "hostdev" : "net";
            while (!taken.Add(prefix + own))
                own++;
            return card with { Alias = prefix + own };
        });
    }

    static ValueList<Hostdev> Hostdevs(DeviceSet set)
    {
        var taken = new HashSet<string>(set.Hostdevs.Select(static d => d.Alias).Concat(set.Interfaces.Select(static c => c.Alias)).OfType<string>(), StringComparer.Ordinal);
        int number = set.Interfaces.Count(static c => c.Source is InterfaceSource.OfHostdev);
        return set.Hostdevs.Map(device =>
        {
            int own = number++;
            if (device.Alias is not null)
                return device;
            while (!taken.Add($"hostdev{own}"))
                own++;
            return device with { Alias = $"hostdev{own}" };
        });
    }

    /// <summary>The console that mirrors the first serial port is named like it.</summary>
    static ValueList<GuestConsole> Consoles(DeviceSet set)
    {
        ValueList<GuestConsole> named = Numbered(set.Consoles, "console", static (d, a) => d with { Alias = a });
        if (named.Count > 0 && set.Consoles[0].Alias is null && set.Serials.Count > 0 && named[0].TargetType is ConsoleTarget.Serial or null)
            return named.SetItem(0, named[0] with { Alias = set.Serials[0].Alias });
        return named;
    }

    static ValueList<Controller> Controllers(ValueList<Controller> controllers, MachineType type)
    {
        string? master = null;
        foreach (Controller controller in controllers)
            if (controller.Type is ControllerType.Usb && controller.Alias is not null && controller.MasterStartPort is null)
                master ??= controller.Alias;
        return controllers.Map(c => c.Alias is null ? c with { Alias = Controller(c, type, controllers) } : c);
    }

    static string Controller(Controller controller, MachineType type, ValueList<Controller> all)
    {
        uint index = controller.Index ?? 0;
        switch (controller.Type)
        {
            case ControllerType.Pci:
                return controller.Model switch
                {
                    "pcie-root" => "pcie.0",
                    "pci-root" when index == 0 && !type.HasNumberedPci => "pci",
                    _ => $"pci.{index}",
                };
            case ControllerType.Usb:
                if (controller.MasterStartPort is not null)
                    foreach (Controller other in all)
                        if (other.Type is ControllerType.Usb && other.Index == controller.Index && other.MasterStartPort is null && other.Alias is { } master)
                            return master;
                return index == 0 ? "usb" : $"usb{index}";
            case ControllerType.Ide:
                return index == 0 && type.HasBuiltinIde ? "ide" : $"ide{index}";
            case ControllerType.Sata:
                return index == 0 && type.IsQ35 ? "ide" : $"sata{index}";
            case ControllerType.Scsi:
                return index == 0 && type.HasBuiltinEsp && controller.Model is "ncr53c90" ? "scsi" : $"scsi{index}";
            case ControllerType.VirtioSerial:
                return $"virtio-serial{index}";
            case ControllerType.Fdc:
                return $"fdc{index}";
            case ControllerType.Ccid:
                return $"ccid{index}";
            default:
                return $"{controller.Type.ToString().ToLowerInvariant()}{index}";
        }
    }

    static string Disk(Disk disk, DomainDef machine)
    {
        var drive = disk.Address as DeviceAddress.Drive ?? new DeviceAddress.Drive();
        switch (disk.Target.Bus)
        {
            case DiskBus.Ide:
                return $"ide{drive.Controller}-{drive.Bus}-{drive.Unit}";
            case DiskBus.Sata:
                return $"sata{drive.Controller}-{drive.Bus}-{drive.Unit}";
            case DiskBus.Fdc:
                return $"fdc{drive.Controller}-{drive.Bus}-{drive.Unit}";
            case DiskBus.Scsi:
                return ScsiBus.IsNarrow(machine, drive.Controller)
                    ? $"scsi{drive.Controller}-{drive.Bus}-{drive.Unit}"
                    : $"scsi{drive.Controller}-{drive.Bus}-{drive.Target}-{drive.Unit}";
            default:
                int index = TargetName.Index(disk.Target.Device);
                return disk.Target.Bus switch
                {
                    DiskBus.Virtio => $"virtio-disk{index}",
                    DiskBus.Usb => $"usb-disk{index}",
                    DiskBus.Sd => $"sd-disk{index}",
                    _ => $"disk{index}",
                };
        }
    }
}
