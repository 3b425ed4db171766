using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Vireo.EndToEnd.Transports;
using Vireo.Testing.Pki;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>Every way to vireod, with logins and certificates that are good and that are not: what a program finds is the same on Debian's library and on ours.</summary>
public sealed class VireodTransportTests : IAsyncDisposable
{
    readonly RemoteDaemon daemon = new();
    SshServer? ssh;

    string Folder => daemon.Program.Root;

    string Sasl => Path.Join(Folder, "sasl2");

    public async ValueTask DisposeAsync()
    {
        if (ssh is not null)
            await ssh.DisposeAsync();
        await daemon.DisposeAsync();
    }

    [Fact]
    public async Task By_tcp_and_a_password()
    {
        RunningProgram program = await StartAsync("listen_tls = 0\nlisten_tcp = 1");
        string uri = $"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default", file = Path.Join(Folder, "auth.conf");
        await File.WriteAllTextAsync(file, "[credentials-test]\nauthname=fred\npassword=secret\nrealm=\n[auth-libvirt-default]\ncredentials=test\n", TestContext.Current.CancellationToken);
        ServedAll(2, await SameAsync("fred", "secret", uri, $"{uri}?auth=sasl.DIGEST-MD5", $"{uri}?auth=sasl.SCRAM-SHA-256", $"{uri}?auth=sasl.PLAIN", $"{uri}?auth=polkit"));
        ServedAll(0, await SameAsync("fred", "wrong", $"{uri}", $"{uri}?auth=sasl.DIGEST-MD5"));
        ServedAll(0, await SameAsync("nobody", "secret", $"{uri}"));
        ServedAll(1, await SameAsync("fred", "wrong", $"{uri}?authfile={file}"));
    }

    [Fact]
    public async Task By_tcp_in_clear()
    {
        RunningProgram program = await StartAsync("listen_tls = 0\nlisten_tcp = 1\nauth_tcp = \"none\"");
        ServedAll(1, await SameAsync("fred", "secret", $"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default", "test+tcp://127.0.0.1:1/default"));
    }

    [Fact]
    public async Task By_tls_and_certificates()
    {
        daemon.Pki.Issue("other", "CN=other", TestPki.ClientAuth).Dispose();
        RunningProgram program = await StartAsync($"{daemon.Files}\ntls_allowed_dn_list = [\"*CN=client1*\"]");
        string port = RemoteDaemon.Port(program, "tls"), good = daemon.Pki.ClientFolder("client"), other = daemon.Pki.ClientFolder("other");
        ServedAll(5, await SameAsync("fred", "secret", $"test+tls://localhost:{port}/default?pkipath={good}", $"test://localhost:{port}/default?pkipath={good}",
            $"test+tls://localhost:{port}/default?pkipath={good}&tls_priority=NORMAL:-VERS-TLS1.3", $"test+tls://127.0.0.1:{port}/default?pkipath={good}&no_verify=1",
            $"test+tls://127.0.0.1:{port}/default?pkipath={good}", $"test+tls://localhost:{port}/default?pkipath={other}", $"test+tls://localhost:{port}/default?pkipath=/nowhere",
            $"!test+tls://localhost:{port}/default?pkipath={good}&tls_priority=NONSENSE"));
    }

    [Fact]
    public async Task By_tls_and_a_password()
    {
        RunningProgram program = await StartAsync($"{daemon.Files}\nauth_tls = \"sasl\"");
        string uri = $"test+tls://localhost:{RemoteDaemon.Port(program, "tls")}/default?pkipath={daemon.Pki.ClientFolder("client")}";
        ServedAll(4, await SameAsync("fred", "secret", uri, $"{uri}&auth=sasl.SCRAM-SHA-256", $"{uri}&auth=sasl.PLAIN", $"{uri}&auth=sasl.DIGEST-MD5", $"{uri}&auth=sasl.GSSAPI"));
        ServedAll(0, await SameAsync("fred", "wrong", $"{uri}&auth=sasl.SCRAM-SHA-256", $"{uri}&auth=sasl.PLAIN", $"{uri}&auth=sasl.DIGEST-MD5"));
    }

    [Fact]
    public async Task By_sockets_by_a_program_and_by_ssh()
    {
        RunningProgram program = await StartAsync("listen_tls = 0");
        ssh = await SshServer.StartAsync();
        string netcat = Needs.Program("nc"), socket = daemon.Program.Socket(), join = Path.Join(Folder, "join");
        Script(join, $"exec {netcat} -U {socket}");
        Script(Path.Join(Folder, "ssh"), "exec ssh -F none -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o IdentitiesOnly=yes \"$@\"");
        Script(Path.Join(ssh.Programs, "virt-ssh-helper"), $"for last; do :; done; test \"$last\" = test:///default && exec {netcat} -U {socket}");
        string way = $"test+ssh://127.0.0.1:{ssh.Port}/default?keyfile={ssh.Key}&no_verify=1&no_tty=1&command={Folder}/ssh";
        ServedAll(6, await SameAsync("fred", "secret", $"test+unix:///default?socket={socket}", $"test+unix:///default?socket={Folder}/nobody",
            $"test+ext:///default?command={join}", "!test+ext:///default?command=/nowhere",
            $"{way}&socket={socket}&proxy=netcat&netcat={netcat}", $"{way}&proxy=native", $"{way}&proxy=auto", $"{way}&socket={socket}",
            $"!{way}&socket={Folder}/nobody&proxy=netcat&netcat={netcat}", $"!{way}&proxy=netcat&netcat=/nowhere&socket={socket}",
            $"test+ssh://127.0.0.1:1/default?no_tty=1&no_verify=1&command={Folder}/ssh"));
        Assert.False(program.HasExited);
    }

    async Task<RunningProgram> StartAsync(string settings)
    {
        Directory.CreateDirectory(Sasl);
        await File.WriteAllTextAsync(Path.Join(Sasl, "libvirt.conf"),
            $"mech_list: digest-md5 scram-sha-256 plain\nsasldb_path: {Sasl}/users\npwcheck_method: auxprop\nauxprop_plugin: sasldb\n");
        CommandResult made = await Command.RunAsync(Needs.Program("saslpasswd2"), ["-p", "-c", "-f", Path.Join(Sasl, "users"), "-a", "libvirt", "fred"], input: "secret");
        Assert.True(made.ExitCode == 0, made.ToString());
        RunningProgram program = await daemon.StartAsync(settings, new Dictionary<string, string?> { ["SASL_CONF_PATH"] = Sasl });
        Assert.False(program.HasExited, program.Said);
        return program;
    }

    static Task<string> SameAsync(string name, string password, params string[] uris) => TransportProgram.SameAsync([], name, password, uris);

    /// <summary>Two libraries that fail alike would be equal, too.</summary>
    static void ServedAll(int expected, string said) => Assert.True(expected == said.Split('\n').Count(static line => line.Contains(" TEST ", StringComparison.Ordinal) || line.Contains(" Test ", StringComparison.Ordinal)), said);

    static void Script(string path, string text)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
