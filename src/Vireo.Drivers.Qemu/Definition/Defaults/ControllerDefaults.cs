using Vireo.Core;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Models of controllers.</summary>
static class ControllerDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        MachineType type = MachineType.OfDefinition(machine);
        return machine with
        {
            Devices = machine.Devices with
            {
                Controllers = machine.Devices.Controllers.Map(c => c.Model is null ? c with { Model = Model(c, type, context) } : c with
                {
                    Model = c is { Type: ControllerType.Scsi, Model: "auto" } ? Scsi(type, context) : c.Model,
                    MasterStartPort = c.MasterStartPort ?? Companion(c),
                }),
            },
        };
    }

    static int? Companion(Controller controller) => controller is { Type: ControllerType.Usb, Model: { } model }
        ? model switch { "ich9-uhci1" => 0, "ich9-uhci2" => 2, "ich9-uhci3" => 4, _ => null }
        : null;

    static string? Model(Controller controller, MachineType type, DefinitionContext context) => controller.Type switch
    {
        ControllerType.Usb when type.IsX86 && context.Facts.Has(QemuFlag.Piix3Uhci) => "piix3-uhci",
        ControllerType.Usb when type.IsPseries && context.Facts.Has("pci-ohci") => "pci-ohci",
        ControllerType.Usb when type.IsVirt && type.Arch is "aarch64" => context.Facts.Has(QemuFlag.QemuXhci) ? "qemu-xhci" : "nec-xhci",
        ControllerType.Scsi => Scsi(type, context),
        _ => null,
    };

    static string Scsi(MachineType type, DefinitionContext context)
    {
        if (type.IsPseries)
            return "ibmvscsi";
        if (type.IsVirt || type.IsS390Ccw)
            return "virtio-scsi";
        return context.Facts.Has("lsi") ? "lsilogic" : "virtio-scsi";
    }
}
