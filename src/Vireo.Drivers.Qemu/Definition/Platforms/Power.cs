using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Platforms;

/// <summary>POWER: IBM's pseries, and old boards.</summary>
static class Power
{
    public static Platform Of(MachineType type, QemuFacts facts)
    {
        var board = new Platform { Root = RootBus.Pci, UsbModel = facts.Has(QemuFlag.Piix3Uhci) ? "piix3-uhci" : null };
        if (type.Arch is not ("ppc64" or "ppc64le"))
            return board;
        board = board with { UsbModel = facts.Has(QemuFlag.PciOhci) ? "pci-ohci" : null,
            NewUsbModel = facts.Has(QemuFlag.QemuXhci) ? "qemu-xhci" : facts.Has("nec-usb-xhci") ? "nec-xhci" : null, Inputs = InputBus.Usb };
        return !type.IsPseries ? board : board with
        {
            Panic = PanicModel.Pseries,
            PanicModel = PanicModel.Pseries,
            ScsiModel = "ibmvscsi",
            VideoModel = VideoType.Vga,
            Serial = SerialTarget.SpaprVioSerial,
            Tpm = TpmModel.Spapr,
            MemoryBlockKiB = 256 * 1024,
        };
    }
}
