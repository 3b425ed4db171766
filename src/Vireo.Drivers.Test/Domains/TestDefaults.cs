using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What this driver fills in where a definition is silent, and what it insists on.</summary>
static class TestDefaults
{
    public static DomainDef Complete(DomainDef def)
    {
        if (def.Os.Type is null)
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain, "an os <type> must be specified");
        if (def.Memory is not { KiB: > 0 } memory)
        {
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain,
                "Memory size must be specified via <memory> or in the <numa> configuration");
        }
        VcpuCount vcpu = def.Vcpu ?? new VcpuCount();
        ClockDef clock = def.Clock ?? new ClockDef();
        return def with
        {
            Id = null,
            Uuid = def.Uuid ?? Uuid.NewRandom(),
            CurrentMemory = def.CurrentMemory is { } current && current.KiB <= memory.KiB && current.KiB > 0 ? current : memory,
            Vcpu = vcpu with { Placement = vcpu.Placement ?? VcpuPlacement.Static, Maximum = vcpu.Maximum ?? 1 },
            Os = def.Os with
            {
                Arch = def.Os.Arch ?? "i686",
                Boot = def.Os.Boot.IsEmpty && def.Os.Type is OsType.Hvm && def.Os.Kernel is null && def.Devices.All(device => device.Boot is null)
                    ? [BootDevice.HardDisk] : def.Os.Boot,
            },
            Clock = clock with { Offset = clock.Offset ?? ClockOffset.Utc },
            OnPoweroff = def.OnPoweroff ?? LifecycleAction.Destroy,
            OnReboot = def.OnReboot ?? LifecycleAction.Restart,
            OnCrash = def.OnCrash ?? CrashAction.Destroy,
            Devices = def.Devices with { Disks = def.Devices.Disks.Map(Complete) },
        };
    }

    static Disk Complete(Disk disk) => disk with
    {
        Kind = disk.Kind ?? DiskKind.Disk,
        Target = disk.Target with { Bus = disk.Target.Bus ?? BusOf(disk.Target.Device) },
    };

    /// <summary>The bus that a target's name stands for.</summary>
    static DiskBus? BusOf(string target) => target switch
    {
        ['h', 'd', ..] => DiskBus.Ide,
        ['s', 'd', ..] => DiskBus.Scsi,
        ['f', 'd', ..] => DiskBus.Fdc,
        ['v', 'd', ..] => DiskBus.Virtio,
        ['x', 'v', 'd', ..] => DiskBus.Xen,
        ['u', 'b', 'd', ..] => DiskBus.Uml,
        _ => null,
    };
}
