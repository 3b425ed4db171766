using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Compare;

/// <summary>What is typed at both sides: for each command, lines that show all it can do, and how it fails.</summary>
public static class Scripts
{
    /// <summary>On test:///default, whose one domain is called test. The host forgets everything when a line has ended.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> OnTest = new Dictionary<string, string[]>
    {
        ["connect"] = ["connect ${URI}; uri", "connect ${URI} --readonly; destroy test"],
        ["version"] = ["version", "version --daemon", "version --nonsense"],
        ["uri"] = ["uri"],
        ["hostname"] = ["hostname"],
        ["nodeinfo"] = ["nodeinfo"],
        ["capabilities"] = ["capabilities"],
        ["sysinfo"] = ["sysinfo"],
        ["list"] =
        [
            "list", "list --all", "list --inactive", "list --all --name", "list --all --uuid", "list --id", "list --all --id --name", "list --title",
            "list --transient", "list --persistent", "list --state-running --state-paused", "list --state-shutoff", "list --autostart",
            "list --no-autostart", "list --managed-save --all", "list --with-managed-save", "list --table --name", "list nonsense",
            "list --all --all", "list --all=x", "destroy test; list; list --all; list --state-shutoff; list --inactive --name",
            "suspend test; list; list --state-paused; list --state-other", "undefine test; list --transient; list --persistent",
        ],
        ["define"] =
        [
            "define ${XML}; list --all; dumpxml plain; dominfo plain", "define ${XML}; define ${XML}; define ${UUIDXML}; define ${UUIDXML}; list --all",
            "define /nowhere", "define", "define ${XML} --validate; start plain; undefine plain; list --all; destroy plain; list --all",
        ],
        ["create"] =
        [
            "create ${XML}; list; dumpxml plain; dominfo plain; destroy plain; list --all", "create ${XML}; create ${XML}; define ${XML}", "create /nowhere",
            "create ${XML} --paused", "create ${XML}; autostart plain; undefine plain; shutdown plain; list --all",
        ],
        ["dumpxml"] =
        [
            "dumpxml test", "dumpxml test --inactive", "dumpxml test --security-info", "dumpxml test --migratable", "dumpxml test --update-cpu",
            "dumpxml test --xpath //name", "dumpxml test --xpath //memory --wrap", "dumpxml test --xpath //nothing", "dumpxml nobody",
        ],
        ["domstate"] =
        [
            "domstate test", "domstate test --reason", "domstate 1", "domstate 6695eb01-f6a4-8304-79aa-97f2502e193f", "domstate nobody", "domstate",
            "suspend test; domstate test --reason; resume test; domstate test --reason; destroy test; domstate test --reason; start test; domstate test --reason",
        ],
        ["dominfo"] = ["dominfo test", "dominfo nobody", "destroy test; dominfo test", "autostart test; dominfo test", "dominfo test test"],
        ["start"] =
        [
            "start test", "destroy test; start test; list", "destroy test; start test --paused", "destroy test; start test --force-boot",
            "destroy test; start test --bypass-cache", "destroy test; start test --autodestroy", "destroy test; start test --reset-nvram", "start nobody",
            "destroy test; start --domain test; start test",
        ],
        ["shutdown"] =
        [
            "shutdown test; list --all; shutdown test", "shutdown test --mode agent", "shutdown test --mode acpi", "shutdown test --mode wish", "shutdown nobody",
        ],
        ["reboot"] = ["reboot test; domstate test --reason", "reboot test --mode acpi", "reboot test --mode wish", "destroy test; reboot test"],
        ["reset"] = ["reset test", "destroy test; reset test", "suspend test; reset test; list"],
        ["destroy"] = ["destroy test; list --all; destroy test", "destroy test --graceful", "destroy nobody", "suspend test; destroy test; list --all"],
        ["suspend"] = ["suspend test; list; suspend test", "destroy test; suspend test", "suspend nobody"],
        ["resume"] = ["resume test", "suspend test; resume test; list; resume test", "destroy test; resume test"],
        ["undefine"] =
        [
            "undefine test; list --all; destroy test; list --all", "destroy test; undefine test; list --all; dominfo test", "undefine test --managed-save",
            "undefine test --nvram", "undefine test --nvram --keep-nvram", "undefine test --snapshots-metadata", "undefine test --remove-all-storage",
            "undefine test --delete-storage-volume-snapshots", "undefine test --wipe-storage", "undefine test --storage vda", "undefine nobody",
        ],
        ["autostart"] = ["autostart test; list --autostart; autostart test --disable; list --autostart", "autostart nobody"],
        ["console"] = ["console test", "destroy test; console test", "console nobody"],
        ["event"] =
        [
            "event --list", "event", "event --all --timeout 1", "event --event nonsense", "event --event lifecycle --list", "event --all --timeout 0",
            "event --event lifecycle --timeout 1 --domain nobody", "event test lifecycle --timeout 1",
        ],
        ["domblklist"] = ["domblklist test", "domblklist test --details", "domblklist test --inactive", "destroy test; domblklist test", "domblklist nobody"],
        ["domiflist"] = ["domiflist test", "domiflist test --inactive", "destroy test; domiflist test", "domiflist nobody"],
        ["vcpucount"] =
        [
            "vcpucount test", "vcpucount test --live", "vcpucount test --maximum --config", "vcpucount test --current", "vcpucount test --guest",
            "vcpucount test --live --config", "vcpucount test --active --maximum", "destroy test; vcpucount test; vcpucount test --live; vcpucount test --config",
        ],
        ["dommemstat"] =
        [
            "dommemstat test", "dommemstat test --live", "dommemstat test --period 1", "dommemstat test --period -1", "dommemstat test --period x",
            "destroy test; dommemstat test",
        ],
        ["domjobinfo"] = ["domjobinfo test", "domjobinfo test --completed", "domjobinfo test --rawstats", "domjobinfo test --keep-completed", "domjobinfo nobody"],
        ["domid"] = ["domid test", "domid 1", "destroy test; domid test", "domid 6695eb01-f6a4-8304-79aa-97f2502e193f"],
        ["domname"] = ["domname 1", "domname test", "domname 99", "domname 6695eb01-f6a4-8304-79aa-97f2502e193f"],
        ["domuuid"] = ["domuuid test", "domuuid 1", "domuuid nobody"],
        ["domcontrol"] = ["domcontrol test", "destroy test; domcontrol test"],
        ["echo"] = ["echo a  b", "echo --xml '<&>'", "echo --shell 'a b'", "echo --err a", "echo 'a", "echo \"a", "echo a\\"],
        ["pwd"] = ["pwd", "cd /"],
        ["quit"] = ["quit; uri", "exit; uri", "quit 1"],
        ["nonsense"] = ["nonsense", "echo a; nonsense", "help nonsense"],
    };

    /// <summary>
    /// On qemu:///system, with guests called g that need no disk. Each line is a client of its own and finds what the one before left.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string[]> OnQemu = new Dictionary<string, string[]>
    {
        ["connect"] =
        [
            "connect ${URI}; uri", "connect ${URI} --readonly; define ${XML}", "connect ${URI} --readonly; list --all; create ${XML}", "connect nowhere:///system",
            "connect qemu+unix:///nonsense?socket=/nowhere", "connect --nonsense",
        ],
        ["version"] = ["version", "version --daemon", "version --nonsense"],
        ["uri"] = ["uri", "uri nonsense"],
        ["hostname"] = ["hostname", "hostname nonsense"],
        ["nodeinfo"] = ["nodeinfo"],
        ["capabilities"] = ["capabilities", "cpu-baseline /dev/null"],
        ["sysinfo"] = ["sysinfo", "sysinfo nonsense"],
        ["freecell"] = ["freecell", "freecell --all", "freecell 0", "freecell --cellno 4096"],
        ["nodecpumap"] = ["nodecpumap", "nodecpumap --pretty"],
        ["nodecpustats"] = ["nodecpustats", "nodecpustats --cpu 0", "nodecpustats --percent"],
        ["nodememstats"] = ["nodememstats", "nodememstats --cell 0", "nodememstats --cell 4096"],
        ["maxvcpus"] = ["maxvcpus xen"],
        ["list"] =
        [
            "list --all", "define ${XML}", "list --all", "list --inactive --name", "list --all --title", "list --all --uuid", "list --all --autostart", "list --all --no-autostart",
            "list --with-managed-save --without-managed-save", "list --all --with-snapshot", "list --all --without-checkpoint", "list --all --managed-save", "list nonsense", "start g --paused", "list --id", "list", "list --state-paused",
            "list --all --persistent", "list --transient", "resume g", "list --state-running", "destroy g", "list --state-shutoff", "undefine g", "list --all",
        ],
        ["define"] =
        [
            "define ${XML}", "define ${XML}", "dominfo g", "define ${OTHER}", "define ${NAMESAKE}", "start g --paused", "define ${OTHER}", "define ${XML}", "destroy g",
            "undefine g", "define /nowhere", "define ${XML} --validate", "undefine g", "define ${UNKNOWN}", "define ${NONAME}", "define ${ARCH}", "define", "list --all",
        ],
        ["create"] =
        [
            "create ${XML}", "list", "dominfo g", "create ${XML}", "create ${OTHER}", "create ${NAMESAKE}", "autostart g", "undefine g", "destroy g", "list --all",
            "create ${XML} --paused", "list", "define ${XML}", "list --persistent", "destroy g", "list --all", "undefine g", "create ${XML} --autodestroy; list; destroy g", "list --all",
            "create ${XML} --validate", "destroy g", "create /nowhere", "create ${UNKNOWN}", "create ${NONAME}", "create ${ARCH}", "create",
        ],
        ["dumpxml"] =
        [
            "define ${XML}", "dumpxml g", "dumpxml g --inactive", "dumpxml g --xpath //name", "dumpxml g --xpath //nothing", "dumpxml g --xpath //devices --wrap",
            "dumpxml g --migratable", "dumpxml g --update-cpu", "start g --paused", "dumpxml g", "dumpxml g --inactive", "dumpxml g --security-info", "dumpxml g --migratable",
            "dumpxml g --update-cpu", "destroy g", "undefine g", "create ${XML} --paused", "dumpxml g --inactive", "dumpxml g --inactive --update-cpu", "dumpxml g --inactive --migratable",
            "destroy g", "define ${CARDS}", "dumpxml g", "undefine g", "define ${BADIP}", "dumpxml g", "dumpxml 4711", "dumpxml 0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11",
        ],
        ["domstate"] =
        [
            "define ${XML}", "domstate g --reason", "start g --paused", "domstate g --reason", "resume g", "domstate g --reason", "suspend g", "domstate g --reason",
            "destroy g", "domstate g --reason", "undefine g", "domstate g", "domstate 4711", "domstate",
        ],
        ["dominfo"] = ["define ${XML}", "dominfo g", "start g --paused", "dominfo g", "destroy g", "autostart g", "dominfo g", "undefine g", "dominfo g"],
        ["start"] =
        [
            "define ${XML}", "start g", "start g", "destroy g", "start g --paused", "list", "destroy g", "start g --force-boot", "destroy g", "start g --bypass-cache", "destroy g",
            "start g --autodestroy; list; destroy g", "list --all", "start g --pass-fds 77", "start g --nonsense", "undefine g", "start g",
        ],
        ["shutdown"] =
        [
            "define ${XML}", "shutdown g", "start g", "shutdown g", "shutdown g --mode wish", "shutdown g --mode acpi", "shutdown g --mode agent", "shutdown g --mode acpi,agent",
            "shutdown g --mode initctl", "destroy g", "undefine g", "shutdown g",
        ],
        ["reboot"] =
        [
            "define ${XML}", "reboot g", "start g", "reboot g", "reboot g --mode acpi", "reboot g --mode agent", "reboot g --mode wish", "reboot g --mode signal", "destroy g",
            "undefine g", "reboot g",
        ],
        ["reset"] = ["define ${XML}", "reset g", "start g", "reset g", "domstate g", "suspend g", "reset g", "domstate g --reason", "destroy g", "undefine g", "reset g"],
        ["destroy"] =
        [
            "define ${XML}", "destroy g", "start g", "destroy g --graceful", "list --all", "start g --paused", "destroy g", "domstate g --reason", "undefine g", "destroy g",
        ],
        ["suspend"] = ["define ${XML}", "suspend g", "start g", "suspend g", "domstate g --reason", "suspend g", "list", "destroy g", "undefine g", "suspend g"],
        ["resume"] = ["define ${XML}", "resume g", "start g --paused", "resume g", "domstate g --reason", "resume g", "list", "destroy g", "undefine g", "resume g"],
        ["undefine"] =
        [
            "define ${XML}", "undefine g", "define ${XML}", "undefine g --managed-save", "define ${XML}", "undefine g --nvram", "define ${XML}",
            "undefine g --snapshots-metadata --checkpoints-metadata", "define ${XML}", "undefine g --keep-nvram", "define ${XML}", "undefine g --nvram --keep-nvram",
            "undefine g --remove-all-storage", "define ${XML}", "undefine g --storage hda", "undefine g --tpm", "undefine g --keep-tpm", "undefine g --wipe-storage",
            "autostart g", "undefine g", "list --all --autostart", "undefine g", "define ${XML}", "start g", "undefine g", "list", "undefine g", "destroy g", "list --all",
        ],
        ["save"] =
        [
            "define ${XML}", "save g ${SAVED}", "start g", "save g ${SAVED}", "domstate g --reason", "list --all", "save-image-dumpxml ${SAVED}", "restore ${SAVED}",
            "domstate g --reason", "restore ${SAVED}", "suspend g", "save g ${SAVED}", "restore ${SAVED}", "domstate g --reason", "save g ${SAVED} --running",
            "restore ${SAVED} --paused", "domstate g --reason", "save g /nowhere/x", "domstate g --reason", "save g ${SAVED} --xml ${OTHER}", "destroy g", "undefine g",
            "restore /nowhere", "restore ${XML}", "restore ${SAVED} --xml ${OTHER}", "restore ${SAVED}", "list --all", "save-image-define ${SAVED} ${OTHER}", "destroy g", "list --all",
        ],
        ["managedsave"] =
        [
            "define ${XML}", "managedsave g", "start g", "managedsave g", "list --all --managed-save", "dominfo g", "undefine g", "managedsave-dumpxml g", "start g",
            "domstate g --reason", "list --all --managed-save", "managedsave g --paused", "start g", "domstate g --reason", "managedsave g --running", "start g --paused",
            "domstate g --reason", "managedsave g", "start g --force-boot", "domstate g --reason", "managedsave g", "managedsave-remove g", "managedsave-remove g", "start g",
            "domstate g --reason", "managedsave g --running --paused", "managedsave g", "undefine g --managed-save", "list --all", "create ${XML}", "managedsave g", "destroy g",
        ],
        ["autostart"] =
        [
            "define ${XML}", "autostart g", "autostart g", "list --all --autostart", "dominfo g", "autostart g --disable", "list --all --autostart", "autostart g --once", "undefine g",
            "create ${XML} --paused", "autostart g", "destroy g", "autostart g",
        ],
        ["console"] =
        [
            "define ${XML}", "console g", "start g", "console g", "console g --safe", "console g --devname nope", "console g --devname serial0 --force", "destroy g", "undefine g", "console g",
        ],
        ["event"] =
        [
            "event --list", "event --all --timeout 1", "event --event lifecycle --domain g --timeout 1", "event", "event --event nonsense", "event --all --timeout 0",
            "define ${XML}", "event --event lifecycle --domain g --timeout 1", "event --event reboot --domain g --timeout 1 --loop --timestamp", "event g --all --timeout 1", "undefine g",
        ],
        ["domblklist"] =
        [
            "define ${XML}", "domblklist g", "domblklist g --details", "domblklist g --inactive", "start g --paused", "domblklist g", "domblklist g --details", "domblklist g --inactive",
            "destroy g", "undefine g", "domblklist g",
        ],
        ["domiflist"] =
        [
            "define ${XML}", "domiflist g", "undefine g", "define ${NIC}", "domiflist g", "domiflist g --inactive", "start g --paused", "domiflist g", "domiflist g --inactive", "dumpxml g",
            "destroy g", "undefine g", "domiflist g",
        ],
        ["vcpucount"] =
        [
            "define ${XML}", "vcpucount g", "vcpucount g --live", "vcpucount g --config", "start g --paused", "vcpucount g", "vcpucount g --maximum --live",
            "vcpucount g --current --config", "vcpucount g --current", "vcpucount g --active --config", "vcpucount g --guest", "shutdown g --mode agent", "resume g", "vcpucount g --guest",
            "vcpucount g --live --config", "destroy g", "vcpucount g --guest", "undefine g", "vcpucount g",
        ],
        ["dommemstat"] = ["define ${XML}", "dommemstat g", "dommemstat g --period x", "start g --paused", "dommemstat g", "dommemstat g --live", "destroy g", "undefine g", "dommemstat g"],
        ["domstats"] =
        [
            "define ${XML}", "domstats", "domstats --raw g", "start g --paused", "domstats", "domstats g --state --cpu-total --balloon", "domstats g --vcpu",
            "domstats g --interface --block", "domstats g --perf --iothread --memory", "domstats g --dirtyrate", "domstats g --vm", "domstats --enforce",
            "domstats --list-inactive", "domstats --list-paused --state", "destroy g", "undefine g",
        ],
        ["vcpuinfo"] = ["define ${XML}", "start g --paused", "vcpuinfo g", "vcpuinfo g --pretty", "destroy g", "undefine g"],
        ["domblkinfo"] =
        [
            "define ${XML}", "domblkinfo g hda", "domblkinfo g --all", "domblkinfo g nope", "start g --paused", "domblkinfo g hda", "domblkinfo g --all",
            "domblkinfo g nope", "destroy g", "undefine g",
        ],
        ["domblkstat"] =
        [
            "define ${XML}", "domblkstat g", "domblkstat g hda", "start g --paused", "domblkstat g", "domblkstat g hda", "domblkstat g hda --human",
            "domblkstat g nope", "destroy g", "undefine g",
        ],
        ["domifstat"] = ["define ${XML}", "domifstat g vnet0", "start g --paused", "domifstat g vnet0", "domifstat g 52:54:00:12:34:56", "destroy g", "undefine g"],
        ["domjobinfo"] =
        [
            "define ${XML}", "domjobinfo g", "start g --paused", "domjobinfo g", "domjobinfo g --completed", "domjobinfo g --rawstats", "domjobinfo g --completed --keep-completed",
            "domjobinfo g --anystats", "destroy g", "domjobinfo g", "undefine g", "domjobinfo g",
        ],
        ["domcontrol"] = ["define ${XML}", "domcontrol g", "start g --paused", "domcontrol g", "destroy g", "undefine g"],
    };

    /// <summary>A domain of the test driver, with or without a uuid.</summary>
    public static string Plain(string? uuid) => $"""
        <domain type='test'>
          <name>plain</name>{(uuid is null ? "" : $"\n  <uuid>{uuid}</uuid>")}
          <memory>1024</memory>
          <os><type>hvm</type></os>
          <devices>
            <disk type='file' device='disk'><source file='/images/plain'/><target dev='vda' bus='virtio'/></disk>
            <memballoon model='virtio'/>
          </devices>
        </domain>
        """;

    /// <summary>A guest for QEMU without acceleration, with an empty drive.</summary>
    public static string Guest(string name, string uuid) => Guests.Tiny(name, uuid).Replace("<devices>", """
        <devices>
            <disk type='file' device='cdrom'><target dev='hda' bus='ide'/><readonly/></disk>
        """, StringComparison.Ordinal);
}
