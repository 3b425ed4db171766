namespace Vireo.Drivers.Qemu.Probe;

/// <summary>
/// The types of which QEMU is asked what properties they have, in the order in which libvirt asks, so that its recorded conversations can be
/// held with us. Behind a type stands the one that must be there; a type without one is asked about in any case.
/// </summary>
static class AskedTypes
{
    internal static readonly (string Type, string? If)[] Devices =
    [
        ("virtio-blk-pci", null), ("virtio-net-pci", "virtio-net-pci"), ("virtio-scsi-pci", "virtio-scsi-pci"),
        ("virtio-blk-ccw", "virtio-net-ccw"), ("virtio-net-ccw", "virtio-net-pci"), ("virtio-scsi-ccw", "virtio-scsi-pci"),
        ("vfio-pci", "vfio-pci"), ("scsi-hd", null), ("ide-hd", null), ("PIIX4_PM", null), ("usb-redir", "usb-redir"),
        ("usb-storage", "usb-storage"), ("kvm-pit", null), ("VGA", "VGA"), ("vmware-svga", "vmware-svga"), ("qxl", "qxl"),
        ("virtio-gpu-pci", "virtio-gpu-device"), ("virtio-gpu-device", "virtio-gpu-device"), ("ICH9-LPC", null),
        ("virtio-balloon-pci", null), ("virtio-balloon-ccw", null), ("virtio-balloon-device", null), ("intel-iommu", "intel-iommu"),
        ("spapr-pci-host-bridge", "spapr-pci-host-bridge"), ("virtio-gpu-ccw", "virtio-gpu-ccw"), ("mch", "mch"), ("nvdimm", "nvdimm"),
        ("pcie-root-port", "pcie-root-port"), ("usb-host", null), ("vhost-user-fs-device", "vhost-user-fs-device"),
        ("virtio-mem-pci", "virtio-mem-pci"), ("virtio-iommu-pci", "virtio-iommu-pci"),
    ];

    internal static readonly string[] Objects = ["memory-backend-file", "memory-backend-memfd", "max-x86_64-cpu", "max-arm-cpu"];

    /// <summary>Families of machines; the type of the newest is asked about.</summary>
    internal static readonly string[] Machines = ["pseries", "virt", "none"];
}
