using System.Xml.Linq;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>
/// The same documents started for real by stock libvirtd and by vireod: what becomes of them is compared where it counts, in the kernel.
/// </summary>
public sealed class RealStartTests(GuestHosts hosts) : IClassFixture<GuestHosts>
{
    public static TheoryData<string> Machines => [.. MachineFiles.Names("machines.xml", "machines-host.xml", "machines-elsewhere.xml")];

    [Theory, MemberData(nameof(Machines))]
    public Task A_guest_is_the_same_process_that_stock_makes_of_it(string machine) => StartComparison.RunAsync(hosts, machine);

    [Theory]
    [InlineData("x86_64", "q35", "<serial type='file'><source path='LOG'/></serial>", "", "<bios useserial='yes'/>", "SeaBIOS (version")]
    [InlineData("ppc64", "pseries", "<serial type='file'><source path='LOG'/></serial>", "", "", "QEMU Starting")]
    [InlineData("aarch64", "virt", "<serial type='file'><source path='LOG'/></serial>",
        "<features><acpi/></features><cpu mode='custom' match='exact'><model fallback='forbid'>cortex-a57</model></cpu>", "efi", "UEFI firmware")]
    [InlineData("s390x", "s390-ccw-virtio", "<console type='file'><source path='LOG'/><target type='sclp'/></console>", "", "", "LOADPARM=")]
    public async Task A_guest_reaches_its_firmware(string arch, string type, string console, string features, string os, string says)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program($"qemu-system-{arch}");
        Assert.SkipWhen(os is "efi" && !Directory.Exists("/usr/share/AAVMF"), "no firmware for aarch64 is installed");
        foreach (string socket in (string[])[hosts.Stock.Socket, hosts.Vireo.Socket])
        {
            string log = Path.Join(hosts.Files, $"firmware-{arch}.log"), name = "firmware-" + arch;
            File.Delete(log);
            using var documents = new Documents();
            documents.With("XML", $"""
                <domain type='qemu'><name>{name}</name><memory unit='MiB'>512</memory><vcpu>1</vcpu>
                  <os{(os is "efi" ? " firmware='efi'" : "")}><type arch='{arch}' machine='{type}'>hvm</type>{(os is "efi" ? "" : os)}</os>{features}
                  <devices>{console.Replace("LOG", log, StringComparison.Ordinal)}</devices>
                </domain>
                """);
            Task<CommandResult> Say(params string[] words) => Command.RunAsync(Command.Find("virsh")!, ["-q", "-c", $"qemu+unix:///system?socket={socket}", .. words]);
            CommandResult created = await Say("create", documents.Fill("${XML}"));
            Assert.True(created.ExitCode == 0, created.ToString());
            string said = "";
            for (int i = 0; i < 6000 && !said.Contains(says, StringComparison.Ordinal); i++)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
                said = File.Exists(log) ? await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken) : "";
            }
            await Say("destroy", name);         // that of s390 has ended by itself, for want of a disk
            Assert.Contains(says, said, StringComparison.Ordinal);
        }
    }
}

/// <summary>The same for the daemons of a user: what he may have is there, what he may not have is refused alike.</summary>
public sealed class UserStartTests(UserHosts hosts) : IClassFixture<UserHosts>
{
    public static TheoryData<string> Machines => [.. MachineFiles.Names("machines.xml", "machines-host.xml", "machines-user.xml")];

    [Theory, MemberData(nameof(Machines))]
    public Task A_users_guest_is_the_same_process_that_stock_makes_of_it(string machine) => StartComparison.RunAsync(hosts, machine);

    static string Guest(string card) => $"""
        <domain type='qemu'><name>g</name><memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os><devices>{card}</devices></domain>
        """;

    // A user's networks are his bridges of the host; what needs root is refused. The guest that has no network has the user's own.
    static readonly string[] networks =
    [
        "net-list --all", "net-define ${NAT}", "net-start default", "net-create ${ROUTED}", "net-create ${ALONE}", "net-define ${BRIDGE}", "net-start br", "net-list --all", "net-dumpxml br",
        "create ${ONDEFAULT}", "create ${ONNOTHING}", "create ${ONETHERNET}", "create ${ONBRIDGE} --paused", "dumpxml g", "domiflist g", "net-port-list br", "net-destroy br",
        "attach-device g ${MORE}", "domiflist g", "domifstat g 52:54:00:00:00:02", "domifaddr g", "domif-setlink g 52:54:00:00:00:02 down",
        "attach-interface g bridge virbr7 --model usb-net --mac 52:54:00:00:00:03", "domiflist g", "detach-interface g bridge --mac 52:54:00:00:00:03", "detach-interface g user --mac 52:54:00:00:00:02", "destroy g", "net-list --all", "net-destroy br", "net-undefine br", "net-undefine default",
        "create ${SWITCHED} --paused", "dumpxml g --xpath //interface", "destroy g", "create ${OWN} --paused", "dumpxml g --xpath //interface", "destroy g",
    ];

    [Fact]
    public async Task A_users_networks_are_bridges_of_the_host_and_virt_install_finds_what_it_finds_at_stock()
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        Assert.SkipUnless(File.Exists("/usr/lib/qemu/qemu-bridge-helper"), "qemu-bridge-helper is not installed");
        using Documents documents = new Documents().With("NAT", "<network><name>default</name><bridge name='virbr0'/><forward/><ip address='192.168.77.1' prefix='24'/></network>")
            .With("ROUTED", "<network><name>r</name><forward mode='route'/><ip address='10.9.9.1' prefix='24'/></network>").With("ALONE", "<network><name>a</name></network>")
            .With("BRIDGE", "<network><name>br</name><forward mode='bridge'/><bridge name='virbr7'/></network>")
            .With("ONDEFAULT", Guest("<interface type='network'><source network='default'/></interface>")).With("ONNOTHING", Guest("<interface type='network'><source network='nope'/></interface>"))
            .With("ONETHERNET", Guest("<interface type='ethernet'/>"))
            .With("ONBRIDGE", Guest("<interface type='network'><mac address='52:54:00:00:00:01'/><source network='br'/></interface>"))
            .With("SWITCHED", Guest("<interface type='bridge'><source bridge='virbr7'/><virtualport type='openvswitch'/></interface>"))
            .With("OWN", Guest("<interface type='user'><ip address='10.1.2.0' family='ipv4' prefix='24'/><ip address='fec0::' family='ipv6' prefix='64'/></interface>"))
            .With("MORE", "<interface type='user'><mac address='52:54:00:00:00:02'/><model type='usb-net'/></interface>");
        string stock = await OnAsync(hosts.Stock.Socket), ours = await OnAsync(hosts.Vireo.Socket);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string socket)
        {
            string uri = $"qemu+unix:///session?socket={socket}";
            string said = await Transcript.OfAsync(line => Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, .. documents.Fill(line).Split(' ')]), networks);
            if (Command.Find("virt-install") is { } install)
                said += await Transcript.OfAsync(line => Command.RunAsync(install, ["--connect", uri, .. line.Split(' ')]),
                    ["--name v --memory 64 --import --disk none --network default --osinfo detect=off,require=off --graphics none --noautoconsole --virt-type qemu --print-xml"]);
            return said;
        }
    }
}

/// <summary>The documents that are started.</summary>
static class MachineFiles
{
    internal static readonly IReadOnlyDictionary<string, XElement> All = Read("machines.xml", "machines-host.xml", "machines-elsewhere.xml", "machines-user.xml")
        .ToDictionary(static domain => domain.Element("name")!.Value);

    internal static IEnumerable<string> Names(params string[] files) => Read(files).Select(static domain => domain.Element("name")!.Value);

    static IEnumerable<XElement> Read(params string[] files) =>
        files.SelectMany(static file => XDocument.Load(Path.Join(AppContext.BaseDirectory, "Compare", file)).Root!.Elements("domain"));
}

/// <summary>Starts a document by both daemons and compares what becomes of it.</summary>
static class StartComparison
{
    internal static Task RunAsync(BothHosts hosts, string machine) => RunAsync(hosts, machine, MachineFiles.All[machine]);

    /// <summary>The same for a document that no file has.</summary>
    /// <returns>What both show.</returns>
    internal static async Task<string> RunAsync(BothHosts hosts, string machine, XElement document)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        var domain = new XElement(document);
        string arch = domain.Element("os")!.Element("type")!.Attribute("arch")!.Value;
        Needs.Program($"qemu-system-{(arch == "armv7l" ? "arm" : arch)}");
        if (domain.Attribute("type")!.Value == "kvm") Assert.SkipUnless(File.Exists("/dev/kvm"), "/dev/kvm is not there");
        if (domain.Element("os")!.Attribute("firmware") is not null || domain.Descendants("loader").Any())
            Assert.SkipUnless(Directory.Exists(arch == "aarch64" ? "/usr/share/AAVMF" : "/usr/share/OVMF"), $"no firmware for {arch} is installed");
        if (domain.Descendants("reservations").Any())
        {
            Needs.Program("qemu-pr-helper");
            Assert.SkipUnless(File.Exists(Path.Join(hosts.Files, "lun")), "no loop device is there");
        }
        if (domain.Descendants("tpm").Any()) Needs.Program("swtpm");
        string name = "real-" + machine;
        domain.Element("name")!.Value = name;
        using var documents = new Documents();
        documents.With("XML", domain.ToString(SaveOptions.DisableFormatting).Replace("ROOT", hosts.Files, StringComparison.Ordinal));

        string stock = await RunAsync(hosts.Stock.Socket, hosts.Stock.Root), ours = await RunAsync(hosts.Vireo.Socket, hosts.Vireo.Root);
        Assert.True(stock == ours, Difference(stock, ours));
        return ours;

        async Task<string> RunAsync(string socket, string root)
        {
            string virsh = Command.Find("virsh")!, uri = $"qemu+unix:///{hosts.Mode}?socket={socket}";
            Task<string> Say(params string[] lines) =>
                Transcript.OfAsync(line => Command.RunAsync(virsh, ["-q", "-c", uri, documents.Fill(line)]), lines);
            string said = await Say("create --paused ${XML}");
            if (!said.Contains("--- exit 0", StringComparison.Ordinal)) return StartedGuest.Same(said.Replace(root, "", StringComparison.Ordinal));
            try
            {
                said += await StartedGuest.SeeAsync(name, root) + await Say($"dumpxml {name}");
            }
            finally
            {
                said += await Say($"destroy {name}");
            }
            return StartedGuest.Same(said.Replace(root, "", StringComparison.Ordinal));
        }
    }

    internal static string Difference(string stock, string ours)
    {
        string[] one = stock.Split('\n'), other = ours.Split('\n');
        return $"only stock:\n{string.Join('\n', one.Except(other))}\nonly ours:\n{string.Join('\n', other.Except(one))}\nstock:\n{stock}\nours:\n{ours}";
    }
}
