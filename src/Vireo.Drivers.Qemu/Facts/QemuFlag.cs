namespace Vireo.Drivers.Qemu.Facts;

/// <summary>libvirt's names of the capability flags that this driver asks for.</summary>
public static class QemuFlag
{
    public const string GicVersion = "gic-version";
    public const string LoadParm = "loadparm";
    public const string Kvm = "kvm";
    public const string Tcg = "tcg";
    public const string Hvf = "hvf";
    public const string ObjectQapified = "object.qapified";
    public const string DeviceJson = "device.json+hotplug";
    public const string CompatDeprecated = "compat-deprecated";
    public const string NetdevJson = "netdev.json";
    public const string MachineHpet = "machine-hpet";
    public const string NoHpet = "no-hpet";
    public const string NoAcpi = "no-acpi";
    public const string SmpDies = "smp-dies";
    public const string SetAction = "set-action";
    public const string KvmPitTickPolicy = "kvm-pit-lost-tick-policy";
    public const string VirtioPciNonTransitional = "virtio-pci-non-transitional";
    public const string VirtioGpuGlPci = "virtio-gpu-gl-pci";
    public const string PciePciBridge = "pcie-pci-bridge";
    public const string PcieRootPort = "pcie-root-port";
    public const string PcieRootPortHotplug = "pcie-root-port.hotplug";
    public const string QemuXhci = "qemu-xhci";
    public const string Piix3Uhci = "piix3-usb-uhci";
    public const string PiixAcpiRootHotplug = "piix4.acpi-root-pci-hotplug";
    public const string ChardevFdPass = "chardev-fd-pass";
    public const string ChardevLogfile = "chardev-logfile";
    public const string BlockdevHostdevScsi = "blockdev-hostdev-scsi";
    public const string VirtioBlkScsiDefaultDisabled = "virtio-blk-pci.scsi.default.disabled";
    public const string VirtioBlkScsi = "virtio-blk-pci.scsi";
    public const string Gpex = "gpex-pcihost";
    public const string VirtioMmio = "virtio-mmio";
    public const string PciOhci = "pci-ohci";
    public const string ZPci = "zpci";
    public const string SpaprPciHostBridge = "spapr-pci-host-bridge";
    public const string SpaprPciHostBridgeNumaNode = "spapr-pci-host-bridge.numa_node";
    public const string BlockExportAdd = "block-export-add";
    public const string MigrationBitmapMapping = "migration-param.block-bitmap-mapping";
    public const string NbdTlsHostname = "blockdev.nbd.tls-hostname";
    public const string MigrationBlockedReasons = "migration.blocked-reasons";
    public const string CpuMigratable = "cpu.migratable";
    public const string MemoryCanonicalPath = "memory-backend-file.x-use-canonical-path-for-ramblock-id";
    public const string MemoryReserve = "memory-backend-file.reserve";
    public const string MemoryPreallocThreads = "memory-backend-file.prealloc-threads";
    public const string VirtioMemPrealloc = "virtio-mem-pci.prealloc";
    public const string ThreadContext = "thread-context";
    public const string UsbHostNode = "usb-host.hostdevice";
    public const string ConfidentialGuest = "confidential-guest-support";
    public const string EnableFips = "enable-fips";
    public const string MchTseg = "mch.extended-tseg-mbytes";
}
