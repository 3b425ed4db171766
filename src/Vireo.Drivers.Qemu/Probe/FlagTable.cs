namespace Vireo.Drivers.Qemu.Probe;

/// <summary>
/// Which answer of QEMU stands for which of libvirt's capability flags. Evidence words: type NAME (a QOM type), prop and qom
/// TYPE PROPERTY, cmd NAME, arg and ret COMMAND PATH (a member, variant or value in the QMP schema), feature COMMAND NAME,
/// opt OPTION [PARAMETER], migrate CAPABILITY, tpm MODEL-OR-TYPE, arch NAME, since and before VERSION, kvm, tcg, always (true of
/// every QEMU from 4.2 on).
/// </summary>
static class FlagTable
{
    internal static IEnumerable<FlagRule> Rules()
    {
        foreach (string line in Text.Split('\n'))
        {
            int arrow = line.IndexOf(" => ", StringComparison.Ordinal);
            if (arrow > 0) yield return new(line[(arrow + 4)..], line[..arrow].Split(' '));
        }
    }

    const string Text = """
        always => blockdev-snapshot.allow-write-only-overlay
        always => chardev-reconnect
        always => fsdev.multidevs
        always => migration-file-drop-cache
        always => nbd-tls
        always => numa.hmat
        always => smp-dies
        kvm => kvm
        tcg => tcg
        arch s390x => aes-key-wrap
        arch s390x => dea-key-wrap
        arch s390x => loadparm
        arch sparc => ncr53c90
        since 6000000 => compat-deprecated
        before 5002000 => enable-fips
        type VGA => VGA
        type am53c974 => am53c974
        type max-arm-cpu => arm-max-cpu
        type bochs-display => bochs-display
        type ccid-card-emulated => ccid-emulated
        type ccid-card-passthru => ccid-passthru
        type cirrus-vga => cirrus-vga
        type dbus-vmstate => dbus-vmstate
        type dc390 => dc390
        type i82801b11-bridge => dmi-to-pci-bridge
        type e1000 => e1000
        type virt-2.6-machine => gic-version
        type gpex-pcihost => gpex-pcihost
        type hda-duplex => hda-duplex
        type hda-micro => hda-micro
        type hda-output => hda-output
        type i8042 => i8042
        type ich9-ahci => ich9-ahci
        type ich9-intel-hda => ich9-intel-hda
        type ich9-usb-ehci1 => ich9-usb-ehci1
        type input-linux => input-linux
        type intel-iommu => intel-iommu
        type ioh3420 => ioh3420
        type iothread => iothread
        type iothread => iothread.poll-max-ns
        type isa-serial => isa-serial
        type ivshmem-doorbell => ivshmem-doorbell
        type ivshmem-plain => ivshmem-plain
        type lsi53c895a => lsi
        type pc-i440fx-2.12-machine => machine-vmport-opt
        type virt-2.9-machine => machine.virt.iommu
        type mch => mch
        type megasas => megasas
        type memory-backend-memfd => memory-backend-memfd
        type mptsas1068 => mptsas1068
        type nec-usb-xhci => nec-usb-xhci
        type hpet => no-hpet
        type nvdimm => nvdimm
        type pc-dimm => pc-dimm
        type pci-bridge => pci-bridge
        type pci-ohci => pci-ohci
        type pci-serial => pci-serial
        type pcie-pci-bridge => pcie-pci-bridge
        type pcie-root-port => pcie-root-port
        type piix3-usb-uhci => piix3-usb-uhci
        type piix4-usb-uhci => piix4-usb-uhci
        type pl011 => pl011
        type pr-manager-helper => pr-manager-helper
        type pvpanic => pvpanic
        type pvscsi => pvscsi
        type pxb => pxb
        type pxb-pcie => pxb-pcie
        type qemu-xhci => qemu-xhci
        type qxl => qxl
        type ramfb => ramfb
        type rng-builtin => rng-builtin
        type rng-egd => rng-egd
        type rng-random => rng-random
        type rtl8139 => rtl8139
        type s390-pv-guest => s390-pv-guest
        type sclpconsole => s390-sclp
        type sclplmconsole => sclplmconsole
        type scsi-block => scsi-block
        type thread-context => thread-context
        type usb-audio => usb-audio
        type usb-ehci => usb-ehci
        type usb-hub => usb-hub
        type usb-kbd => usb-kbd
        type usb-redir => usb-redir
        type usb-serial => usb-serial
        type usb-storage => usb-storage
        type vfio-ap => vfio-ap
        type vfio-ccw => vfio-ccw
        type vfio-pci => vfio-pci
        type vhost-scsi => vhost-scsi
        type vhost-user-blk => vhost-user-blk
        type vhost-user-fs-device => vhost-user-fs
        type vhost-user-gpu => vhost-user-gpu
        type vhost-user-vga => vhost-user-vga
        type vhost-vsock-device => vhost-vsock
        type virtio-net-ccw => virtio-ccw
        type virtio-gpu-device => virtio-gpu
        type virtio-gpu-ccw => virtio-gpu-ccw
        type virtio-gpu-gl-pci => virtio-gpu-gl-pci
        type virtio-input-host-device => virtio-input-host
        type virtio-iommu-pci => virtio-iommu-pci
        type virtio-keyboard-device => virtio-keyboard
        type virtio-keyboard-ccw => virtio-keyboard-ccw
        type virtio-mem-pci => virtio-mem-pci
        type virtio-mmio => virtio-mmio
        type virtio-mouse-device => virtio-mouse
        type virtio-mouse-ccw => virtio-mouse-ccw
        type virtio-net-pci => virtio-net
        type virtio-blk-pci-non-transitional => virtio-pci-non-transitional
        type virtio-pmem-pci => virtio-pmem-pci
        type virtio-rng-pci => virtio-rng
        type virtio-scsi-pci => virtio-scsi-pci
        type virtio-tablet-device => virtio-tablet
        type virtio-tablet-ccw => virtio-tablet-ccw
        type virtio-vga => virtio-vga
        type virtio-vga-gl => virtio-vga-gl
        type vmcoreinfo => vmcoreinfo
        type vmgenid => vmgenid
        type vmware-svga => vmware-svga
        type vt82c686b-usb-uhci => vt82c686b-usb-uhci
        type x3130-upstream => x3130-upstream
        type max-x86_64-cpu => x86-max-cpu
        type xio3130-downstream => xio3130-downstream
        type zpci => zpci
        prop VGA vgamem_mb => VGA.vgamem_mb
        prop virtio-net-pci acpi-index => acpi-index
        prop PIIX4_PM disable_s3 => disable-s3
        prop PIIX4_PM disable_s4 => disable-s4
        prop ICH9-LPC disable_s3 => ich9-disable-s3
        prop ICH9-LPC disable_s4 => ich9-disable-s4
        prop ide-hd wwn => ide-drive.wwn
        prop intel-iommu aw-bits => intel-iommu.aw-bits
        prop intel-iommu caching-mode => intel-iommu.caching-mode
        prop intel-iommu device-iotlb => intel-iommu.device-iotlb
        prop intel-iommu eim => intel-iommu.eim
        prop intel-iommu intremap => intel-iommu.intremap
        prop kvm-pit lost_tick_policy => kvm-pit-lost-tick-policy
        prop mch extended-tseg-mbytes => mch.extended-tseg-mbytes
        prop nvdimm unarmed => nvdimm.unarmed
        prop pcie-root-port hotplug => pcie-root-port.hotplug
        prop PIIX4_PM acpi-root-pci-hotplug => piix4.acpi-root-pci-hotplug
        prop qxl vgamem_mb => qxl.vgamem_mb
        prop qxl vram64_size_mb => qxl.vram64_size_mb
        prop scsi-hd rotation_rate => rotation-rate
        prop scsi-hd channel => scsi-disk.channel
        prop scsi-hd wwn => scsi-disk.wwn
        prop usb-host guest-resets-all => usb-host.guest-resets-all
        prop usb-host hostdevice => usb-host.hostdevice
        prop usb-redir filter => usb-redir.filter
        prop usb-storage removable => usb-storage.removable
        prop vfio-pci display => vfio-pci.display
        prop vhost-user-fs-device bootindex => vhost-user-fs.bootindex
        prop virtio-balloon-pci deflate-on-oom => virtio-balloon-pci.deflate-on-oom
        prop virtio-balloon-pci free-page-reporting => virtio-balloon.free-page-reporting
        prop virtio-blk-pci scsi => virtio-blk-pci.scsi
        prop virtio-blk-pci scsi => virtio-blk-pci.scsi.default.disabled
        prop virtio-blk-pci queue-size => virtio-blk.queue-size
        prop virtio-gpu-pci virgl => virtio-gpu.virgl
        prop virtio-iommu-pci boot-bypass => virtio-iommu.boot-bypass
        prop virtio-mem-pci prealloc => virtio-mem-pci.prealloc
        prop virtio-net-pci rss => virtio-net.rss
        prop vmware-svga vgamem_mb => vmware-svga.vgamem_mb
        qom max-arm-cpu aarch64 => aarch64-off
        qom max-x86_64-cpu unavailable-features => canonical-cpu-features
        qom none-machine confidential-guest-support => confidential-guest-support
        qom max-x86_64-cpu l3-cache => cpu-cache
        qom max-x86_64-cpu unavailable-features => cpu-unavailable-features
        qom max-arm-cpu kvm-no-adjvtime => cpu.kvm-no-adjvtime
        qom max-x86_64-cpu migratable => cpu.migratable
        qom memory-backend-file pmem => memory-backend-file.pmem
        qom memory-backend-file prealloc-threads => memory-backend-file.prealloc-threads
        qom memory-backend-file reserve => memory-backend-file.reserve
        qom memory-backend-file x-use-canonical-path-for-ramblock-id => memory-backend-file.x-use-canonical-path-for-ramblock-id
        qom memory-backend-memfd hugetlb => memory-backend-memfd.hugetlb
        cmd block-export-add => block-export-add
        cmd blockdev-reopen => blockdev-reopen
        cmd calc-dirty-rate => calc-dirty-rate
        cmd query-cpu-definitions => cpu-max
        cmd blockdev-reopen => incremental-backup
        cmd query-cpu-definitions => query-cpu-definitions
        cmd query-cpu-model-baseline => query-cpu-model-baseline
        cmd query-cpu-model-comparison => query-cpu-model-comparison
        cmd query-cpu-model-expansion => query-cpu-model-expansion
        cmd query-dirty-rate => query-dirty-rate
        cmd query-hotpluggable-cpus => query-hotpluggable-cpus
        cmd query-stats => query-stats
        cmd query-stats-schemas => query-stats-schemas
        cmd rtc-reset-reinjection => rtc-reset-reinjection
        cmd set-action => set-action
        cmd sev-inject-launch-secret => sev-inject-launch-secret
        arg blockdev-add file/aio/io_uring => aio.io_uring
        arg blockdev-add nbd/tls-hostname => blockdev.nbd.tls-hostname
        arg chardev-add backend/qemu-vdagent => chardev.qemu-vdagent
        arg calc-dirty-rate mode => dirtyrate-param.mode
        arg blockdev-add nvme => drive-nvme
        arg object-add iothread/thread-pool-max => iothread.thread-pool-max
        arg migrate-set-parameters block-bitmap-mapping/bitmaps/transform => migration-param.block-bitmap-mapping
        arg nbd-server-add bitmap => nbd-bitmap
        arg netdev_add stream => netdev.json
        arg netdev_add stream => netdev.stream
        arg netdev_add vhost-vdpa => netdev.vhost-vdpa
        arg object-add secret => object.qapified
        arg query-named-block-nodes flat => query-named-block-nodes.flat
        arg blockdev-add rbd/encrypt => rbd-encryption
        arg screendump device => screendump_device
        arg screendump format/png => screenshot-format-png
        arg object-add sev-guest/kernel-hashes => sev-guest-kernel-hashes
        arg blockdev-add vxhs => vxhs
        ret query-display-options dbus => display-dbus
        ret query-display-options egl-headless => egl-headless
        ret query-display-options egl-headless => egl-headless.rendernode
        ret query-migrate blocked-reasons => migration.blocked-reasons
        ret query-display-options sdl => sdl
        feature device_add json-cli-hotplug => device.json+hotplug
        opt acpi => no-acpi
        opt sandbox => seccomp-sandbox
        opt spice => spice
        opt spice gl => spice-gl
        opt spice rendernode => spice-rendernode
        opt vnc => vnc
        opt vnc power-control => vnc-power-control
        migrate rdma-pin-all => migrate-rdma
        tpm tpm-crb => tpm-crb
        tpm emulator => tpm-emulator
        tpm passthrough => tpm-passthrough
        tpm tpm-tis => tpm-tis
        """;
}

/// <summary>A flag and the words of its evidence.</summary>
readonly record struct FlagRule(string Flag, string[] Evidence)
{
    internal string Kind => Evidence[0];
    internal string Subject => Evidence.Length > 1 ? Evidence[1] : "";
    internal string Detail => Evidence.Length > 2 ? Evidence[2] : "";
}
