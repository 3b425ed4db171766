using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Roles;

/// <summary>
/// Debian's clients through our virtproxyd to stock's driver, and through stock's daemon to our virtqemud. Debian's libvirt 9.0.0 has no modular daemons: a stock
/// libvirtd, found where they would be, stands for those behind ours, and one that is given the URI of our socket for the one before it.
/// </summary>
public sealed class ProxyTests : IAsyncLifetime
{
    static readonly string[] all = ["virtqemud", "virtnetworkd", "virtstoraged", "virtnodedevd", "virtinterfaced", "virtsecretd", "virtnwfilterd"];

    readonly DaemonProgram daemon = new();
    StockDaemon? stock;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        stock = await StockDaemon.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await daemon.DisposeAsync();
        if (stock is not null)
            await stock.DisposeAsync();
    }

    /// <summary>Puts stock's libvirtd where clients look for these.</summary>
    void Behind(params string[] names)
    {
        Directory.CreateDirectory(daemon.RunDir);
        foreach (string name in names)
            foreach (string suffix in (string[])["-sock", "-sock-ro"])
                File.CreateSymbolicLink(daemon.Socket(name + suffix), Path.Join(Path.GetDirectoryName(stock!.Socket), "libvirt" + suffix));
    }

    async Task<RunningProgram> StartAsync(string role, params string[] options)
    {
        RunningProgram program = daemon.Start(["--role", role, "--root", daemon.Root, .. options]);
        await daemon.AnswersAsync(program, daemon.Socket(role is "virtproxyd" ? "libvirt-sock" : role + "-sock"));
        return program;
    }

    string Alone => $"qemu+unix:///system?socket={stock!.Socket}";

    string Proxied => daemon.Uri();

    static Task<CommandResult> VirshAsync(string uri, params string[] command) => Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, .. command]);

    static async Task<string> DoneAsync(string uri, params string[] command)
    {
        CommandResult done = await VirshAsync(uri, command);
        Assert.True(done.ExitCode is 0, $"{string.Join(' ', command)}: {done}");
        return done.Output;
    }

    async Task SameAsync(params string[] command)
    {
        CommandResult alone = await VirshAsync(Alone, command), proxied = await VirshAsync(Proxied, command);
        Assert.Equal(alone.ToString(), proxied.ToString());
    }

    async Task<string> FileAsync(string name, string text)
    {
        string path = Path.Join(daemon.Root, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }

    [Fact]
    public async Task Stocks_drivers_behind_virtproxyd_do_what_they_do_alone()
    {
        Behind(all);
        await StartAsync("virtproxyd");
        foreach (string command in (string[])["version", "capabilities", "domcapabilities", "nodeinfo", "net-list --all", "net-dumpxml default", "nwfilter-list",
            "iface-list --all", "pool-list --all", "secret-list", "list --all", "dumpxml nobody", "net-dumpxml nobody", "vol-list nowhere", "maxvcpus", "sysinfo"])
            await SameAsync(command.Split(' '));

        await DoneAsync(Proxied, "net-define", await FileAsync("net.xml", "<network><name>lone</name><bridge name='lone0'/></network>"));
        await SameAsync("net-dumpxml", "lone");
        await DoneAsync(Proxied, "net-undefine", "lone");
        await SameAsync("net-list", "--all");

        string pool = Path.Join(daemon.Root, "pool");
        Directory.CreateDirectory(pool);
        await DoneAsync(Proxied, "pool-create-as", "heap", "dir", "--target", pool);
        await DoneAsync(Proxied, "vol-create-as", "heap", "one", "1MiB");
        string up = Path.Join(daemon.Root, "up"), down = Path.Join(daemon.Root, "down");
        byte[] bytes = new byte[1 << 20];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(up, bytes, TestContext.Current.CancellationToken);
        await DoneAsync(Proxied, "vol-upload", "one", up, "--pool", "heap");
        await DoneAsync(Proxied, "vol-download", "one", down, "--pool", "heap");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(down, TestContext.Current.CancellationToken));
        await SameAsync("vol-dumpxml", "one", "--pool", "heap");

        string secret = await FileAsync("secret.xml", "<secret><uuid>00112233-4455-6677-8899-aabbccddeeff</uuid><usage type='volume'><volume>/v</volume></usage></secret>");
        await DoneAsync(Proxied, "secret-define", secret);
        await DoneAsync(Proxied, "secret-set-value", "00112233-4455-6677-8899-aabbccddeeff", "c2VzYW1l");
        Assert.Equal("c2VzYW1l", (await DoneAsync(Alone, "secret-get-value", "00112233-4455-6677-8899-aabbccddeeff")).Trim());
    }

    [Fact]
    public async Task A_guest_of_stocks_is_run_watched_and_opened_through_virtproxyd()
    {
        await Needs.PythonModuleAsync("libvirt");
        Needs.Program("qemu-system-x86_64");
        Behind(all);
        await StartAsync("virtproxyd");
        string guest = Guests.Tiny("far").Replace("</devices>", "<graphics type='vnc'/><video><model type='vga'/></video></devices>", StringComparison.Ordinal);
        const string script = """
            import libvirt, os, socket, sys, threading
            libvirt.virEventRegisterDefaultImpl()
            threading.Thread(target=lambda: [libvirt.virEventRunDefaultImpl() for _ in iter(int, 1)], daemon=True).start()
            conn = libvirt.open(sys.argv[1])
            told, enough = [], threading.Event()
            def lifecycle(conn, dom, event, detail, opaque):
                told.append(event)
                if event == libvirt.VIR_DOMAIN_EVENT_STOPPED: enough.set()
            def network(conn, net, event, detail, opaque):
                told.append('network %s %d' % (net.name(), event))
            conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, lifecycle, None)
            conn.networkEventRegisterAny(None, libvirt.VIR_NETWORK_EVENT_ID_LIFECYCLE, network, None)
            conn.networkDefineXML("<network><name>heard</name></network>").undefine()
            dom = conn.createXML(sys.argv[2], 0)
            print('type', conn.getType())
            screen = dom.openGraphicsFD(0)
            with socket.socket(fileno=screen) as vnc:
                print('vnc', vnc.recv(3).decode())
            ours, theirs = socket.socketpair()
            dom.openGraphics(0, theirs.fileno())
            print('vnc', ours.recv(3).decode())
            shot = conn.newStream()
            print('screenshot', dom.screenshot(shot, 0))
            size = 0
            while (data := shot.recv(65536)): size += len(data)
            shot.finish()
            print('bytes', size > 0)        # how many depends on what the guest has drawn
            console = conn.newStream(libvirt.VIR_STREAM_NONBLOCK)
            dom.openConsole(None, console)
            console.abort()
            try: dom.setVcpus(99)
            except libvirt.libvirtError as e: print('error', e.get_error_code(), e.get_error_domain())
            dom.destroy()
            print('stopped', enough.wait(60))
            # Whether QEMU says that it shuts down when it is killed is a matter of moments.
            print('events', [e for e in told if e in ('network heard 0', 'network heard 1', 2, 5)])
            """;
        CommandResult said = await Command.RunAsync("/usr/bin/python3", ["-c", script, Proxied, guest]);
        Assert.Equal("""
            type QEMU
            vnc RFB
            vnc RFB
            screenshot image/png
            bytes True
            error 8 10
            stopped True
            events ['network heard 0', 'network heard 1', 2, 5]

            """.ReplaceLineEndings("\n"), said.Output.Replace("image/x-portable-pixmap", "image/png", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Our_driver_behind_stocks_daemon_does_what_it_does_alone()
    {
        Needs.Program("qemu-system-x86_64");
        await StartAsync("virtqemud");
        string direct = daemon.Uri(socket: "virtqemud-sock");
        string proxied = $"qemu+unix:///system?socket={stock!.Socket}&name={Uri.EscapeDataString(direct)}";
        string xml = await FileAsync("guest.xml", Guests.Tiny("near"));
        await DoneAsync(proxied, "define", xml);
        await DoneAsync(proxied, "start", "near");
        foreach (string command in (string[])["uri", "list --all", "dumpxml near", "domstate near", "dominfo near", "vcpucount near", "dumpxml nobody", "suspend near", "domstate near --reason"])
        {
            CommandResult far = await VirshAsync(proxied, command.Split(' ')), near = await VirshAsync(direct, command.Split(' '));
            if (command is "uri")
                Assert.NotEqual(near.Output, far.Output);       // what the client was given
            else if (command is "suspend near")
                Assert.Equal(0, far.ExitCode);
            else
                Assert.Equal(near.ToString(), far.ToString());
        }
        await DoneAsync(proxied, "destroy", "near");
        await DoneAsync(proxied, "undefine", "near");
        Assert.Equal("", (await DoneAsync(direct, "list", "--all")).Trim());
    }

    [Fact]
    public async Task A_client_of_virtqemud_finds_stocks_networks_and_pools_there()
    {
        Behind("virtnetworkd", "virtstoraged");
        await StartAsync("virtqemud");
        CommandResult networks = await PrivateRun.RunAsync(daemon.RunDir, "virsh", "-q", "-c", "qemu:///system?mode=direct", "net-list --all; list --all; pool-list --all");
        Assert.Equal((0, ""), (networks.ExitCode, networks.Error));
        Assert.Equal((await DoneAsync(Alone, "net-list", "--all")).Trim(), networks.Output.Trim());
        CommandResult secrets = await PrivateRun.RunAsync(daemon.RunDir, "virsh", "-q", "-c", "qemu:///system?mode=direct", "secret-list");
        Assert.Contains($"Failed to connect socket to '{daemon.Socket("virtsecretd-sock")}': No such file or directory", secrets.Error, StringComparison.Ordinal);
    }
}
