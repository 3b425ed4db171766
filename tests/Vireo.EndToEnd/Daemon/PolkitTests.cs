using System.Diagnostics;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>The system daemon asks polkit: a bus of the test's own, and an authority on it that says what the test wants.</summary>
public sealed class PolkitTests : IAsyncLifetime
{
    const string Nobody = "65534";
    readonly DaemonProgram daemon = new();
    PrivateBus Bus => bus ??= new PrivateBus(daemon.Root);

    PrivateBus? bus;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await daemon.DisposeAsync();
    }

    /// <summary>An authority that gives every question the same answer, and says what it was asked.</summary>
    async Task<Process> StartAuthorityAsync(string answer)
    {
        const string script = """
            import sys, dbus, dbus.service
            from dbus.mainloop.glib import DBusGMainLoop
            from gi.repository import GLib
            DBusGMainLoop(set_as_default=True)
            class Authority(dbus.service.Object):
                @dbus.service.method('org.freedesktop.PolicyKit1.Authority', in_signature='(sa{sv})sa{ss}us', out_signature='(bba{ss})',
                                     async_callbacks=('done', 'fail'))
                def CheckAuthorization(self, subject, action, details, flags, cancel, done, fail):
                    print(subject[0], *['%s=%d' % pair for pair in sorted(subject[1].items())], action, flags,
                          *['%s=%s' % pair for pair in sorted(details.items())], flush=True)
                    no = dbus.Dictionary({}, signature='ss')
                    if sys.argv[1] != 'never':
                        done({'look': (action.rsplit('.', 1)[1] in ('manage', 'getattr', 'search-domains'), False, no), 'yes': (True, False, no), 'no': (False, False, no), 'challenge': (False, True, no),
                              'dismissed': (False, True, {'polkit.dismissed': 'true'})}[sys.argv[1]])
            bus = dbus.SystemBus()
            name = dbus.service.BusName('org.freedesktop.PolicyKit1', bus)
            Authority(bus, '/org/freedesktop/PolicyKit1/Authority')
            print('ready', flush=True)
            GLib.MainLoop().run()
            """;
        Process authority = Bus.Start("/usr/bin/python3", "-c", script, answer);
        Assert.Equal("ready", await authority.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return authority;
    }

    async Task StartAsync(string more = "")
    {
        Needs.Root();
        await Needs.PythonModuleAsync("dbus.mainloop.glib, gi");
        File.SetUnixFileMode(daemon.Root, (UnixFileMode)0x1ed);
        await Bus.StartAsync();
        string config = Path.Join(daemon.Root, "polkit.conf");
        await File.WriteAllTextAsync(config, $"auth_unix_rw = \"polkit\"\n{more}");
        await daemon.StartReadyAsync([.. daemon.Options, "-f", config], Bus.Variables);
    }

    Task<CommandResult> AsNobodyAsync(string socket = "libvirt-sock") => AsNobodyAsync(socket, "list", "--name");

    Task<CommandResult> AsNobodyAsync(string socket, params string[] command) => Command.RunAsync(Needs.Program("setpriv"),
        ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", Needs.Program("virsh"), "-c", daemon.Uri("test", socket), .. command],
        new Dictionary<string, string?> { ["HOME"] = daemon.Root });

    [Fact, Trait("libvirtd.conf", "auth_unix_rw"), Trait("libvirtd.conf", "auth_unix_ro")]
    public async Task A_user_who_is_authorized_is_let_in_and_is_known_by_process_start_and_user()
    {
        await StartAsync();
        Process authority = await StartAuthorityAsync("yes");
        Assert.Equal("test\n\n", (await AsNobodyAsync()).Output);
        Assert.Matches($"^unix-process pid=[0-9]+ start-time=[1-9][0-9]* uid={Nobody} org.libvirt.unix.manage 1$", await authority.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("test\n\n", (await AsNobodyAsync("libvirt-sock-ro")).Output);
        Assert.EndsWith(" org.libvirt.unix.monitor 1", await authority.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact, Trait("libvirtd.conf", "access_drivers")]
    public async Task Rights_are_asked_of_it_as_well_with_the_object_that_they_are_about()
    {
        await StartAsync("access_drivers = [ \"polkit\" ]\n");
        Process authority = await StartAuthorityAsync("look");
        CommandResult looking = await AsNobodyAsync("libvirt-sock", "list", "--name");
        CommandResult starting = await AsNobodyAsync("libvirt-sock", "suspend", "test");
        Assert.Equal("test\n\n", looking.Output);
        Assert.Contains("error: access denied: 'TEST' denied access", starting.Error);
        string asked;
        do
            asked = (await authority.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        while (!asked.Contains("org.libvirt.api.domain.suspend", StringComparison.Ordinal));
        Assert.Matches($"^unix-process pid=[0-9]+ start-time=[1-9][0-9]* uid={Nobody} org.libvirt.api.domain.suspend 0 "
            + "connect_driver=TEST domain_name=test domain_uuid=6695eb01-f6a4-8304-79aa-97f2502e193f$", asked);
    }

    [Theory]
    [InlineData("no", "authentication failed: access denied by policy")]
    [InlineData("challenge", "authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'")]
    [InlineData("dismissed", "authentication cancelled: user cancelled authentication process")]
    public async Task Who_is_not_authorized_hears_why_and_root_is_not_asked_about(string answer, string message)
    {
        await StartAsync();
        await StartAuthorityAsync(answer);
        CommandResult refused = await AsNobodyAsync();
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("error: " + message + "\n", refused.Error);
        Assert.Equal("test\n\n", (await Command.RunAsync(Needs.Program("virsh"), ["-c", daemon.Uri("test"), "list", "--name"])).Output);
    }

    [Fact]
    public async Task Without_an_authority_nobody_but_root_is_let_in()
    {
        await StartAsync();
        CommandResult refused = await AsNobodyAsync();
        Assert.Contains("error from service: GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: ", refused.Error);
        await Bus.StopAsync();
        Assert.Contains("Unable to get system bus connection", (await AsNobodyAsync()).Error);
        Assert.Equal("test\n\n", (await Command.RunAsync(Needs.Program("virsh"), ["-c", daemon.Uri("test"), "list", "--name"])).Output);
    }

    [Fact]
    public async Task A_user_who_thinks_about_his_password_keeps_nobody_else_waiting()
    {
        await StartAsync();
        Process authority = await StartAuthorityAsync("never");
        Bus.Take(Command.Start(Needs.Program("setpriv"),
            ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", Needs.Program("virsh"), "-c", daemon.Uri("test"), "list"],
            new Dictionary<string, string?> { ["HOME"] = daemon.Root }));
        Assert.NotNull(await authority.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("test\n\n", (await Command.RunAsync(Needs.Program("virsh"), ["-c", daemon.Uri("test"), "list", "--name"])).Output);
    }
}
