using Vireo.Drivers.Qemu.Facts;

namespace Vireo.Drivers.Qemu.Definition.Platforms;

/// <summary>Architectures for which libvirt has few habits: Alpha and MIPS begin with PCI, the others with nothing.</summary>
static class OtherPlatforms
{
    public static Platform Of(MachineType type, QemuFacts facts) => new()
    {
        Root = type.Arch is "alpha" or "mips" or "mipsel" or "mips64" or "mips64el" or "or32" ? RootBus.Pci : RootBus.None,
        UsbModel = facts.Has(QemuFlag.Piix3Uhci) ? "piix3-uhci" : null,
        ScsiModel = type.HasBuiltinEsp ? "ncr53c90" : null,
    };
}
