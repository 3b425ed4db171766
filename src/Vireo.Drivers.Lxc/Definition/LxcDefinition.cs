using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Lxc.Definition;

/// <summary>Fills in what a user left out of a container's definition, as libvirt's LXC driver does.</summary>
public static class LxcDefinition
{
    /// <summary>The program that runs in a container whose definition names none.</summary>
    public const string DefaultInit = "/sbin/init";

    /// <summary>The definition with every default in place.</summary>
    public static DomainDef Complete(DomainDef written, LxcContext context)
    {
        DomainDef machine = GeneralDefaults.Apply(Consoles(written), new GeneralContext { Inactive = context.Inactive, HostArch = context.HostArch });
        return machine with
        {
            Uuid = machine.Uuid ?? context.NewUuid(),
            Os = machine.Os.Type is OsType.Exe ? machine.Os with { Init = machine.Os.Init ?? DefaultInit } : machine.Os,
            Devices = machine.Devices with
            {
                Emulator = machine.Devices.Emulator ?? context.Emulator,
                Interfaces = machine.Devices.Interfaces.Map(card => card with { Mac = card.Mac ?? new InterfaceMac { Address = context.NewMac() } }),
            },
        };
    }

    /// <summary>A container's console is a terminal of its own, not another view of a serial port.</summary>
    static DomainDef Consoles(DomainDef machine) => machine with
    {
        Devices = machine.Devices with
        {
            Consoles = machine.Devices.Consoles.Map(static console => console with { TargetType = console.TargetType ?? ConsoleTarget.Lxc }),
        },
    };
}
