using System.Buffers.Binary;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Vireo.EndToEnd.Harness;
using Vireo.Host.Users;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>What keys of qemu.conf do to guests that are started: the same as at stock, and each something that is seen.</summary>
public sealed partial class ConfiguredStartTests(ConfiguredHosts hosts) : IClassFixture<ConfiguredHosts>
{
    static XElement Guest(string devices, string more = "", string machine = "pc") => XElement.Parse($"""
        <domain type='qemu'><name>set</name><memory unit='MiB'>64</memory>{more}<vcpu>1</vcpu><os><type arch='x86_64' machine='{machine}'>hvm</type></os><devices>{devices}</devices></domain>
        """);

    // Words that stock and ours both show.
    async Task<string> ShowsAsync(XElement guest, params string[] words)
    {
        string seen = await StartComparison.RunAsync(hosts, "set", guest);
        foreach (string word in words)
            Assert.True(seen.Contains(word.Replace("ROOT", hosts.Files, StringComparison.Ordinal), StringComparison.Ordinal), $"{word} is not in\n{seen}");
        return seen;
    }

    [Fact, Trait("qemu.conf", "user"), Trait("qemu.conf", "group"), Trait("qemu.conf", "set_process_name"), Trait("qemu.conf", "max_processes"), Trait("qemu.conf", "max_files"),
        Trait("qemu.conf", "max_core"), Trait("qemu.conf", "dump_guest_core"), Trait("qemu.conf", "seccomp_sandbox"), Trait("qemu.conf", "log_timestamp"),
        Trait("qemu.conf", "capability_filters"), Trait("qemu.conf", "security_default_confined"), Trait("qemu.conf", "deprecation_behavior")]
    public async Task A_process_is_as_it_is_set()
    {
        string seen = await ShowsAsync(Guest("<interface type='user'><mac address='52:54:00:11:22:33'/></interface>"),
            $"Uid:\t{HostUsers.FindUser("nobody")}\t", $"Gid:\t{HostUsers.FindGroup("kvm")}\t", "process=qemu:real-set", "Max processes             12345 ", "Max open files            4322 ", "Max core file size        1048576 ",
            ",dump-guest-core=on", "\nuser,id=hostnet0\n", "\"deprecated-input\":\"reject\"", "\n-sandbox\noff\n");
        foreach (string absent in (string[])["-msg", "seclabel"])
            Assert.DoesNotContain(absent, seen, StringComparison.Ordinal);
    }

    [Fact, Trait("qemu.conf", "cgroup_device_acl"), Trait("qemu.conf", "cgroup_controllers")]
    public async Task A_guest_has_the_nodes_and_the_groups_that_are_set() => await ShowsAsync(Guest(""), "/dev/kmsg ");

    [Fact, Trait("qemu.conf", "vnc_listen"), Trait("qemu.conf", "vnc_tls"), Trait("qemu.conf", "vnc_tls_x509_cert_dir"), Trait("qemu.conf", "vnc_tls_x509_secret_uuid"),
        Trait("qemu.conf", "vnc_tls_x509_verify"), Trait("qemu.conf", "vnc_password"), Trait("qemu.conf", "vnc_sasl"), Trait("qemu.conf", "vnc_sasl_dir"),
        Trait("qemu.conf", "remote_display_port_min"), Trait("qemu.conf", "remote_websocket_port_min")]
    public async Task VNC_is_as_it_is_set() => await ShowsAsync(Guest("<graphics type='vnc' autoport='yes' websocket='-1'/><audio id='1' type='none'/>"),
        "\n127.0.0.2:200,websocket=6200,password=on,tls-creds=vnc-tls-creds0,sasl=on,", "\"dir\":\"ROOT/pki\"", "\"verify-peer\":true", "\"passwordid\":", "SASL_CONF_PATH=ROOT/sasl");

    [Fact, Trait("qemu.conf", "spice_listen"), Trait("qemu.conf", "spice_tls"), Trait("qemu.conf", "spice_tls_x509_cert_dir"), Trait("qemu.conf", "spice_password")]
    public async Task SPICE_is_as_it_is_set() => Assert.DoesNotContain("disable-ticketing", await ShowsAsync(Guest("<graphics type='spice' autoport='yes'/>"),
        "port=6100,tls-port=6101,addr=127.0.0.3,", "x509-dir=ROOT/pki"), StringComparison.Ordinal);

    [Fact, Trait("qemu.conf", "remote_display_port_max")]
    public async Task Screens_beyond_the_last_port_are_refused() => await ShowsAsync(Guest("<graphics type='spice' autoport='yes'/><graphics type='vnc' autoport='yes'/>"),
        "Unable to find an unused port in range 'display' (6100-6101)");

    [Fact, Trait("qemu.conf", "chardev_tls"), Trait("qemu.conf", "chardev_tls_x509_cert_dir"), Trait("qemu.conf", "chardev_tls_x509_secret_uuid"), Trait("qemu.conf", "chardev_tls_x509_verify")]
    public async Task Character_devices_are_as_they_are_set() => await ShowsAsync(Guest("<serial type='tcp'><source mode='bind' host='127.0.0.1' service='17601'/><protocol type='raw'/></serial>"),
        "\"dir\":\"ROOT/pki\"", "\"verify-peer\":true", "\"passwordid\":");

    // The host has none, and nobody says how QEMU would play on it.
    [Theory, Trait("qemu.conf", "vnc_allow_host_audio"), Trait("qemu.conf", "nographics_allow_host_audio")]
    [InlineData("<sound model='ich6'/>")]
    [InlineData("<graphics type='vnc'/>")]
    public async Task Sound_is_the_hosts_if_that_is_set(string devices) => await ShowsAsync(Guest(devices), "unable to find audio backend for sound device");

    [Fact, Trait("qemu.conf", "dbus_daemon")]
    public async Task The_program_that_is_a_bus_is_the_one_that_is_set() =>
        await ShowsAsync(Guest("<graphics type='dbus'><gl enable='no'/></graphics>"), "'/nonexistent/dbus-daemon' is not a suitable dbus-daemon");

    [Fact, Trait("qemu.conf", "pr_helper")]
    public async Task The_program_for_reservations_is_the_one_that_is_set()
    {
        Assert.SkipUnless(hosts.Missing is not null || File.Exists(Path.Join(hosts.Files, "lun")), "no loop device is there");
        await ShowsAsync(Guest("""
            <controller type='scsi' model='virtio-scsi'/>
            <disk type='block' device='lun'><driver name='qemu' type='raw'/><source dev='ROOT/lun'><reservations managed='yes'/></source><target dev='sda' bus='scsi'/></disk>
            """), "'/nonexistent/pr-helper' is not a suitable pr helper");
    }

    [Fact, Trait("qemu.conf", "memory_backing_dir")]
    public async Task Memory_in_files_is_where_it_is_set() =>
        await ShowsAsync(Guest("", "<memoryBacking><source type='file'/><access mode='shared'/></memoryBacking>"), "ROOT/memory/libvirt/qemu/");

    // Where an x86 begins, 16 bytes before the end: cli; hlt; jmp to the hlt. No firmware has to be waited for.
    string Still()
    {
        string firmware = Path.Join(hosts.Files, "still.bin");
        byte[] image = new byte[0x10000];
        new byte[] { 0xfa, 0xf4, 0xeb, 0xfd }.CopyTo(image, image.Length - 16);
        File.WriteAllBytes(firmware, image);
        return firmware;
    }

    [Fact, Trait("qemu.conf", "auto_dump_path"), Trait("qemu.conf", "auto_dump_bypass_cache"), Trait("qemu.conf", "dump_image_format"), Trait("qemu.conf", "save_image_format"),
        Trait("qemu.conf", "snapshot_image_format")]
    public async Task Memory_is_written_where_and_how_it_is_set()
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("gzip");
        Needs.Program("xz");
        XElement guest = Guest("<watchdog model='ib700' action='dump'/>");
        guest.Element("os")!.Add(XElement.Parse($"<loader readonly='yes' type='rom'>{Still()}</loader>"));
        string stock = await WriteAsync(guest, hosts.Stock.Socket), ours = await WriteAsync(guest, hosts.Vireo.Socket);
        Assert.Equal("dump: gzip; snapshot: format 1; save: format 3; watchdog: N-real-dumped-MOMENT, ELF, 0 bytes in memory", stock);
        Assert.Equal(stock, ours);
    }

    async Task<string> WriteAsync(XElement guest, string socket)
    {
        string dumps = Path.Join(hosts.Files, "dumps"), dump = Path.Join(hosts.Files, "core"), memory = Path.Join(hosts.Files, "memory.save"), save = Path.Join(hosts.Files, "save");
        foreach (string old in (string[])[.. Directory.GetFiles(dumps), dump, memory, save])
            File.Delete(old);
        using Documents documents = new Documents().With("XML", guest.ToString().Replace("<name>set</name>", "<name>real-dumped</name>", StringComparison.Ordinal));
        async Task<string> Say(params string[] words)
        {
            CommandResult said = await Command.RunAsync(Command.Find("virsh")!, ["-q", "-c", $"qemu+unix:///{hosts.Mode}?socket={socket}", .. words]);
            Assert.True(said.ExitCode == 0, said.ToString());
            return said.Output;
        }
        await Say("create", documents.Fill("${XML}"));
        try
        {
            // The watchdog is told to bark in no seconds.
            await Say("qemu-monitor-command", "--hmp", "real-dumped", "o /b 0x443 15");
            for (int i = 0; i < 3000 && (Directory.GetFiles(dumps).Length == 0 || !(await Say("domstate", "real-dumped")).StartsWith("running", StringComparison.Ordinal)); i++)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            string barked = Assert.Single(Directory.GetFiles(dumps));
            await Say("dump", "real-dumped", dump);
            await Say("snapshot-create-as", "real-dumped", "s", "--memspec", $"file={memory},snapshot=external", "--no-metadata");
            await Say("save", "real-dumped", save);
            string resident = await InMemoryAsync(barked);      // before it is read
            return $"dump: {(StartsWith(dump, [0x1f, 0x8b]) ? "gzip" : "something else")}; snapshot: format {FormatOf(memory)}; save: format {FormatOf(save)}; watchdog: "
                + $"{DumpName().Replace(Path.GetFileName(barked), "N-$1-MOMENT")}, {(StartsWith(barked, "\u007fELF"u8) ? "ELF" : "something else")}, {resident} bytes in memory";
        }
        catch
        {
            await Command.RunAsync(Command.Find("virsh")!, ["-q", "-c", $"qemu+unix:///{hosts.Mode}?socket={socket}", "destroy", "real-dumped"]);
            throw;
        }
    }

    [GeneratedRegex(@"^\d+-([\w-]+?)-\d{4}-\d\d-\d\d-\d\d:\d\d:\d\d$")]
    private static partial Regex DumpName();

    static bool StartsWith(string file, ReadOnlySpan<byte> magic) => File.ReadAllBytes(file).AsSpan().StartsWith(magic);

    // Behind the magic: version, length of the definition, whether it ran, the program.
    static uint FormatOf(string file) => BinaryPrimitives.ReadUInt32LittleEndian(File.ReadAllBytes(file).AsSpan(16 + 12));

    static async Task<string> InMemoryAsync(string file) => (await Command.RunAsync(Needs.Program("fincore"), ["--bytes", "--noheadings", "--output", "RES", file])).Output.Trim();
}
