using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Platforms;

/// <summary>Arm's boards, and virt, which stands for none of them.</summary>
static class Arm
{
    public static Platform Of(MachineType type, QemuFacts facts)
    {
        var board = new Platform
        {
            HasPci = false,
            UsbControllers = [],
            HasBalloon = false,
            UsbModel = UsbModel(type, facts),
            NetworkModel = "lan9118",
        };
        if (type.IsVirt)
        {
            bool pcie = facts.Has(QemuFlag.Gpex);
            return board with
            {
                Root = pcie ? RootBus.Pcie : RootBus.None,
                HasPci = pcie,
                Virtio = !pcie && facts.Has(QemuFlag.VirtioMmio) ? VirtioTransport.Mmio : VirtioTransport.Pci,
                NetworkModel = "virtio",
                VideoModel = VideoType.Virtio,
                Serial = SerialTarget.SystemSerial,
                SystemSerialModel = "pl011",
            };
        }
        if (type.Name == "versatilepb")
            return board with { HasPci = true, NetworkModel = "smc91c111" };
        if (type.Name.StartsWith("vexpress-", StringComparison.Ordinal) && facts.Has(QemuFlag.VirtioMmio))
            return board with { Virtio = VirtioTransport.Mmio };
        return board;
    }

    static string? UsbModel(MachineType type, QemuFacts facts)
    {
        if (type.Arch == "aarch64" && facts.Has(QemuFlag.QemuXhci))
            return "qemu-xhci";
        if (type.Arch == "aarch64" && facts.Has("nec-usb-xhci"))
            return "nec-xhci";
        return facts.Has(QemuFlag.Piix3Uhci) ? "piix3-uhci" : null;
    }
}
