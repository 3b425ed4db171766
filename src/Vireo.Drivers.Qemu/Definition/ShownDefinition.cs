using Vireo.Core;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Definition.Addresses;
using Vireo.Drivers.Qemu.Start;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition;

/// <summary>A definition as other hosts and older releases want to see it.</summary>
static class ShownDefinition
{
    /// <summary>A run's definition without what only the run has.</summary>
    /// <param name="live">The definition of what runs.</param>
    /// <param name="written">The one that it was made from; null if there is none on disk.</param>
    /// <param name="channelFolder">The folder of the run's own channel sockets.</param>
    internal static DomainDef WithoutRun(DomainDef live, DomainDef? written, string? channelFolder) => live with
    {
        Id = null,
        Devices = live.Devices with
        {
            Disks = live.Devices.Disks.Map(disk => WithoutRun(disk, written?.Devices.Disks.FirstOrDefault(d => d.Target.Device == disk.Target.Device))),
            Channels = live.Devices.Channels.Map(channel =>
                channel.Source is ChardevSource.OfUnix { Path: { } path } unix && channelFolder is not null
                    && path.StartsWith(channelFolder + "/", StringComparison.Ordinal)
                    ? channel with { Source = unix with { Mode = null, Path = null } }
                    : channel),
            Graphics = live.Devices.Graphics.Map(WithoutPorts),
            Interfaces = live.Devices.Interfaces.Map(NetworkCards.Written),
        },
    };

    /// <summary>
    /// The inactive definition of a machine that has none but that of its run, which libvirt shows with all that the run gave to it, besides what is a connection's or
    /// changes by itself. It is written as that of a machine that runs.
    /// </summary>
    internal static DomainDef OfTransient(DomainDef live)
    {
        DomainDef unnamed = CharacterTls.Forget(TapNames.Forget(live));
        DeviceSet set = unnamed.Devices;
        return unnamed with
        {
            Id = null,
            Devices = set with
            {
                Disks = set.Disks.Map(static disk => disk with { Mirror = null }),
                Interfaces = set.Interfaces.Map(static card => Unconnected(NetworkCards.Written(card))),
                Serials = set.Serials.Map(static one => one with { Source = WithoutTerminal(one.Source) }),
                Parallels = set.Parallels.Map(static one => one with { Source = WithoutTerminal(one.Source) }),
                Consoles = set.Consoles.Map(static one => one with { Source = WithoutTerminal(one.Source) }),
                Channels = set.Channels.Map(static one => one with
                {
                    Source = WithoutTerminal(one.Source),
                    Target = one.Target is ChannelTarget.OfVirtio port ? port with { State = null } : one.Target,
                }),
                Graphics = set.Graphics.Map(WithoutPorts),
                Memories = set.Memories.Map(static one => one with { Target = one.Target with { Current = null } }),
            },
        };
    }

    static Interface Unconnected(Interface card) => card with
    {
        Source = card.Source is InterfaceSource.OfNetwork network ? network with { PortId = null, Bridge = null } : card.Source,
    };

    static ChardevSource WithoutTerminal(ChardevSource source) => source is ChardevSource.OfPty pty ? pty with { Tty = null, Path = null } : source;

    static Disk WithoutRun(Disk disk, Disk? written) => disk with
    {
        Source = disk.Source with { Index = null },
        Driver = disk.Driver is { Type: null, Name: "qemu" } driver ? driver with { Type = StorageFormat.Raw } : disk.Driver,
        BackingStore = disk.BackingStore is { Source: not null } && written?.BackingStore is null ? null : WithoutIndex(disk.BackingStore),
    };

    static BackingStore? WithoutIndex(BackingStore? store) => store is null ? null : store with { Index = null, Next = WithoutIndex(store.Next) };

    /// <summary>A definition as it comes out when its document is read once more.</summary>
    internal static DomainDef ReadAgain(DomainDef machine) =>
        machine with { Devices = machine.Devices with { Controllers = ControllerList.Grouped(machine.Devices.Controllers) } };

    static Graphics WithoutPorts(Graphics graphics) => graphics switch
    {
        Graphics.Vnc { AutoPort: true } vnc => vnc with { Port = -1 },
        Graphics.Spice { AutoPort: true } spice => spice with { Port = null, TlsPort = null },
        _ => graphics,
    };

    /// <summary>
    /// Without devices that every machine of the kind has and that old releases did not write; a processor that was taken as it
    /// came, as it was asked for.
    /// </summary>
    /// <param name="machine">The definition.</param>
    /// <param name="cpuBefore">The processor that was asked for; null: the definition's.</param>
    /// <param name="map">What older releases took for part of CPU models.</param>
    internal static DomainDef Migratable(DomainDef machine, CpuDef? cpuBefore, X86Map map)
    {
        MachineType type = MachineType.OfDefinition(machine);
        DeviceSet set = machine.Devices;
        List<Controller> controllers = [.. ControllerList.Grouped(set.Controllers)];
        if (controllers.Where(static c => c.Type is ControllerType.Usb).ToList() is [{ Index: null or 0, Model: null or "piix3-uhci" } usb] && type.IsI440fx)
            controllers.Remove(usb);
        if (controllers.Where(static c => c.Type is ControllerType.Pci).ToList() is [{ Index: null or 0, Model: "pci-root" } root])
            controllers.Remove(root);
        return machine with
        {
            Cpu = ForOlder(cpuBefore is { Mode: null or CpuMode.Custom } ? cpuBefore : machine.Cpu, map),
            Devices = set with
            {
                Controllers = controllers.ToValueList(),
                Inputs = set.Inputs.Where(static i => i is not { Type: InputType.Keyboard, Bus: InputBus.Ps2 }).ToValueList(),
                Audios = set.Audios is [{ Id: 1, Type: AudioType.None } only] && only == new Audio { Id = 1, Type = AudioType.None } ? [] : set.Audios,
            },
        };
    }

    /// <summary>Older releases count features to a model that no QEMU has for it: they have to be told that these are off.</summary>
    static CpuDef? ForOlder(CpuDef? cpu, X86Map map)
    {
        if (cpu is not { Mode: null or CpuMode.Custom, Model.Name: { } name } || map.FindModel(name) is not { Dropped.IsEmpty: false } model)
            return cpu;
        var dropped = map.NamesOf(model.Dropped).ToHashSet(StringComparer.Ordinal);
        return cpu with
        {
            Features =
            [
                .. cpu.Features.Select(f => dropped.Remove(f.Name) ? f with { Policy = CpuFeaturePolicy.Disable } : f),
                .. map.NamesOf(model.Dropped).Where(dropped.Contains).Select(static f => new CpuFeature { Name = f, Policy = CpuFeaturePolicy.Disable }),
            ],
        };
    }
}
