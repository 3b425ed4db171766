using Vireo.Core;
using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Devices that a machine has although nobody asked: root bus, USB, balloon, mouse and keyboard.</summary>
static class DefaultDevices
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        Platform platform = Platform.Of(machine, context.Facts);
        DeviceSet set = machine.Devices;
        List<Controller> controllers = [.. set.Controllers];
        if (!controllers.Exists(static c => c is { Type: ControllerType.Usb, Index: null or 0 } or { Type: ControllerType.Usb, Model: "none" }))
            foreach (string usb in platform.UsbControllers)
                controllers.Add(new Controller { Type = ControllerType.Usb, Index = 0, Model = usb.Length == 0 ? null : usb });
        if (platform.HasSata)
            ControllerList.AddMissing(controllers, ControllerType.Sata, 0, null);
        if (platform.Root is not RootBus.None)
            ControllerList.AddMissing(controllers, ControllerType.Pci, 0, platform.Root is RootBus.Pcie ? "pcie-root" : "pci-root");
        return machine with
        {
            Devices = set with
            {
                Controllers = controllers.ToValueList(),
                MemoryBalloon = set.MemoryBalloon ?? (platform.HasBalloon ? new MemoryBalloon { Model = BalloonModel.Virtio } : null),
                Inputs = WithStandard(set, platform.Inputs),
                Panics = set.Panics.IsEmpty && platform.Panic is { } panic ? [new Panic { Model = panic }] : set.Panics,
            },
        };
    }

    static ValueList<Input> WithStandard(DeviceSet set, InputBus? bus)
    {
        ValueList<Input> inputs = set.Inputs;
        if (bus is null || bus is InputBus.Usb && set.Graphics.IsEmpty)
            return inputs;
        ReadOnlySpan<InputType> types = bus is InputBus.Usb ? [InputType.Keyboard, InputType.Mouse] : [InputType.Mouse, InputType.Keyboard];
        foreach (InputType type in types)
            if (!inputs.Any(i => (i.Type == type || type is InputType.Mouse && i.Type is InputType.Tablet) && (i.Bus ?? bus) == bus))
                inputs = inputs.Add(new Input { Type = type, Bus = bus });
        return inputs;
    }
}
