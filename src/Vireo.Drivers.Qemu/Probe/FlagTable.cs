namespace Vireo.Drivers.Qemu.Probe;

/// <summary>
/// Which answer of QEMU stands for which of libvirt's capability flags. Evidence words: type NAME (a QOM type), prop and qom
/// TYPE PROPERTY, cmd NAME, schema QUESTION (<see cref="SchemaIndex"/>),
/// machine FAMILY PROPERTY (of its newest machine type), sev and sgx (asked about, QEMU tells), opt OPTION [PARAMETER], migrate CAPABILITY, tpm MODEL-OR-TYPE, switch (the HPET has one of its own, not the machine's), arch NAME, since and before VERSION, cpu MODEL, kvm, tcg, always (true of
/// every QEMU from 4.2 on). A last word of @ARCH,ARCH… is for these architectures only.
/// </summary>
static class FlagTable
{
    internal static IEnumerable<FlagRule> Rules()
    {
        foreach (string line in Text.Split('\n'))
        {
            int arrow = line.IndexOf(" => ", StringComparison.Ordinal);
            if (arrow <= 0) continue;
            string[] words = line[..arrow].Split(' ');
            yield return words is [.. var evidence, ['@', .. var archs]] ? new(line[(arrow + 4)..], evidence) { Archs = archs.Split(',') } : new(line[(arrow + 4)..], words);
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
        type virt-2.6-machine @aarch64 => gic-version
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
        switch => no-hpet
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
        type spapr-nvram => nvram
        type spapr-pci-host-bridge => spapr-pci-host-bridge
        type spapr-tpm-proxy => spapr-tpm-proxy
        type spapr-vty => spapr-vty
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
        machine none confidential-guest-support => confidential-guest-support
        machine pseries cap-ccf-assist => machine.pseries.cap-ccf-assist
        machine pseries cap-cfpc => machine.pseries.cap-cfpc
        machine pseries cap-hpt-max-page-size => machine.pseries.cap-hpt-max-page-size
        machine pseries cap-htm => machine.pseries.cap-htm
        machine pseries cap-ibs => machine.pseries.cap-ibs
        machine pseries cap-nested-hv => machine.pseries.cap-nested-hv
        machine pseries cap-sbbc => machine.pseries.cap-sbbc
        prop spapr-pci-host-bridge numa_node => spapr-pci-host-bridge.numa_node
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
        cpu max => cpu-max
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
        schema blockdev-add/arg-type/+file/aio/^io_uring => aio.io_uring
        schema blockdev-add/arg-type/+nbd/tls-hostname => blockdev.nbd.tls-hostname
        schema chardev-add/arg-type/backend/+qemu-vdagent => chardev.qemu-vdagent
        schema calc-dirty-rate/arg-type/mode => dirtyrate-param.mode
        schema blockdev-add/arg-type/+nvme => drive-nvme
        schema object-add/arg-type/+iothread/thread-pool-max => iothread.thread-pool-max
        schema migrate-set-parameters/arg-type/block-bitmap-mapping/bitmaps/transform => migration-param.block-bitmap-mapping
        schema nbd-server-add/arg-type/bitmap => nbd-bitmap
        schema netdev_add/arg-type/+stream => netdev.json
        schema netdev_add/arg-type/+stream => netdev.stream
        schema netdev_add/arg-type/+vhost-vdpa => netdev.vhost-vdpa
        schema object-add/arg-type/+secret => object.qapified
        schema query-named-block-nodes/arg-type/flat => query-named-block-nodes.flat
        schema blockdev-add/arg-type/+rbd/encrypt => rbd-encryption
        schema screendump/arg-type/device => screendump_device
        schema screendump/arg-type/format/^png => screenshot-format-png
        schema object-add/arg-type/+sev-guest/kernel-hashes => sev-guest-kernel-hashes
        schema blockdev-add/arg-type/+vxhs => vxhs
        schema query-display-options/ret-type/+dbus => display-dbus
        schema query-display-options/ret-type/+egl-headless => egl-headless
        schema query-display-options/ret-type/+egl-headless => egl-headless.rendernode
        schema query-migrate/ret-type/blocked-reasons => migration.blocked-reasons
        schema query-display-options/ret-type/+sdl => sdl
        schema device_add/$json-cli-hotplug => device.json+hotplug
        opt acpi @x86_64,i686,aarch64 => no-acpi
        opt machine hpet => machine-hpet
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
        tpm tpm-spapr => tpm-spapr
        sev => sev-guest
        sgx => sgx-epc
        """;
}

/// <summary>A flag and the words of its evidence.</summary>
readonly record struct FlagRule(string Flag, string[] Evidence)
{
    /// <summary>Where it counts; null: everywhere.</summary>
    internal string[]? Archs { get; init; }

    internal string Kind => Evidence[0];
    internal string Subject => Evidence.Length > 1 ? Evidence[1] : "";
    internal string Detail => Evidence.Length > 2 ? Evidence[2] : "";
}
