using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>
/// Guests on bridges of Open vSwitch, on stock libvirtd and on vireod. This machine's kernel has no Open vSwitch: a bridge of the kernel's has its name, and
/// a script is in the place of ovs-vsctl, so what is compared is what the switch would be told.
/// </summary>
public sealed partial class SwitchTests
{
    const string Id = "<parameters interfaceid='22222222-2222-3333-4444-555555555555'/>";

    static string Card(string type, int number, string content, string model = "virtio") => $"<interface type='{type}'><mac address='52:54:00:00:00:0{number}'/>{content}<model type='{model}'/></interface>";

    static string Changing(string tags, string limits) => Card("bridge", 2,
        $"<source bridge='ovsbr0'/><virtualport type='openvswitch'><parameters interfaceid='22222222-2222-3333-4444-555555555555' profileid='menial'/></virtualport>{tags}{limits}<mtu size='1400'/>");

    static string Guest(string cards, string name = "g") => $"""
        <domain type='qemu'><name>{name}</name><uuid>11111111-2222-3333-4444-555555555555</uuid><memory unit='MiB'>32</memory><vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os><devices>{cards}</devices></domain>
        """;

    const string Network = """
        <network><name>ovs</name><forward mode='bridge'/><bridge name='ovsbr0'/><virtualport type='openvswitch'><parameters profileid='netprofile'/></virtualport>
          <portgroup name='tag'><vlan><tag id='42'/></vlan></portgroup>
          <portgroup name='trunk' default='yes'><vlan trunk='yes'><tag id='42'/><tag id='47' nativeMode='untagged'/></vlan>
            <bandwidth><inbound average='1000' peak='5000' burst='1024'/><outbound average='128' burst='256'/></bandwidth></portgroup>
          <portgroup name='tagged'><vlan><tag id='9' nativeMode='tagged'/><tag id='10'/></vlan></portgroup></network>
        """;

    static Documents Papers() => new Documents().With("NET", Network)
        .With("GUEST", Guest(Card("bridge", 1, $"<source bridge='ovsbr0'/><virtualport type='openvswitch'>{Id}</virtualport>")
            + Changing("<vlan trunk='yes'><tag id='5'/><tag id='6' nativeMode='tagged'/></vlan>", "<bandwidth><inbound average='100'/></bandwidth>")
            + Card("network", 3, "<source network='ovs'/>")
            + Card("network", 4, "<source network='ovs' portgroup='tag'/><virtualport><parameters interfaceid='32222222-2222-3333-4444-555555555555'/></virtualport>")
            + Card("network", 5, "<source network='ovs' portgroup='tagged'/><driver queues='2'/>")))
        .With("ALONE", Guest(Card("bridge", 1, "<source bridge='ovsbr0'/><virtualport type='openvswitch'/>")))
        .With("NOWHERE", Guest(Card("bridge", 1, "<source bridge='ovsbr7'/><virtualport type='openvswitch'/>")))
        .With("KERNEL", Guest(Card("bridge", 1, "<source bridge='ovsbr0'/><vlan><tag id='3'/></vlan>")))
        .With("MORE", Card("network", 6, "<source network='ovs'/>", "usb-net"))
        .With("TAGS", Changing("<vlan trunk='yes'><tag id='7'/></vlan>", "<bandwidth><inbound average='100'/></bandwidth>"))
        .With("FAILING", Changing("<vlan trunk='yes'><tag id='7'/></vlan>", "<bandwidth><inbound average='200'/></bandwidth>"))
        .With("BOTH", Changing("", "<bandwidth><inbound average='200'/></bandwidth>"))
        .With("OTHER", Card("bridge", 1, $"<source bridge='ovsbr1'/><virtualport type='openvswitch'>{Id}</virtualport>"))
        .With("ANONYMOUS", Card("bridge", 1, "<source bridge='ovsbr0'/><virtualport type='openvswitch'/>"));

    // Before the line what the program fails at, and what it says from then on.
    sealed record Row(string Line, string? Fails = null, bool PortsAlone = false, params (string To, string? Says)[] Answers);

    static readonly Row[] Life =
    [
        new("net-define ${NET}"), new("net-start ovs"), new("create ${GUEST} --paused"), new("dumpxml g --xpath //interface"), new("net-dumpxml ovs"),
        new("domiftune g 52:54:00:00:00:01 --inbound 100 --outbound 200,300,400 --live"), new("domiftune g 52:54:00:00:00:01 --live"),
        new("domiftune g 52:54:00:00:00:01 --inbound 100,200,300 --live", Answers: [("find queue", "AAA\nBBB"), ("find qos", "QQQ"), ("list port", "QQQ")]),
        new("domiftune g 52:54:00:00:00:01 --inbound 0 --live"), new("domiftune g 52:54:00:00:00:01 --outbound 0 --live", Answers: [("list port", null)]),
        new("domiftune g 52:54:00:00:00:01 --inbound 0 --outbound 0 --live", "destroy q", Answers: [("find queue", null), ("find qos", null)]),
        new("update-device g ${TAGS}"), new("update-device g ${BOTH}"), new("update-device g ${OTHER}"), new("update-device g ${ANONYMOUS}"),
        new("update-device g ${FAILING}", "clear"), new("dumpxml g --xpath //interface"),
        new("attach-device g ${MORE}"), new("detach-interface g network --mac 52:54:00:00:00:06"), new("detach-interface g bridge --mac 52:54:00:00:00:06"),
        new("attach-device g ${MORE}", "set port", PortsAlone: true), new("attach-device g ${MORE}", "add-port"), new("net-port-list ovs"),
        new("destroy g", PortsAlone: true), new("create ${GUEST} --paused", "add-port", PortsAlone: true), new("create ${GUEST} --paused", "set port", PortsAlone: true),
        new("create ${ALONE} --paused", "find"), new("destroy g"), new("create ${NOWHERE}"), new("create ${KERNEL}"), new("net-destroy ovs"), new("net-undefine ovs"),
    ];

    [Fact]
    public async Task What_the_switch_is_told_in_the_life_of_a_guest_is_what_stock_tells_it()
    {
        Needs.Root();
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        Needs.Program("qemu-system-x86_64");
        using RecordedProgram stocks = new("ovs-vsctl"), own = new("ovs-vsctl");
        using Documents documents = Papers();
        await using StockDaemon stock = await StockDaemon.StartAsync($"export PATH={stocks.SearchPath}\nip link add ovsbr0 type bridge\nip link set ovsbr0 up\n");
        await using VireoDaemon vireo = await StartAsync(own);
        string said = await OnAsync($"qemu+unix:///system?socket={stock.Socket}", stocks, documents), ours = await OnAsync(vireo.QemuUri, own, documents);
        Assert.True(said == ours, $"stock:\n{said}\nours:\n{ours}");
    }

    static async Task<VireoDaemon> StartAsync(RecordedProgram program)
    {
        VireoDaemon vireo = await VireoDaemon.StartBehindAsync("-n", "env", "PATH=" + program.SearchPath);
        foreach (string words in (string[])["link add ovsbr0 type bridge", "link set ovsbr0 up"])
            Assert.Equal(0, (await vireo.InNetworkAsync([Needs.Program("ip"), .. words.Split(' ')])).ExitCode);
        return vireo;
    }

    static async Task<string> OnAsync(string uri, RecordedProgram program, Documents documents)
    {
        var text = new StringBuilder();
        foreach (Row row in Life)
        {
            program.FailAt(row.Fails);
            foreach ((string to, string? says) in row.Answers)
                program.Answer(to, says);
            string said = await Transcript.OfAsync(line => Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, .. documents.Fill(line).Split(' ')]), [row.Line]);
            text.Append(Numbered(string.Concat(Told(program, row.PortsAlone).Select(static words => $"    {words}\n").Prepend(said))));
        }
        return Made().Replace(text.ToString(), "UUID");
    }

    // A start that fails uses up the names of all its cards, or of those that it came to.
    static string Numbered(string text)
    {
        List<string> devices = [.. Device().Matches(text).Select(static match => match.Value).Distinct()];
        return Device().Replace(text, match => $"vnet-{devices.IndexOf(match.Value)}");
    }

    // Each port is told of in its own order. Stock leaves its limits behind when a guest ends, and takes ports without a name off when none was made.
    static IEnumerable<string> Told(RecordedProgram program, bool portsAlone) => program.Taken()
        .Where(words => !words.EndsWith("del-port", StringComparison.Ordinal) && (!portsAlone || words.Contains("-port ", StringComparison.Ordinal)))
        .OrderBy(static words => Device().Match(words) is { Success: true } device ? int.Parse(device.ValueSpan["vnet".Length..]) : -1);

    [Fact, Trait("libvirtd.conf", "ovs_timeout")]
    public async Task Ports_are_told_again_by_the_next_daemon_and_the_switch_forgets_the_limits_of_a_guest_that_ends()
    {
        Needs.Root();
        Needs.Program("qemu-system-x86_64");
        using var program = new RecordedProgram("ovs-vsctl");
        using Documents documents = Papers();
        await using VireoDaemon vireo = await StartAsync(program);
        await SaysAsync(vireo, documents, "net-define ${NET}", "net-start ovs", "create ${GUEST} --paused");
        string[] plugged = [.. Ports()];
        Assert.Equal(5, plugged.Length);
        using (var space = File.OpenHandle($"/proc/{vireo.Pid}/ns/net"))
        {
            await vireo.KillAsync();
            await File.WriteAllTextAsync(Path.Join(vireo.Root, "etc/libvirt/libvirtd.conf"), "ovs_timeout = 7\n", TestContext.Current.CancellationToken);
            vireo.Behind = [Needs.Program("nsenter"), $"--net=/proc/{Environment.ProcessId}/fd/{space.DangerousGetHandle()}", "--", "env", "PATH=" + program.SearchPath];
            await vireo.StartAgainAsync();
        }
        await SaysAsync(vireo, documents, "domstate g");
        await NetworkDaemon.UntilAsync(() => Task.FromResult(Path.Join(program.Folder, "words") is var words && File.Exists(words) && File.ReadAllLines(words).Length >= 5), "ports are told again");
        Assert.Equal(plugged.Select(static words => words.Replace("--timeout=5", "--timeout=7", StringComparison.Ordinal)), Ports());
        program.Answer("find queue", "AAA");
        program.Answer("find qos", "QQQ");
        await SaysAsync(vireo, documents, "destroy g");
        string[] told = [.. program.Taken()];
        Assert.Equal(2, told.Count(static words => words.EndsWith("destroy qos QQQ", StringComparison.Ordinal)));
        Assert.Equal(2, told.Count(static words => words.EndsWith("destroy queue AAA", StringComparison.Ordinal)));
        Assert.Equal(5, told.Count(static words => words.Contains("--if-exists del-port vnet", StringComparison.Ordinal)));

        IEnumerable<string> Ports() => program.Taken().Where(static words => words.Contains("add-port", StringComparison.Ordinal));
    }

    static async Task SaysAsync(VireoDaemon vireo, Documents documents, params string[] lines)
    {
        foreach (string line in lines)
        {
            CommandResult result = await vireo.VirshAsync(documents.Fill(line).Split(' '));
            Assert.True(result.ExitCode == 0, $"{line}: {result}\n{vireo.Log}");
        }
    }

    [Fact]
    public async Task Cards_that_a_program_serves_are_known_and_counted_by_the_switch_as_with_stock()
    {
        Needs.Root();
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        Needs.Program("qemu-system-x86_64");
        using RecordedProgram stocks = new("ovs-vsctl"), own = new("ovs-vsctl");
        await using StockDaemon stock = await StockDaemon.StartAsync($"export PATH={stocks.SearchPath}\n");
        await using VireoDaemon vireo = await VireoDaemon.StartBehindAsync("-n", "env", "PATH=" + own.SearchPath);
        string said = await OnAsync($"qemu+unix:///system?socket={stock.Socket}", stocks), ours = await OnAsync(vireo.QemuUri, own);
        Assert.True(said == ours, $"stock:\n{said}\nours:\n{ours}");

        static async Task<string> OnAsync(string uri, RecordedProgram program)
        {
            string socket = Path.Join(program.Folder, "vu.sock");
            using var served = new VhostUserServer(socket);
            using Documents documents = new Documents().With("GUEST", Guest(Card("vhostuser", 1, $"<source type='unix' path='{socket}' mode='client'/>")));
            program.Answer("get Interface vu.sock name", "\"vhost-user1\"");
            var text = new StringBuilder();
            foreach (string counts in (string[])
            [
                "[\"map\",[[\"collisions\",1],[\"rx_bytes\",2],[\"rx_dropped\",4],[\"rx_errors\",5],[\"rx_packets\",8],[\"tx_bytes\",9],[\"tx_dropped\",10],[\"tx_errors\",11],[\"tx_packets\",12]]]",
                "[\"map\",[[\"rx_bytes\",2]]]", "[\"map\",[[\"collisions\",1]]]", "nonsense", "",
            ])
            {
                program.Answer("statistics", counts.Length == 0 ? null : counts);
                string[] lines = text.Length == 0 ? ["create ${GUEST} --paused", "dumpxml g --xpath //interface", "domiflist g"] : [];
                text.Append(await Transcript.OfAsync(line => Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, .. documents.Fill(line).Split(' ')]),
                    [.. lines, "domifstat g vhost-user1", "domstats g --interface"]));
            }
            text.Append(await Transcript.OfAsync(line => Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, .. line.Split(' ')]), ["destroy g"]));
            text.AppendJoin('\n', program.Taken());
            return text.ToString().Replace(socket, "SOCKET", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_controller_keeps_with_a_port_goes_with_a_guest_from_stock_to_us_and_back()
    {
        Needs.Root();
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        Needs.Program("qemu-system-x86_64");
        using RecordedProgram stocks = new("ovs-vsctl"), own = new("ovs-vsctl");
        using Documents documents = Papers();
        await using StockDaemon stock = await StockDaemon.StartAsync($"export PATH={stocks.SearchPath}\nip link add ovsbr0 type bridge\nip link set ovsbr0 up\n");
        await using VireoDaemon vireo = await VireoDaemon.StartInNetworkOfAsync(stock.Pid, "host_uuid = \"8510b1a1-0afa-4da6-8111-785fae202c1e\"\nauth_unix_rw = \"none\"\n");
        await vireo.StopAsync();
        vireo.Behind = [Needs.Program("nsenter"), "-t", stock.Pid.ToString(), "-n", "--", "env", "PATH=" + own.SearchPath];
        await vireo.StartAgainAsync();
        string there = $"qemu+unix:///system?socket={stock.Socket}";
        await OnAsync(there, "create", documents.Fill("${ALONE}"));
        stocks.Answer("get Interface", "\"some data\"");
        own.Answer("get Interface", "\"other data\"");
        await OnAsync(there, "migrate", "g", vireo.QemuUri, "--migrateuri", "tcp:127.0.0.1", "--live");
        Assert.Contains(own.Taken(), static words => words.EndsWith("external_ids:PortData=\"some data\"", StringComparison.Ordinal));
        stocks.Taken();
        await OnAsync(vireo.QemuUri, "migrate", "g", there, "--migrateuri", "tcp:127.0.0.1", "--live");
        Assert.Contains(stocks.Taken(), static words => words.EndsWith("external_ids:PortData=\"other data\"", StringComparison.Ordinal));
        Assert.Contains(own.Taken(), static words => words.Contains("--if-exists del-port vnet", StringComparison.Ordinal));
        await OnAsync(there, "destroy", "g");

        async Task OnAsync(string uri, params string[] words)
        {
            CommandResult result = await Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, .. words]);
            Assert.True(result.ExitCode == 0, $"{string.Join(' ', words)}: {result}\n{vireo.Log}");
        }
    }

    [GeneratedRegex(@"vnet\d+")]
    private static partial Regex Device();

    /// <summary>Identities that daemons make, beside those of the documents.</summary>
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Made();

    /// <summary>The other end of vhost-user sockets: a switch that can do nothing, and says so.</summary>
    sealed class VhostUserServer : IDisposable
    {
        const uint GetFeatures = 1, NeedsReply = 8, IsReply = 5;
        readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        public VhostUserServer(string path)
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, (UnixFileMode)0x1ff);
            listener.Listen();
            _ = ServeAllAsync();
        }

        async Task ServeAllAsync()
        {
            try
            {
                while (true)
                    _ = ServeAsync(await listener.AcceptAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        static async Task ServeAsync(Socket guest)
        {
            using (guest)
            {
                using var stream = new NetworkStream(guest);
                byte[] header = new byte[12], rest = new byte[4096];
                try
                {
                    while (true)
                    {
                        await stream.ReadExactlyAsync(header);
                        uint request = BitConverter.ToUInt32(header), flags = BitConverter.ToUInt32(header, 4);
                        await stream.ReadExactlyAsync(rest.AsMemory(0, (int)BitConverter.ToUInt32(header, 8)));
                        if (request is GetFeatures || (flags & NeedsReply) != 0)
                            await stream.WriteAsync((byte[])[.. BitConverter.GetBytes(request), .. BitConverter.GetBytes(IsReply), .. BitConverter.GetBytes(8),
                                .. BitConverter.GetBytes(request is GetFeatures ? 1L << 32 : 0)]);
                    }
                }
                catch (Exception e) when (e is IOException or ObjectDisposedException)
                {
                    // The guest is gone.
                }
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
