using System.Collections.Immutable;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Platforms;

/// <summary>PCs.</summary>
static class X86
{
    public static Platform Of(MachineType type, QemuFacts facts)
    {
        var pc = new Platform
        {
            UsbModel = facts.Has(QemuFlag.Piix3Uhci) ? "piix3-uhci" : null,
            Inputs = InputBus.Ps2,
            InputBus = InputBus.Ps2,
            Serial = SerialTarget.IsaSerial,
        };
        if (type.IsQ35)
            return pc with { Root = RootBus.Pcie, HasSata = true, UsbControllers = UsbOfQ35(facts) };
        if (type.IsI440fx)
            return pc with { Root = RootBus.Pci };
        return type.Name == "isapc" ? pc with { UsbControllers = [] } : pc;
    }

    static ImmutableArray<string> UsbOfQ35(QemuFacts facts)
    {
        if (facts.Has(QemuFlag.QemuXhci))
            return ["qemu-xhci"];
        if (facts.Has("nec-usb-xhci"))
            return ["nec-xhci"];
        return facts.Has("ich9-usb-ehci1") ? ["ich9-ehci1", "ich9-uhci1", "ich9-uhci2", "ich9-uhci3"] : [];
    }
}
