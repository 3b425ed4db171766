using System.Collections.Immutable;
using Vireo.Drivers.Qemu.Definition.Addresses;
using Vireo.Drivers.Qemu.Definition.Defaults;
using Vireo.Drivers.Qemu.Definition.Firmware;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;

namespace Vireo.Drivers.Qemu.Definition;

/// <summary>Fills in what a user left out, as libvirt does when a machine is defined. Each pass is a pure function.</summary>
public static class DefinitionPasses
{
    static readonly ImmutableArray<Func<DomainDef, DefinitionContext, DomainDef>> Passes =
    [
        IdentityDefaults.Apply,
        MachineDefaults.Apply,
        FirmwareDefaults.Apply,
        General,
        SveDefaults.Apply,
        CpuDefaults.Apply,
        GicDefaults.Apply,
        BootDefaults.Apply,
        DiskDefaults.Apply,
        CharacterDefaults.Apply,
        InterfaceDefaults.Apply,
        GraphicsDefaults.Apply,
        DefaultDevices.Apply,
        ControllerDefaults.Apply,
        SmallDeviceDefaults.Apply,
        MemoryDeviceDefaults.Apply,
        VideoDefaults.Apply,
        AudioDefaults.Apply,
        VirtioSerialAddresses.Apply,
        DriveAddresses.Apply,
        ControllerLimits.Apply,
        static (machine, _) => ImplicitControllers.Apply(machine),
        ControllerDefaults.Apply,
        SpaprVioAddresses.Apply,
        VirtioTransports.Ccw,
        VirtioTransports.Mmio,
        PciAddresses.Apply,
        ZPciAddresses.Apply,
        UsbAddresses.Apply,
        MemoryAlignment.Apply,
    ];

    /// <summary>The definition with every default and address in place.</summary>
    public static DomainDef Complete(DomainDef written, DefinitionContext context)
    {
        DomainDef machine = written;
        foreach (var pass in Passes)
            machine = pass(machine, context);
        return machine;
    }

    static DomainDef General(DomainDef machine, DefinitionContext context) => GeneralDefaults.Apply(machine, new GeneralContext
    {
        Inactive = context.Inactive,
        Status = context.Status,
        IsNew = context.IsNew,
        HostArch = context.HostArch,
        SecurityModel = context.SecurityModel,
    });
}
