using System.Globalization;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>Settings of libvirtd.conf that show outside the daemon.</summary>
public sealed class SettingsTests : IAsyncLifetime
{
    const int Group = 12345;
    readonly DaemonProgram daemon = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    async Task StartAsync(string settings, string? socket = null)
    {
        string path = Path.Join(daemon.Root, "settings.conf");
        await File.WriteAllTextAsync(path, $"{settings}\n");
        RunningProgram program = daemon.Start([.. daemon.Options, "-f", path]);
        await daemon.AnswersAsync(program, socket);
        await daemon.AnswersAsync(program, Path.Join(Path.GetDirectoryName(socket ?? daemon.Socket()), "libvirt-admin-sock"));    // the last that is made
    }

    static async Task<string> StatAsync(string path, string format) =>
        (await Command.RunAsync(Needs.Program("stat"), ["-c", format, path])).Output.Trim();

    [Fact, Trait("libvirtd.conf", "unix_sock_group"), Trait("libvirtd.conf", "unix_sock_rw_perms"), Trait("libvirtd.conf", "unix_sock_ro_perms"),
        Trait("libvirtd.conf", "unix_sock_dir"), Trait("libvirtd.conf", "unix_sock_admin_perms")]
    public async Task Sockets_have_the_places_groups_and_permissions_that_are_written()
    {
        Needs.Root();
        string folder = Path.Join(daemon.Root, "my/sockets");
        await StartAsync($"auth_unix_rw = \"none\"\nunix_sock_dir = \"{folder}\"\nunix_sock_group = \"{Group}\"\nunix_sock_rw_perms = \"0720\"\n"
            + "unix_sock_ro_perms = \"0740\"\nunix_sock_admin_perms = \"0710\"", Path.Join(folder, "libvirt-sock"));
        Assert.Equal($"720 {Group}", await StatAsync(Path.Join(folder, "libvirt-sock"), "%a %g"));
        Assert.Equal($"740 {Group}", await StatAsync(Path.Join(folder, "libvirt-sock-ro"), "%a %g"));
        Assert.Equal("710 0", await StatAsync(Path.Join(folder, "libvirt-admin-sock"), "%a %g"));
    }

    [Theory, Trait("libvirtd.conf", "unix_sock_rw_perms"), InlineData("none", "700"), InlineData("polkit", "777")]
    public async Task Without_a_login_only_root_may_knock_and_with_polkit_everybody(string login, string mode)
    {
        Needs.Root();
        await StartAsync($"auth_unix_rw = \"{login}\"");
        Assert.Equal(mode, await StatAsync(daemon.Socket(), "%a"));
        Assert.Equal("777", await StatAsync(daemon.Socket("libvirt-sock-ro"), "%a"));
        Assert.Equal("700", await StatAsync(daemon.Socket("libvirt-admin-sock"), "%a"));
    }

    [Fact, Trait("libvirtd.conf", "max_queued_clients"), Trait("libvirtd.conf", "admin_max_queued_clients")]
    public async Task Queues_are_as_long_as_it_is_written()
    {
        await StartAsync("auth_unix_rw = \"none\"\nmax_queued_clients = 33\nadmin_max_queued_clients = 11");
        string listening = (await Command.RunAsync(Needs.Program("ss"), ["-xlH"])).Output;
        Assert.Equal("33", Queue(daemon.Socket()));
        Assert.Equal("11", Queue(daemon.Socket("libvirt-admin-sock")));

        // Netid State Recv-Q Send-Q Address: for what listens, Send-Q is the length of the queue.
        string Queue(string socket) => listening.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(fields => fields.Length > 4 && fields[4] == socket)[3];
    }

    [Fact, Trait("libvirtd.conf", "host_uuid")]
    public async Task The_host_has_the_UUID_that_is_written()
    {
        await StartAsync("auth_unix_rw = \"none\"\nhost_uuid = \"c7a5fdbd-edaf-9455-926a-d65c16db1809\"");
        Assert.Contains("<uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>", await CapabilitiesAsync());
    }

    [Fact, Trait("libvirtd.conf", "host_uuid_source")]
    public async Task The_host_has_the_UUID_of_the_source_that_is_written()
    {
        Assert.SkipUnless(File.Exists("/etc/machine-id"), "there is no /etc/machine-id");
        await StartAsync("auth_unix_rw = \"none\"\nhost_uuid_source = \"machine-id\"");
        var id = Guid.ParseExact((await File.ReadAllTextAsync("/etc/machine-id", TestContext.Current.CancellationToken)).Trim(), "N");
        Assert.Contains($"<uuid>{id.ToString("D", CultureInfo.InvariantCulture)}</uuid>", await CapabilitiesAsync());
    }

    async Task<string> CapabilitiesAsync() =>
        (await Command.RunAsync(Needs.Program("virsh"), ["-c", daemon.Uri(), "capabilities"])).Output;
}
