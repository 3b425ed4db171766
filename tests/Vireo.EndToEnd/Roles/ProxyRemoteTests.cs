using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Roles;

/// <summary>Stock clients that reach the daemon of a driver from afar, by the mode of their settings, and while it does not answer.</summary>
public sealed class ProxyRemoteTests : IAsyncDisposable
{
    readonly RemoteDaemon remote = new();

    DaemonProgram Daemons => remote.Program;

    public ValueTask DisposeAsync() => remote.DisposeAsync();

    async Task<RunningProgram> StartAsync(string role, string configuration = "auth_unix_rw = \"none\"\nauth_unix_ro = \"none\"\n")
    {
        Directory.CreateDirectory(Daemons.Paths.EtcDir);
        await File.WriteAllTextAsync(Path.Join(Daemons.Paths.EtcDir, role + ".conf"), configuration, TestContext.Current.CancellationToken);
        RunningProgram program = Daemons.Start(["--role", role, "-v", "--root", Daemons.Root]);
        await Daemons.AnswersAsync(program, Daemons.Socket(role is "virtproxyd" or "libvirtd" ? "libvirt-sock" : role + "-sock"));
        await RemoteDaemon.IsReadyAsync(program);
        return program;
    }

    static Task<CommandResult> VirshAsync(string uri, params string[] command) => Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, .. command]);

    [Fact]
    public async Task Over_tls_virtproxyd_hands_on_to_the_daemon_of_the_driver()
    {
        Needs.Root();
        Needs.Program("qemu-system-x86_64");
        await StartAsync("virtqemud");
        RunningProgram proxy = await StartAsync("virtproxyd", $"""
            auth_unix_rw = "none"
            listen_tls = 1
            listen_addr = "127.0.0.1"
            tls_port = "0"
            tls_allowed_dn_list = [ "*CN=client1*" ]
            {remote.Files}

            """);
        string far = $"qemu+tls://localhost:{RemoteDaemon.Port(proxy, "tls")}/system?pkipath={remote.Pki.ClientFolder("client")}", near = Daemons.Uri(socket: "virtqemud-sock");
        string guest = Path.Join(Daemons.Root, "guest.xml");
        await File.WriteAllTextAsync(guest, Guests.Tiny("afar"), TestContext.Current.CancellationToken);
        CommandResult defined = await VirshAsync(far, "define", guest);
        Assert.Equal((0, ""), (defined.ExitCode, defined.Error));
        foreach (string command in (string[])["list --all", "dumpxml afar", "dominfo afar", "start afar", "domstate afar", "dumpxml nobody", "destroy afar", "undefine afar", "list --all"])
        {
            CommandResult there = await VirshAsync(far, command.Split(' '));
            if (command.StartsWith("dump", StringComparison.Ordinal) || command.Contains("list", StringComparison.Ordinal))
                Assert.Equal((await VirshAsync(near, command.Split(' '))).ToString(), there.ToString());
            Assert.Equal(command is "dumpxml nobody" ? 1 : 0, there.ExitCode);
        }

        remote.Pki.Issue("client2", "CN=client2, O=Red Hat", Vireo.Testing.Pki.TestPki.ClientAuth).Dispose();
        CommandResult refused = await VirshAsync(far.Replace(remote.Pki.ClientFolder("client"), remote.Pki.ClientFolder("client2"), StringComparison.Ordinal), "list");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("TLS", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("direct", true, false)]
    [InlineData("legacy", false, true)]
    [InlineData("auto", true, true)]
    public async Task The_mode_of_libvirt_conf_chooses_the_daemon(string mode, bool findsDirect, bool findsLegacy)
    {
        Needs.Root();
        RunningProgram direct = await StartAsync("virtqemud");
        await AnswersAsync(findsDirect, "virtqemud-sock", "libvirt-sock");
        Assert.Equal(0, await direct.EndByAsync("TERM"));

        await StartAsync("libvirtd");
        await AnswersAsync(findsLegacy, "libvirt-sock", "virtqemud-sock");

        async Task AnswersAsync(bool finds, string there, string absent)
        {
            Assert.True(File.Exists(Daemons.Socket(there)));
            Assert.False(File.Exists(Daemons.Socket(absent)));
            CommandResult said = await PrivateRun.RunWithSettingsAsync(Daemons.RunDir, $"remote_mode = \"{mode}\"\n", "virsh", "-q", "-c", "qemu:///system", "list", "--all");
            if (finds)
                Assert.Equal((0, ""), (said.ExitCode, said.Error));
            else
                Assert.Contains($"Failed to connect socket to '/var/run/libvirt/{absent}': No such file or directory", said.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Clients_of_a_daemon_that_does_not_answer_are_told_so_and_those_who_come_later_are_served()
    {
        Needs.Root();
        await Needs.PythonModuleAsync("libvirt");
        RunningProgram behind = await StartAsync("virtqemud");
        await StartAsync("virtproxyd", "auth_unix_rw = \"none\"\nkeepalive_interval = 1\nkeepalive_count = 1\n");
        const string script = """
            import libvirt, os, signal, sys, threading
            libvirt.virEventRegisterDefaultImpl()
            threading.Thread(target=lambda: [libvirt.virEventRunDefaultImpl() for _ in iter(int, 1)], daemon=True).start()
            conn, behind = libvirt.open(sys.argv[1]), int(sys.argv[2])
            why, told = [], threading.Event()
            def closed(conn, reason, opaque):
                why.append(reason)
                told.set()
            conn.registerCloseCallback(closed, None)
            def stands(thread):
                with open(f'/proc/{behind}/task/{thread}/stat') as stat: return stat.read().rsplit(') ', 1)[1][0] == 'T'
            os.kill(behind, signal.SIGSTOP)
            while not all(stands(thread) for thread in os.listdir(f'/proc/{behind}/task')): pass
            try:
                try: print(conn.listAllDomains())
                except libvirt.libvirtError as e: print('call', e)
                print('told', told.wait(60), why == [libvirt.VIR_CONNECT_CLOSE_REASON_KEEPALIVE])
            finally:
                os.kill(behind, signal.SIGCONT)
            print('again', libvirt.open(sys.argv[1]).listAllDomains())
            """;
        CommandResult said = await Command.RunAsync("/usr/bin/python3", ["-c", script, Daemons.Uri(), behind.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Assert.Equal("call internal error: connection closed due to keepalive timeout\ntold True True\nagain []\n", said.Output);
    }
}
