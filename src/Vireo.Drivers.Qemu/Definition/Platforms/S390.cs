using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Platforms;

/// <summary>IBM Z.</summary>
static class S390
{
    public static Platform Of(MachineType type, QemuFacts facts)
    {
        bool zpci = facts.Has(QemuFlag.ZPci);
        return new Platform
        {
            Root = zpci ? RootBus.Pci : RootBus.None,
            HasPci = zpci,
            Virtio = type.IsS390Ccw ? VirtioTransport.Ccw : VirtioTransport.Pci,
            UsbControllers = [],
            UsbModel = "none",
            Panic = PanicModel.S390,
            PanicModel = PanicModel.S390,
            NetworkModel = "virtio",
            ScsiModel = "virtio-scsi",
            VideoModel = type.IsS390Ccw ? VideoType.Virtio : null,
            Serial = SerialTarget.SclpSerial,
        };
    }
}
