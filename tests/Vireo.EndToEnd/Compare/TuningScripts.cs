namespace Vireo.EndToEnd.Compare;

/// <summary>What is typed at both daemons about shares, limits and sizes of the guest g, which boots nothing.</summary>
static class TuningScripts
{
    /// <summary>Lines, by what they are about. The guest is defined before each, and destroyed and undefined after it.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> All = new Dictionary<string, string[]>
    {
        ["memory, defined"] =
        [
            "setmem g 40M --config", "dumpxml g --xpath //currentMemory", "setmem g 400M --config", "setmem g 40M", "setmem g 40M --live", "setmaxmem g 80M",
            "setmaxmem g 80M --config", "setmaxmem g 80M --live", "dumpxml g --xpath //memory", "dumpxml g --xpath //currentMemory", "setmaxmem g 20M --config",
            "dumpxml g --xpath //currentMemory", "setmaxmem g 64M --config", "setmem g 48M --config", "dommemstat g", "dommemstat g --period 3",
            "dommemstat g --period 3 --config", "dumpxml g --xpath //memballoon", "dommemstat g --period 0 --config", "dommemstat g --period -1 --config",
            "dumpxml g --xpath //memballoon", "memtune g", "memtune g --config", "memtune g --live", "memtune g --hard-limit 500000 --config", "memtune g --config",
            "memtune g --soft-limit 400000 --swap-hard-limit 600000 --config", "memtune g --hard-limit 700000 --config", "memtune g --config",
            "memtune g --hard-limit -1 --soft-limit -1 --swap-hard-limit -1 --config", "memtune g --min-guarantee 5 --config", "dumpxml g --xpath //memtune",
            "numatune g", "numatune g --config", "numatune g --nodeset 0 --config", "numatune g --config", "numatune g --mode preferred --config",
            "numatune g --mode interleave --nodeset 0 --config", "numatune g --nodeset 0-x --config", "numatune g --nodeset 7 --config",
            "numatune g --mode strict --nodeset 0 --config", "dumpxml g --xpath //numatune",
        ],
        ["processors, defined"] =
        [
            "vcpupin g", "vcpupin g 0 0", "vcpupin g 0 0 --config", "vcpupin g 3 0-1 --config", "vcpupin g 9 0 --config", "vcpupin g 0 99 --config",
            "vcpupin g 0 r --config", "vcpupin g --config", "vcpupin g --live", "emulatorpin g", "emulatorpin g 0 --config", "emulatorpin g --config",
            "emulatorpin g 77 --config", "emulatorpin g 0 --live", "iothreadinfo g", "iothreadinfo g --config", "iothreadadd g 3 --config", "iothreadadd g 3 --config",
            "iothreadinfo g --config", "iothreadpin g 3 0 --config", "iothreadpin g 9 0 --config", "iothreadinfo g --config",
            "iothreadset g 3 --poll-max-ns 100 --config", "iothreadset g 3 --thread-pool-min 1 --config",
            "iothreadset g 3 --thread-pool-min 9 --thread-pool-max 3 --config", "iothreadset g 8 --thread-pool-min 1 --config", "iothreaddel g 3 --config",
            "iothreaddel g 3 --config", "iothreaddel g 0 --config", "iothreadadd g 0 --config", "dumpxml g --xpath //iothreads", "dumpxml g --xpath //iothreadids",
            "dumpxml g --xpath //cputune", "schedinfo g", "schedinfo g --config", "schedinfo g --live", "schedinfo g --set cpu_shares=2048 --config",
            "schedinfo g --set vcpu_period=100000 --set vcpu_quota=50000 --config", "schedinfo g --set vcpu_period=1 --config", "schedinfo g --set vcpu_quota=5 --config",
            "schedinfo g --set global_period=100000 --set emulator_quota=-1 --set iothread_period=200000 --config", "schedinfo g --set foo=1 --config",
            "schedinfo g --config", "schedinfo g --set cpu_shares=0 --config", "dumpxml g --xpath //cputune", "cpu-stats g",
            "set-lifecycle-action g poweroff restart --config", "set-lifecycle-action g crash coredump-destroy --config",
            "set-lifecycle-action g reboot coredump-destroy --config", "set-lifecycle-action g reboot preserve --config", "set-lifecycle-action g reboot destroy",
            "set-lifecycle-action g reboot destroy --live", "dumpxml g --xpath //on_poweroff", "dumpxml g --xpath //on_crash", "dumpxml g --xpath //on_reboot",
            "set-lifecycle-action g crash destroy --config", "set-lifecycle-action g reboot restart --config", "set-lifecycle-action g poweroff destroy --config",
        ],
        ["counters and disks, defined"] =
        [
            "perf g", "perf g --enable cpu_cycles --config", "perf g --enable mbml --config", "perf g --enable foo --config", "perf g --config",
            "dumpxml g --xpath //perf", "perf g --disable cpu_cycles,mbml --config", "dumpxml g --xpath //perf", "perf g --live", "blkiotune g",
            "blkiotune g --weight 500 --config", "blkiotune g --weight 5 --config", "blkiotune g --device-weights /dev/sda,500 --config",
            "blkiotune g --device-weights /dev/sda,5 --config", "blkiotune g --device-read-iops-sec /dev/sda,100,/dev/sdb,200 --config",
            "blkiotune g --device-write-bytes-sec /dev/sda --config", "blkiotune g --config", "blkiotune g --device-weights /dev/sda,0 --config", "blkiotune g --config",
            "dumpxml g --xpath //blkiotune", "blkiotune g --weight 0 --device-read-iops-sec /dev/sda,0,/dev/sdb,0 --config", "dumpxml g --xpath //blkiotune",
            "blkdeviotune g vda", "blkdeviotune g vda --config", "blkdeviotune g vda --total-bytes-sec 1000000 --config",
            "blkdeviotune g vda --read-bytes-sec 1000000 --config",
            "blkdeviotune g vda --total-bytes-sec 0 --read-bytes-sec 1000000 --read-bytes-sec-max 2000000 --config",
            "blkdeviotune g vda --read-bytes-sec 3000000 --config", "blkdeviotune g vda --read-iops-sec-max 100 --config",
            "blkdeviotune g vda --read-bytes-sec-max-length 3 --config", "blkdeviotune g vda --write-bytes-sec-max-length 3 --config",
            "blkdeviotune g vda --group-name abc --config", "blkdeviotune g vdz --total-bytes-sec 1000000 --config",
            "blkdeviotune g hda --total-bytes-sec 1000000 --config", "blkdeviotune g vda --total-bytes-sec 2000000000000000 --config", "blkdeviotune g vda --config",
            "dumpxml g --xpath //disk/iotune", "blkdeviotune g vda --read-bytes-sec 0 --read-bytes-sec-max 0 --config", "blkdeviotune g vda --config",
            "blkdeviotune g vdb --group-name abc --config", "dumpxml g --xpath //disk/iotune",
        ],
        ["cards and limits of what is off, defined"] =
        [
            "domiftune g 52:54:00:11:22:33 --config", "domiftune g 52:54:00:11:22:33", "domiftune g 52:54:00:11:22:33 --inbound 1000,2000,512 --config",
            "domiftune g 52:54:00:11:22:33 --outbound 1000 --config", "domiftune g 52:54:00:11:22:33 --inbound 1000,2000,512,100 --config",
            "domiftune g 52:54:00:11:22:33 --inbound 0 --config", "domiftune g 52:54:00:11:22:33 --config",
            "dumpxml g --xpath //bandwidth", "domiftune g 52:54:00:11:22:33 --outbound 0 --config", "domiftune g 52:54:00:11:22:34 --inbound 5 --config",
            "domiftune g 52:54:00:11:22:34 --inbound 0 --config", "domblkthreshold g vda 1000", "domblkerror g", "blockresize g vda 10M",
        ],
        ["memory, running"] =
        [
            "start g", "setmem g 40M", "setmem g 40M --live", "domstats g --balloon", "setmem g 400M --live", "setmem g 44M --config --live",
            "dumpxml g --xpath //currentMemory", "dumpxml g --inactive --xpath //currentMemory", "setmaxmem g 80M", "setmaxmem g 80M --live", "setmaxmem g 80M --config",
            "dumpxml g --inactive --xpath //memory", "dommemstat g", "dommemstat g --period 3", "dommemstat g --period 2 --live --config",
            "dumpxml g --xpath //memballoon/stats", "dumpxml g --inactive --xpath //memballoon/stats", "dommemstat g --period 0 --live",
            "dumpxml g --xpath //memballoon/stats", "memtune g", "memtune g --hard-limit 500000", "memtune g --live", "memtune g --soft-limit 400000 --live --config",
            "memtune g --swap-hard-limit 400000 --live", "memtune g --swap-hard-limit 800000 --live", "memtune g", "memtune g --config",
            "memtune g --hard-limit -1 --live", "memtune g --swap-hard-limit -1 --live", "memtune g --hard-limit -1 --live", "memtune g", "dumpxml g --xpath //memtune",
            "numatune g", "numatune g --nodeset 0", "numatune g --nodeset 0 --live --config", "numatune g --mode interleave --live", "numatune g --nodeset 7 --live",
            "numatune g", "numatune g --config", "dumpxml g --xpath //numatune",
        ],
        ["processors, running"] =
        [
            "start g", "vcpupin g", "vcpupin g 0 0", "vcpupin g 1 0-1 --live --config", "vcpupin g 3 0 --live", "vcpupin g 9 0 --live", "vcpupin g 0 99 --live",
            "vcpupin g", "vcpupin g --config", "vcpuinfo g", "vcpuinfo g --pretty", "emulatorpin g", "emulatorpin g 0", "emulatorpin g 77", "emulatorpin g",
            "emulatorpin g 0-1 --live --config", "emulatorpin g --config", "iothreadinfo g", "iothreadadd g 3", "iothreadadd g 3", "iothreadinfo g", "iothreadpin g 3 0",
            "iothreadpin g 9 0", "iothreadinfo g", "iothreadset g 3 --poll-max-ns 100", "iothreadset g 3 --poll-grow 3 --poll-shrink 4",
            "iothreadset g 3 --thread-pool-min 2 --thread-pool-max 9", "iothreadset g 3 --poll-max-ns 100 --config", "iothreadset g 8 --poll-max-ns 100",
            "domstats g --iothread", "iothreadadd g 5 --live --config", "iothreaddel g 5 --live --config", "iothreaddel g 3", "iothreaddel g 3", "iothreadinfo g",
            "dumpxml g --xpath //iothreadids", "dumpxml g --xpath //cputune", "schedinfo g", "schedinfo g --set cpu_shares=2048",
            "schedinfo g --set vcpu_period=100000 --set vcpu_quota=50000 --live", "schedinfo g --set vcpu_period=1",
            "schedinfo g --set global_quota=90000 --live --config", "schedinfo g --set emulator_period=50000 --set emulator_quota=-1 --live",
            "schedinfo g --set iothread_quota=30000 --live", "schedinfo g", "schedinfo g --config", "dumpxml g --xpath //cputune",
            "set-lifecycle-action g poweroff restart --live", "set-lifecycle-action g reboot destroy --live", "dumpxml g --xpath //on_poweroff",
            "set-lifecycle-action g poweroff destroy",
        ],
        ["counters and disks, running"] =
        [
            "start g", "perf g", "perf g --enable mbml", "perf g --enable cpu_clock", "perf g --disable cpu_cycles", "blkiotune g", "blkiotune g --weight 500",
            "blkiotune g --weight 5", "blkiotune g --device-read-iops-sec /dev/loop0,100", "blkiotune g --device-write-bytes-sec /dev/loop0,100000",
            "blkiotune g --device-read-iops-sec /dev/null,100", "blkiotune g --device-weights /dev/loop0,300", "blkiotune g", "dumpxml g --xpath //blkiotune",
            "blkdeviotune g vda", "blkdeviotune g vda --total-bytes-sec 1000000", "blkdeviotune g vda", "blkdeviotune g vda --read-bytes-sec 1000000",
            "blkdeviotune g vda --total-bytes-sec 0 --read-bytes-sec 1000000 --read-bytes-sec-max 2000000 --live --config",
            "blkdeviotune g vda --read-bytes-sec-max-length 3", "blkdeviotune g vdb --group-name abc --total-iops-sec 500", "blkdeviotune g vda --group-name abc",
            "blkdeviotune g vda", "blkdeviotune g vdb", "blkdeviotune g hda --total-iops-sec 500", "blkdeviotune g hda", "blkdeviotune g vdz",
            "dumpxml g --xpath //disk/iotune", "blkdeviotune g vda --config",
        ],
        ["cards and sizes, running"] =
        [
            "start g", "domiftune g 52:54:00:11:22:33", "domiftune g tunetap0", "domiftune g 52:54:00:11:22:34 --inbound 5", "domiftune g tunetap0",
            "dumpxml g --xpath //bandwidth", "domblkthreshold g vda 1000", "domblkthreshold g vda[0] 1000", "domblkthreshold g vda[1] 1000", "domblkthreshold g vdz 1000",
            "domblkerror g", "blockresize g vda 10M", "blockresize g vda 10", "blockresize g vdb 1048577B", "blockresize g vdb 3M", "domblkinfo g vdb",
            "blockresize g vdz 10M", "blockresize g hda 10M",
        ],
        ["agents and the rest, defined"] =
        [
            "domtime g", "set-user-password g a b", "domfsinfo g", "domfsfreeze g", "domfsthaw g", "domfstrim g", "guestinfo g", "domhostname g",
            "domifaddr g --source agent", "get-user-sshkeys g a", "dompmsuspend g mem", "dompmwakeup g", "qemu-agent-command g '{\"execute\":\"guest-ping\"}'",
            "guest-agent-timeout g --timeout 5", "send-key g KEY_A", "inject-nmi g", "screenshot g ${FILES}/s.ppm", "domrename g h", "domrename h g", "domrename g g",
            "domrename g a/b", "domlaunchsecinfo g", "domsetlaunchsecstate g --secrethdr /dev/null --secret /dev/null", "dump g ${FILES}/core", "node-memory-tune",
            "nodesevinfo", "freepages --pagesize 4", "allocpages 4 0", "allocpages 3 1", "shutdown g --mode agent", "reboot g --mode agent",
        ],
        ["agents and the rest, running"] =
        [
            "start g", "domtime g", "domtime g --now", "set-user-password g a b", "domfsinfo g", "domfsfreeze g", "domfsthaw g", "domfstrim g", "guestinfo g",
            "domhostname g", "domifaddr g --source agent", "get-user-sshkeys g a", "guestvcpus g", "setvcpus g 1 --guest", "vcpucount g --guest", "dompmsuspend g mem",
            "dompmsuspend g hybrid", "dompmwakeup g", "qemu-agent-command g '{\"execute\":\"guest-ping\"}'", "guest-agent-timeout g --timeout 5", "guest-agent-timeout g --timeout -7",
            "guest-agent-timeout g --timeout 0", "send-key g KEY_A", "send-key g KEY_LEFTCTRL KEY_LEFTALT KEY_DELETE", "send-key g --codeset win32 65",
            "send-key g --codeset usb 4 --holdtime 100", "send-key g --codeset atset1 999", "send-key g --codeset xt 30", "send-key g --codeset qnum 30", "inject-nmi g",
            "screenshot g ${FILES}/s.ppm", "screenshot g ${FILES}/s2.ppm --screen 1", "domrename g h", "domlaunchsecinfo g",
            "domsetlaunchsecstate g --secrethdr /dev/null --secret /dev/null", "dump g ${FILES}/core", "dump g ${FILES}/core --memory-only",
            "dump g ${FILES}/core --memory-only --format elf", "dump g ${FILES}/core --memory-only --format kdump-zlib",
            "dump g ${FILES}/core --memory-only --format kdump-lzo", "dump g ${FILES}/core --memory-only --format kdump-snappy",
            "dump g ${FILES}/core --memory-only --format win-dmp", "dump g ${FILES}/core --bypass-cache", "dump g /nonexistent/core --memory-only",
            "dump g ${FILES}/core --memory-only --reset", "domstate g", "dump g ${FILES}/core --format kdump-zlib", "shutdown g --mode agent", "reboot g --mode agent",
            "shutdown g --mode acpi,agent", "suspend g", "domtime g", "domfsfreeze g", "screenshot g ${FILES}/s.ppm", "resume g",
            "dump g ${FILES}/core --memory-only --crash", "domstate g --reason",
        ],
        ["a guest without a balloon"] =
        [
            "define ${BARE}", "setmem g 40M --config", "dommemstat g --period 3 --config", "start g", "setmem g 40M", "dommemstat g --period 3", "dommemstat g", "iothreadinfo g", "schedinfo g",
            "iothreaddel g 1", "iothreadadd g 1 --live", "iothreadadd g 4 --live", "dumpxml g --xpath //iothreads", "dumpxml g --xpath //iothreadids", "iothreaddel g 4",
            "blkdeviotune g vda --group-name abc", "blkdeviotune g vda --total-bytes-sec 10000 --total-bytes-sec-max 5000", "blkdeviotune g vda --total-bytes-sec 10000 --total-bytes-sec-max-length 5",
            "domtime g", "domtime g --sync", "domfsfreeze g", "guestinfo g", "domhostname g", "domhostname g --source lease",
            "domifaddr g --source agent", "setvcpus g 1 --guest", "vcpucount g --guest", "shutdown g --mode agent", "reboot g --mode agent", "screenshot g ${FILES}/s", "send-key g KEY_A",
            "dump g ${FILES}/core --memory-only --live", "domdirtyrate-calc g --seconds 0", "domdirtyrate-calc g --seconds 61", "domdirtyrate-calc g --mode dirty-ring",
            "dump g ${FILES}/core --crash --reset", "dump g ${FILES}/core --crash --live", "dompmsuspend g mem --duration 5",
            "cpu-stats g", "cpu-stats g --start 1", "cpu-stats g --start 5", "numatune g --mode preferred", "numatune g --mode preferred --config",
        ],
    };

    /// <summary>Another guest of the same name.</summary>
    internal const string Bare = """
        <domain type='qemu'><name>g</name><uuid>11111111-2222-3333-4444-555555555555</uuid><memory unit='MiB'>64</memory><vcpu>1</vcpu><iothreads>1</iothreads>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>
            <disk type='file' device='disk'><driver name='qemu' type='raw' iothread='1'/><source file='ROOT/a.img'/><target dev='vda' bus='virtio'/></disk>
            <memballoon model='none'/></devices></domain>
        """;

    /// <summary>The guest; ROOT is a folder with its images.</summary>
    internal const string Guest = """
        <domain type='qemu'><name>g</name><uuid>11111111-2222-3333-4444-555555555555</uuid><memory unit='MiB'>64</memory><currentMemory unit='MiB'>48</currentMemory>
          <vcpu current='2'>4</vcpu><iothreads>1</iothreads><os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>
          <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>
            <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='ROOT/c.qcow2'/><target dev='vda' bus='virtio'/></disk>
            <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='ROOT/a.img'/><target dev='vdb' bus='virtio'/></disk>
            <disk type='file' device='cdrom'><target dev='hda' bus='ide'/><readonly/></disk>
            <controller type='virtio-serial' index='0'/>
            <interface type='ethernet'><mac address='52:54:00:11:22:33'/><target dev='tunetap0'/><model type='virtio'/></interface>
            <interface type='user'><mac address='52:54:00:11:22:34'/><model type='virtio'/></interface>
            <serial type='pty'/>
            <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
            <channel type='pty'><target type='virtio' name='org.x.0'/></channel>
            <video><model type='vga'/></video><graphics type='vnc' port='-1' autoport='yes'/>
            <memballoon model='virtio'/></devices></domain>
        """;
}
