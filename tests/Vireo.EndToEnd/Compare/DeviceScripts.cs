namespace Vireo.EndToEnd.Compare;

/// <summary>What is typed at both daemons about devices that come, go and change. The guest g does not run its processors.</summary>
static class DeviceScripts
{
    /// <summary>Documents of devices, by the names that scripts call them.</summary>
    static readonly (string Name, string Text)[] devices =
    [
        ("DISK", "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${IMAGE}'/><target dev='vdb' bus='virtio'/></disk>"),
        ("SAMEDISK", "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${IMAGE}'/><target dev='vda' bus='virtio'/></disk>"),
        ("NODISK", "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${IMAGE}'/><target dev='vdz' bus='virtio'/></disk>"),
        ("LOSTDISK", "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/nowhere/image'/><target dev='vdc' bus='virtio'/></disk>"),
        ("SCSI", "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${IMAGE}'/><target dev='sdb' bus='scsi'/></disk>"),
        ("FARSCSI", "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${IMAGE}'/><target dev='sdj' bus='scsi'/></disk>"),
        ("USBDISK", "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${IMAGE}'/><target dev='sdk' bus='usb'/></disk>"),
        ("IDE", "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${IMAGE}'/><target dev='hdb' bus='ide'/></disk>"),
        ("CACHE", "<disk type='file' device='disk'><driver name='qemu' type='raw' cache='none'/><source file='${FIRST}'/><target dev='vda' bus='virtio'/></disk>"),
        ("SERIALDISK", "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${FIRST}'/><target dev='vda' bus='virtio'/><serial>x</serial></disk>"),
        ("MEDIUM", "<disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='${IMAGE}'/><target dev='hda' bus='ide'/><readonly/></disk>"),
        ("NET", "<interface type='user'><mac address='52:54:00:11:22:44'/><model type='virtio'/></interface>"),
        ("DOWN", "<interface type='user'><mac address='52:54:00:11:22:33'/><model type='virtio'/><link state='down'/></interface>"),
        ("MODEL", "<interface type='user'><mac address='52:54:00:11:22:33'/><model type='e1000'/></interface>"),
        ("NONET", "<interface type='user'><mac address='52:54:00:11:22:99'/></interface>"),
        ("NAMED", "<interface type='user'><mac address='52:54:00:11:22:55'/><model type='virtio'/><alias name='ua-x'/></interface>"),
        ("RNG", "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>"),
        ("WATCHDOG", "<watchdog model='i6300esb' action='poweroff'/>"),
        ("OTHERWATCHDOG", "<watchdog model='ib700' action='reset'/>"),
        ("TABLET", "<input type='tablet' bus='usb'/>"),
        ("KEYBOARD", "<input type='keyboard' bus='virtio'/>"),
        ("SCSICONTROLLER", "<controller type='scsi' index='3' model='virtio-scsi'/>"),
        ("BRIDGE", "<controller type='pci' model='pci-bridge'/>"),
        ("CHANNEL", "<channel type='unix'><target type='virtio' name='org.example.x'/></channel>"),
        ("USBSERIAL", "<serial type='pty'><target type='usb-serial' port='1'/></serial>"),
        ("SOUND", "<sound model='ich6'/>"),
        ("VIDEO", "<video><model type='vga'/></video>"),
        ("TPM", "<tpm model='tpm-tis'><backend type='emulator' version='2.0'/></tpm>"),
        ("SHMEM", "<shmem name='s0'><model type='ivshmem-plain'/><size unit='M'>1</size></shmem>"),
        ("MEMORY", "<memory model='dimm'><target><size unit='MiB'>128</size><node>0</node></target></memory>"),
        ("REDIR", "<redirdev bus='usb' type='tcp'><source mode='bind' host='localhost' service='4411'/></redirdev>"),
        ("LEASE", "<lease><lockspace>a</lockspace><key>b</key><target path='${IMAGE}'/></lease>"),
        ("VNC", "<graphics type='vnc' port='5977' autoport='no'/>"),
        ("BALLOON", "<memballoon model='virtio'><stats period='3'/></memballoon>"),
        ("FOLDER", "<filesystem type='mount'><source dir='/tmp'/><target dir='x'/></filesystem>"),
        ("HUB", "<hub type='usb'/>"),
        ("PANIC", "<panic model='isa'/>"),
        ("NONSENSE", "<nonsense/>"),
    ];

    static string Each(IEnumerable<string> names, string line) => string.Join("; ", names.Select(name => line.Replace("NAME", $"${{{name}}}", StringComparison.Ordinal)));

    static readonly string[] simple = ["NET", "RNG", "WATCHDOG", "TABLET", "KEYBOARD", "SCSICONTROLLER", "SHMEM", "REDIR", "LEASE", "USBSERIAL", "FOLDER", "CHANNEL", "SOUND"];
    static readonly string[] refused = ["VIDEO", "TPM", "VNC", "BALLOON", "HUB", "PANIC", "NONSENSE", "BRIDGE", "MEMORY"];

    /// <summary>Lines, by what they are about.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> All = new Dictionary<string, string[]>
    {
        ["definition"] =
        [
            "define ${XML}", .. simple.Select(static n => $"attach-device g ${{{n}}} --config; dumpxml g; detach-device g ${{{n}}} --config; dumpxml g; define ${{XML}}"),
            .. new[] { "DISK", "SAMEDISK", "SCSI", "FARSCSI", "USBDISK", "IDE", "LOSTDISK" }.Select(static n => $"attach-device g ${{{n}}} --config; dumpxml g; define ${{XML}}"),
            Each(refused, "attach-device g NAME --config"), Each(refused, "detach-device g NAME --config"), Each(simple, "detach-device g NAME --config"),
            "detach-device g ${NODISK} --config; detach-device g ${NONET} --config; detach-device-alias g ua-none --config; detach-device-alias g net0 --config",
            "attach-device g ${DISK} --live; attach-device g ${DISK} --persistent --live; attach-device g ${DISK} --current; detach-device g ${DISK}; dumpxml g",
            "attach-device g ${NAMED} --config; attach-device g ${NAMED} --config; detach-device-alias g ua-x --config; dumpxml g; undefine g",
        ],
        ["definition twice"] =
        [
            "define ${XML}", .. new[] { "WATCHDOG", "SCSICONTROLLER", "SHMEM", "LEASE", "FOLDER", "CHANNEL" }.Select(static n =>
                $"attach-device g ${{{n}}} --config; attach-device g ${{{n}}} --config"), "attach-device g ${OTHERWATCHDOG} --config", "undefine g",
        ],
        ["definition changes"] =
        [
            "define ${XML}", .. new[] { "NODISK", "MEDIUM", "CACHE", "SERIALDISK", "DOWN", "MODEL", "NONET", "VNC", "BALLOON", "RNG", "WATCHDOG", "MEMORY", "SOUND", "TABLET" }
                .Select(static n => $"update-device g ${{{n}}} --config; dumpxml g; define ${{XML}}"),
            "change-media g hda ${IMAGE} --insert --config; dumpxml g; change-media g hda --eject --config; dumpxml g; change-media g vda --eject --config", "undefine g",
        ],
        ["running"] =
        [
            "define ${XML}; start g --paused", .. new[] { "DISK", "NET", "RNG", "WATCHDOG", "TABLET", "KEYBOARD", "SCSICONTROLLER", "SHMEM", "REDIR", "LEASE", "USBSERIAL" }
                .Select(static n => $"attach-device g ${{{n}}} --live; dumpxml g"),
            "attach-device g ${SAMEDISK}; attach-device g ${IDE}; attach-device g ${LOSTDISK}; attach-device g ${WATCHDOG}; attach-device g ${SCSICONTROLLER}; attach-device g ${CHANNEL}",
            Each(refused, "attach-device g NAME"), Each(refused, "detach-device g NAME"), "attach-device g ${SOUND}; detach-device g ${SOUND}; attach-device g ${FOLDER}",
            "detach-device g ${NODISK}; detach-device g ${NONET}; detach-device g ${SCSI}; detach-device g ${CHANNEL}; detach-device g ${MEDIUM}; detach-device g ${FOLDER}",
            "detach-device-alias g ua-none; detach-device-alias g video0; detach-device-alias g usb; detach-device-alias g ide0-0-0; detach-device-alias g input0",
            "detach-device g ${TABLET}; detach-device g ${REDIR}; detach-device g ${LEASE}; dumpxml g", "destroy g; undefine g",
        ],
        ["running and defined"] =
        [
            "define ${XML}; start g --paused; attach-device g ${NET} --live --config; dumpxml g; dumpxml g --inactive", "attach-disk g ${IMAGE} sdb --targetbus scsi --subdriver raw; dumpxml g",
            "detach-disk g sdb; dumpxml g", "attach-device g ${USBDISK} --persistent; dumpxml g; detach-device g ${USBDISK} --persistent; dumpxml g; dumpxml g --inactive",
            "attach-device g ${NAMED}; attach-device g ${NAMED}; attach-device g ${WATCHDOG} --config; dumpxml g --inactive", "destroy g; undefine g",
        ],
        ["cpus"] =
        [
            "define ${CPUS}; setvcpus g 3 --config; dumpxml g; setvcpus g 2 --config --hotpluggable; dumpxml g; setvcpus g 4 --config --hotpluggable; dumpxml g; setvcpus g 9 --config",
            "setvcpu g 3 --config --disable; dumpxml g; setvcpu g 0 --config --disable; setvcpu g 9 --config --enable; setvcpu g 3 --config --enable; dumpxml g",
            "define ${CPUS}; setvcpus g 8 --config --maximum; dumpxml g; setvcpus g 3 --config --maximum; dumpxml g", "define ${CPUS}; setvcpus g 2 --live",
            "start g --paused; setvcpus g 2; dumpxml g; vcpucount g; setvcpus g 9; setvcpus g 2 --maximum --live; setvcpus g 3 --live --config; dumpxml g; dumpxml g --inactive",
            "setvcpu g 3 --enable; dumpxml g; setvcpu g 3 --enable; setvcpu g 0 --disable; setvcpu g 7 --enable; vcpucount g", "destroy g",
            "start g --paused; dumpxml g; vcpucount g; destroy g; undefine g",
        ],
        ["running changes"] =
        [
            "define ${XML}; start g --paused", "change-media g hda ${IMAGE} --insert; dumpxml g; change-media g hda ${OTHERIMAGE} --update; dumpxml g; change-media g hda --eject; dumpxml g; change-media g hda --eject",
            "update-device g ${MEDIUM}; domblklist g; update-device g ${MEDIUM}; change-media g hda --eject --force; domblklist g",
            "update-device g ${DOWN}; dumpxml g; domif-setlink g 52:54:00:11:22:33 up; domif-getlink g 52:54:00:11:22:33; update-device g ${MODEL}; update-device g ${NONET}",
            "update-device g ${NODISK}; update-device g ${CACHE}; update-device g ${SERIALDISK}; update-device g ${SAMEDISK}; update-device g ${VNC}; update-device g ${BALLOON}; update-device g ${RNG}",
            "update-device g ${WATCHDOG}; update-device g ${SOUND}; update-device g ${TABLET}; update-device g ${LEASE}", "destroy g; undefine g",
        ],
    };

    /// <summary>Files and documents that lines name.</summary>
    internal static void Prepare(Documents documents)
    {
        foreach (string image in new[] { "FIRST", "IMAGE", "OTHERIMAGE" })
            documents.WithImage(image, 1 << 20);
        documents.With("XML", documents.Fill(Guest));
        documents.With("CPUS", documents.Fill(Guest).Replace("<os>", "<vcpu current='1'>4</vcpu><os>", StringComparison.Ordinal));
        foreach (var (name, text) in devices)
            documents.With(name, documents.Fill(text));
    }

    const string Guest = """
        <domain type='qemu'>
          <name>g</name>
          <uuid>91f5b8ee-17f0-4a53-8a0e-5b1a4a6f0c44</uuid>
          <memory unit='MiB'>64</memory>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <features><acpi/></features>
          <devices>
            <disk type='file' device='cdrom'><target dev='hda' bus='ide'/><readonly/></disk>
            <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${FIRST}'/><target dev='vda' bus='virtio'/></disk>
            <controller type='usb' model='qemu-xhci'/>
            <controller type='scsi' model='virtio-scsi'/>
            <interface type='user'><mac address='52:54:00:11:22:33'/><model type='virtio'/></interface>
            <graphics type='vnc' port='-1' autoport='yes'/>
          </devices>
        </domain>
        """;
}
