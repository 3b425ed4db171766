using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>Debian's virsh logs in by SASL, with a database of users of the test's own.</summary>
public sealed class SaslTests : IAsyncLifetime
{
    readonly RemoteDaemon daemon = new();

    string Folder => Path.Join(daemon.Program.Root, "sasl2");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Join(Folder, "libvirt.conf"),
            $"mech_list: digest-md5 scram-sha-256 plain\nsasldb_path: {Folder}/users\npwcheck_method: auxprop\nauxprop_plugin: sasldb\n");
        CommandResult made = await Command.RunAsync(
            Needs.Program("saslpasswd2"), ["-p", "-c", "-f", Path.Join(Folder, "users"), "-a", "libvirt", "fred"], input: "secret");
        Assert.True(made.ExitCode == 0, made.ToString());
    }

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    Task<RunningProgram> StartAsync(string settings) => daemon.StartAsync(settings, new Dictionary<string, string?> { ["SASL_CONF_PATH"] = Folder });

    async Task<CommandResult> VirshAsync(string uri, string password = "secret", params string[] command)
    {
        string file = Path.Join(Folder, "auth-" + password);
        await File.WriteAllTextAsync(file,
            $"[credentials-test]\nusername=fred\nauthname=fred\npassword={password}\n[auth-libvirt-default]\ncredentials=test\n");
        return await Command.RunAsync(Needs.Program("virsh"), ["-c", uri, .. command is [] ? ["list", "--name"] : command],
            new Dictionary<string, string?> { ["LIBVIRT_AUTH_FILE"] = file });
    }

    static void Served(CommandResult result) => Assert.True(result.Output == "test\n\n", result.ToString());

    static void Refused(CommandResult result)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("authentication failed", result.Error);
    }

    [Fact, Trait("libvirtd.conf", "auth_tcp"), Trait("libvirtd.conf", "tcp_min_ssf")]
    public async Task Over_plain_TCP_by_a_mechanism_that_encrypts_all_that_follows()
    {
        RunningProgram program = await StartAsync("listen_tls = 0\nlisten_tcp = 1");
        string uri = $"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default";
        Served(await VirshAsync(uri));
        // A document is larger than one piece, and comes back with what was written to it.
        CommandResult document = await VirshAsync(uri, command: ["dumpxml", "test"]);
        Assert.EndsWith("</domain>", document.Output.TrimEnd(), StringComparison.Ordinal);
        Refused(await VirshAsync(uri, "wrong"));
        Assert.Contains("client response doesn't match", program.Said);
        foreach (string weak in new[] { "SCRAM-SHA-256", "PLAIN" })
            Assert.Contains($"SASL mechanism {weak} not supported by server", (await VirshAsync($"{uri}?auth=sasl.{weak}")).Error);
    }

    [Theory, Trait("libvirtd.conf", "auth_tls")]
    [InlineData("SCRAM-SHA-256"), InlineData("DIGEST-MD5"), InlineData("PLAIN")]
    public async Task Over_TLS_by_any_mechanism(string mechanism)
    {
        RunningProgram program = await StartAsync($"{daemon.Files}\nauth_tls = \"sasl\"");
        string uri = $"test+tls://localhost:{RemoteDaemon.Port(program, "tls")}/default?pkipath={daemon.Pki.ClientFolder("client")}&auth=sasl.{mechanism}";
        Served(await VirshAsync(uri));
        Refused(await VirshAsync(uri, "wrong"));
    }

    [Fact, Trait("libvirtd.conf", "auth_unix_rw")]
    public async Task At_a_unix_socket()
    {
        await StartAsync("listen_tls = 0\nauth_unix_rw = \"sasl\"");
        Served(await VirshAsync(daemon.Program.Uri("test")));
        Refused(await VirshAsync(daemon.Program.Uri("test"), "wrong"));
    }

    [Theory, Trait("libvirtd.conf", "sasl_allowed_username_list")]
    [InlineData("fr*", true), InlineData("joe", false)]
    public async Task Only_names_on_the_list_are_let_in(string pattern, bool welcome)
    {
        RunningProgram program = await StartAsync($"listen_tls = 0\nauth_unix_rw = \"sasl\"\nsasl_allowed_username_list = [ \"somebody\", \"{pattern}\" ]");
        CommandResult result = await VirshAsync(daemon.Program.Uri("test"));
        if (welcome)
            Served(result);
        else
        {
            Refused(result);
            Assert.Contains("SASL client identity 'fred' not allowed", program.Said);
        }
    }
}
