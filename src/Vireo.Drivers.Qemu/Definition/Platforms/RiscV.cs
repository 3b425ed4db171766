using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Platforms;

/// <summary>RISC-V.</summary>
static class RiscV
{
    public static Platform Of(MachineType type, QemuFacts facts)
    {
        var board = new Platform
        {
            HasPci = false,
            UsbControllers = [],
            UsbModel = facts.Has(QemuFlag.Piix3Uhci) ? "piix3-uhci" : null,
        };
        if (!type.IsVirt)
            return board;
        bool pcie = facts.Has(QemuFlag.Gpex);
        return board with
        {
            Root = pcie ? RootBus.Pcie : RootBus.None,
            HasPci = pcie,
            Virtio = !pcie && facts.Has(QemuFlag.VirtioMmio) ? VirtioTransport.Mmio : VirtioTransport.Pci,
            NetworkModel = "virtio",
            VideoModel = VideoType.Virtio,
            Serial = SerialTarget.SystemSerial,
            SystemSerialModel = "16550a",
        };
    }
}
