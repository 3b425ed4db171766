using System.Collections.Immutable;
using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Bhyve.Definition;

/// <summary>Fills in what a user left out, as libvirt's bhyve driver does when a machine is defined. Each pass is a pure function.</summary>
public static class BhyveDefinition
{
    static readonly ImmutableArray<Func<DomainDef, BhyveContext, DomainDef>> Passes =
    [
        Identity,
        NullModems,
        SataPlaces,
        static (machine, context) => GeneralDefaults.Apply(machine, new GeneralContext { Inactive = context.Inactive }),
        Screen,
        Buses,
        static (machine, _) => ImplicitControllers.Apply(machine),
        static (machine, _) => PciSlots.Apply(machine),
    ];

    /// <summary>The definition with every default and address in place.</summary>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_INTERNAL_ERROR: more devices than the PCI bus has slots.</exception>
    public static DomainDef Complete(DomainDef written, BhyveContext context)
    {
        DomainDef machine = written;
        foreach (var pass in Passes)
            machine = pass(machine, context);
        return machine;
    }

    static DomainDef Identity(DomainDef machine, BhyveContext context) => machine with
    {
        Uuid = machine.Uuid ?? context.NewUuid(),
        Devices = machine.Devices with
        {
            Interfaces = machine.Devices.Interfaces.Map(card => card with { Mac = card.Mac ?? new InterfaceMac { Address = context.NewMac() } }),
        },
    };

    /// <summary>A null modem that names no device is one of the machine's own.</summary>
    static DomainDef NullModems(DomainDef machine, BhyveContext context)
    {
        ChardevSource Named(ChardevSource source) => source is ChardevSource.OfNmdm { Master: null, Slave: null } modem
            ? modem with { Master = $"/dev/nmdm{machine.Uuid}A", Slave = $"/dev/nmdm{machine.Uuid}B" }
            : source;
        return machine with
        {
            Devices = machine.Devices with
            {
                Serials = machine.Devices.Serials.Map(s => s with { Source = Named(s.Source) }),
                Consoles = machine.Devices.Consoles.Map(c => c with { Source = Named(c.Source) }),
            },
        };
    }

    static DomainDef SataPlaces(DomainDef machine, BhyveContext context) => machine with
    {
        Devices = machine.Devices with
        {
            Disks = machine.Devices.Disks.Map(disk => disk is { Target.Bus: DiskBus.Sata, Address: null } && TargetName.Index(disk.Target.Device) is >= 0 and var index
                ? disk with { Address = context.Ahci32Ports ? new DeviceAddress.Drive { Controller = (uint)index / 32, Unit = (uint)index % 32 } : new DeviceAddress.Drive { Controller = (uint)index } }
                : disk),
        },
    };

    /// <summary>Who looks at the machine needs a card that draws.</summary>
    static DomainDef Screen(DomainDef machine, BhyveContext context) => machine.Devices is { Graphics.IsEmpty: false, Videos.IsEmpty: true }
        ? machine with { Devices = machine.Devices with { Videos = [new Video { Model = new VideoModel { Type = VideoType.Gop, Heads = 1, Primary = true } }] } }
        : machine;

    static DomainDef Buses(DomainDef machine, BhyveContext context)
    {
        List<Controller> controllers = [.. machine.Devices.Controllers];
        ControllerList.AddMissing(controllers, ControllerType.Pci, 0, "pci-root");
        if (NeedsIsa(machine))
            ControllerList.AddMissing(controllers, ControllerType.Isa, 0, null);
        return machine with { Devices = machine.Devices with { Controllers = controllers.ToValueList() } };
    }

    /// <summary>Serial ports, a boot ROM and a frame buffer stand behind the LPC bridge.</summary>
    static bool NeedsIsa(DomainDef machine) =>
        machine is { Bootloader: null, Os.Loader: not null }
        || !machine.Devices.Serials.IsEmpty || !machine.Devices.Consoles.IsEmpty
        || machine.Devices is { Graphics.IsEmpty: false, Videos.IsEmpty: false };
}
