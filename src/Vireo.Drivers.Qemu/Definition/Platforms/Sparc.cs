using Vireo.Drivers.Qemu.Facts;

namespace Vireo.Drivers.Qemu.Definition.Platforms;

/// <summary>Sun's machines; those of 32 bits have a SCSI adapter on board and no PCI.</summary>
static class Sparc
{
    public static Platform Of(MachineType type, QemuFacts facts) => new()
    {
        Root = type.Arch == "sparc64" ? RootBus.Pci : RootBus.None,
        HasPci = true,
        UsbControllers = type.Arch == "sparc64" ? [""] : [],
        UsbModel = facts.Has(QemuFlag.Piix3Uhci) ? "piix3-uhci" : null,
        HasBalloon = type.Arch == "sparc64",
        ScsiModel = type.HasBuiltinEsp ? "ncr53c90" : null,
    };
}
