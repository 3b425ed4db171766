using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Controllers stand together by type and index; those without an index get one.</summary>
static class ControllerNormals
{
    public static DomainDef Apply(DomainDef machine, GeneralContext context)
    {
        var controllers = new List<Controller>();
        foreach (Controller written in machine.Devices.Controllers)
        {
            Controller controller = OwnParts(written) with { MasterStartPort = written.MasterStartPort ?? ControllerList.Companion(written) };
            if (controller.Index is not null)
                ControllerList.Insert(controllers, controller);
            else
                controllers.Insert(controllers.FindLastIndex(c => c.Type == controller.Type) is >= 0 and var last ? last + 1 : controllers.Count, controller);
        }
        for (int i = 0; i < controllers.Count; i++)
            if (controllers[i].Index is null)
                controllers[i] = controllers[i] with { Index = Free(controllers, i) };
        return machine with { Devices = machine.Devices with { Controllers = controllers.ToValueList() } };
    }

    /// <summary>What only controllers of another type have is dropped.</summary>
    static Controller OwnParts(Controller written)
    {
        bool pci = written.Type is ControllerType.Pci, serial = written.Type is ControllerType.VirtioSerial, xen = written.Type is ControllerType.XenBus;
        return written with
        {
            Address = written is { Type: ControllerType.Usb, Model: "none" } ? null : written.Address,
            Ports = serial || written.Type is ControllerType.Usb ? written.Ports : null,
            Vectors = serial ? written.Vectors : null,
            MaxGrantFrames = xen ? written.MaxGrantFrames : null,
            MaxEventChannels = xen ? written.MaxEventChannels : null,
            ModelName = pci ? written.ModelName : null,
            Target = pci ? written.Target : null,
            PciHole64 = pci ? written.PciHole64 : null,
        };
    }

    /// <summary>A function of a USB 2 controller belongs to the one before it unless that has this function already.</summary>
    static uint Free(List<Controller> all, int at)
    {
        Controller controller = all[at];
        if (at > 0 && IsUsb2(controller) && IsUsb2(all[at - 1]) && all[at - 1].Index is { } before
            && !all.Exists(c => c.Type is ControllerType.Usb && c.Index == before && c.Model == controller.Model))
            return before;
        uint index = controller.Type is ControllerType.Pci && controller.Model is not ("pci-root" or "pcie-root") ? 1u : 0;
        while (all.Exists(c => c.Type == controller.Type && c.Index == index))
            index++;
        return index;
    }

    static bool IsUsb2(Controller controller) => controller is { Type: ControllerType.Usb, Model: "ich9-ehci1" or "ich9-uhci1" or "ich9-uhci2" or "ich9-uhci3" };
}
