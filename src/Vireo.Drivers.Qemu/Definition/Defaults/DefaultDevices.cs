using Vireo.Core;
using Vireo.Drivers.Qemu.Definition.Addresses;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Devices that a machine has although nobody asked: root bus, USB, balloon, PS/2 mouse and keyboard.</summary>
static class DefaultDevices
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        MachineType type = MachineType.OfDefinition(machine);
        DeviceSet set = machine.Devices;
        List<Controller> controllers = Numbered(set.Controllers);
        if (!controllers.Exists(static c => c.Type is ControllerType.Usb))
            foreach (string usb in DefaultUsb(type, context))
                controllers.Add(new Controller { Type = ControllerType.Usb, Index = 0, Model = usb.Length == 0 ? null : usb });
        if (type.IsQ35)
            ControllerList.AddMissing(controllers, ControllerType.Sata, 0, null);
        if (type.HasPcieRoot || type.HasPciRoot)
            ControllerList.AddMissing(controllers, ControllerType.Pci, 0, type.HasPcieRoot ? "pcie-root" : "pci-root");
        bool balloon = type.IsX86 || type.IsVirt || type.IsPseries || type.IsS390Ccw;
        return machine with
        {
            Devices = set with
            {
                Controllers = controllers.ToValueList(),
                MemoryBalloon = set.MemoryBalloon ?? (balloon ? new MemoryBalloon { Model = BalloonModel.Virtio } : null),
                Inputs = type.IsX86 ? WithPs2(set.Inputs) : set.Inputs,
            },
        };
    }

    /// <summary>Models of the controllers of bus 0; an empty one leaves the choice to the model's defaults.</summary>
    static string[] DefaultUsb(MachineType type, DefinitionContext context)
    {
        if (!type.IsQ35)
            return type.IsI440fx || type.IsPseries ? [""] : [];
        if (context.Facts.Has(QemuFlag.QemuXhci))
            return ["qemu-xhci"];
        if (context.Facts.Has("nec-usb-xhci"))
            return ["nec-xhci"];
        return context.Facts.Has("ich9-usb-ehci1") ? ["ich9-ehci1", "ich9-uhci1", "ich9-uhci2", "ich9-uhci3"] : [];
    }

    static List<Controller> Numbered(ValueList<Controller> written)
    {
        var controllers = new List<Controller>();
        foreach (Controller controller in written)
            ControllerList.Insert(controllers, controller with { Index = controller.Index ?? Free(controller, written, controllers) });
        return controllers;
    }

    static uint Free(Controller controller, ValueList<Controller> written, List<Controller> done)
    {
        if (controller.Type is ControllerType.Pci && controller.Model is "pci-root" or "pcie-root")
            return 0;
        if (controller.Type is ControllerType.Usb && controller.Model?.StartsWith("ich9-uhci", StringComparison.Ordinal) is true)
            foreach (Controller other in done)
                if (other.Type is ControllerType.Usb && other.Model?.StartsWith("ich9-", StringComparison.Ordinal) is true)
                    return other.Index ?? 0;
        uint index = controller.Type is ControllerType.Pci ? 1u : 0;
        while (written.Any(c => c.Type == controller.Type && c.Index == index) || done.Exists(c => c.Type == controller.Type && c.Index == index))
            index++;
        return index;
    }

    static ValueList<Input> WithPs2(ValueList<Input> inputs)
    {
        foreach (InputType type in (ReadOnlySpan<InputType>)[InputType.Mouse, InputType.Keyboard])
            if (!inputs.Any(i => i.Type == type && i.Bus is null or InputBus.Ps2))
                inputs = inputs.Add(new Input { Type = type, Bus = InputBus.Ps2 });
        return inputs;
    }
}
