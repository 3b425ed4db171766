using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>How drives are numbered on a SCSI controller.</summary>
static class ScsiBus
{
    /// <summary>A parallel bus: a drive is one id, without channel and LUN.</summary>
    public static bool IsNarrow(DomainDef machine, uint index)
    {
        foreach (Controller controller in machine.Devices.Controllers)
            if (controller.Type is ControllerType.Scsi && (controller.Index ?? 0) == index)
                return controller.Model is "lsilogic" or "auto" or "am53c974" or "dc390" or "ncr53c90";
        return false;
    }
}
