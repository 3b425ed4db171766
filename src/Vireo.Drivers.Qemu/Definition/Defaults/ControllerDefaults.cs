using Vireo.Core;
using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Models of controllers.</summary>
static class ControllerDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        Platform platform = Platform.Of(machine, context.Facts);
        return machine with
        {
            Devices = machine.Devices with
            {
                Controllers = machine.Devices.Controllers.Map(c => c.Model is null ? c with { Model = Model(c, platform, context) } : c with
                {
                    Model = c is { Type: ControllerType.Scsi, Model: "auto" } ? Scsi(platform, context) : c.Model,
                    MasterStartPort = c.MasterStartPort ?? ControllerList.Companion(c),
                }),
            },
        };
    }

    static string? Model(Controller controller, Platform platform, DefinitionContext context) => controller.Type switch
    {
        ControllerType.Usb => platform.UsbModel is "none" && controller.Address is not null ? null
            : context.IsNew && platform.NewUsbModel is { } best ? best : platform.UsbModel,     // one that has a place is there
        ControllerType.Scsi => Scsi(platform, context),
        _ => null,
    };

    static string Scsi(Platform platform, DefinitionContext context) =>
        platform.ScsiModel ?? (context.Facts.Has("lsi") ? "lsilogic" : "virtio-scsi");
}
