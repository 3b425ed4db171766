using System.Security.Cryptography.X509Certificates;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Vireo.Remote;
using Vireo.Testing.Pki;
using Xunit;

namespace Vireo.EndToEnd.Transports;

/// <summary>Both kinds of client by TCP and TLS to vireod, with and without SASL.</summary>
public sealed class NetworkTransportTests : IAsyncDisposable
{
    readonly RemoteDaemon daemon = new();

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    string SaslFolder => Path.Join(daemon.Program.Root, "sasl2");

    async Task<Dictionary<string, string?>> UsersAsync()
    {
        Directory.CreateDirectory(SaslFolder);
        await File.WriteAllTextAsync(Path.Join(SaslFolder, "libvirt.conf"),
            $"mech_list: digest-md5 scram-sha-256 plain\nsasldb_path: {SaslFolder}/users\npwcheck_method: auxprop\nauxprop_plugin: sasldb\n");
        CommandResult made = await Command.RunAsync(
            Needs.Program("saslpasswd2"), ["-p", "-c", "-f", Path.Join(SaslFolder, "users"), "-a", "libvirt", "fred"], input: "secret");
        Assert.True(made.ExitCode == 0, made.ToString());
        return new() { ["SASL_CONF_PATH"] = SaslFolder };
    }

    /// <summary>Answers as a person would.</summary>
    sealed class Person(string name, string password) : ICredentialSource
    {
        public List<CredentialKind> Asked { get; } = [];

        public IReadOnlyCollection<CredentialKind> Kinds => [CredentialKind.AuthName, CredentialKind.Passphrase, CredentialKind.Realm];

        public ValueTask<bool> AnswerAsync(IReadOnlyList<Credential> asked, CancellationToken cancel)
        {
            foreach (Credential one in asked)
            {
                Asked.Add(one.Kind);
                one.Answer = one.Kind switch { CredentialKind.Passphrase => password, CredentialKind.Realm => one.Default ?? "", _ => name };
            }
            return new(true);
        }
    }

    static async ValueTask<IDriverConnection> OpenAsync(string uri, bool blocking, ICredentialSource? person = null)
    {
        var driver = new RemoteDriver(new RemoteOptions { Blocking = blocking, Settings = new(), Credentials = person });
        ValueTask<IDriverConnection?> opening = driver.OpenAsync(ConnectionUri.Parse(uri), Caller.Self, default);
        Assert.True(!blocking || opening.IsCompleted);
        return (await opening)!;
    }

    static async Task ServedAsync(string uri, bool blocking, ICredentialSource? person = null)
    {
        await using IDriverConnection connection = await OpenAsync(uri, blocking, person);
        DomainRef[] domains = await connection.Capabilities.Find<IDomainListing>()!.ListAllAsync(default, default);
        Assert.Equal(["test"], domains.Select(static d => d.Name));
        // More than one piece of what the layers cut messages into, in both directions.
        string title = new('t', 100_000);
        await connection.Capabilities.Find<IDomainMetadata>()!.SetMetadataAsync(
            domains[0], DomainMetadataType.Description, title, null, null, DomainModificationImpact.Live, default);
        Assert.Contains(title, await connection.Capabilities.Find<IDomainInfo>()!.GetXmlAsync(domains[0], default, default), StringComparison.Ordinal);
    }

    static async Task<VireoException> RefusedAsync(string uri, bool blocking, ICredentialSource? person = null) =>
        await Assert.ThrowsAsync<VireoException>(() => OpenAsync(uri, blocking, person).AsTask());

    [Theory, InlineData(false), InlineData(true)]
    public async Task By_tcp_in_clear_where_the_daemon_allows_it(bool blocking)
    {
        RunningProgram program = await daemon.StartAsync("listen_tls = 0\nlisten_tcp = 1\nauth_tcp = \"none\"");
        await ServedAsync($"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default", blocking);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task By_tcp_with_a_mechanism_that_wraps_all_that_follows(bool blocking)
    {
        RunningProgram program = await daemon.StartAsync("listen_tls = 0\nlisten_tcp = 1", await UsersAsync());
        string uri = $"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default";
        var person = new Person("fred", "secret");
        await ServedAsync(uri, blocking, person);
        Assert.Contains(CredentialKind.Passphrase, person.Asked);
        Assert.Equal(ErrorCode.AuthFailed, (await RefusedAsync(uri, blocking, new Person("fred", "wrong"))).Code);
        Assert.Equal(ErrorCode.AuthFailed, (await RefusedAsync(uri, blocking)).Code);
        Assert.Contains("SASL mechanism PLAIN not supported by server", (await RefusedAsync(uri + "?auth=sasl.PLAIN", blocking, person)).Message, StringComparison.Ordinal);
        Assert.Contains("requested authentication type polkit rejected", (await RefusedAsync(uri + "?auth=polkit", blocking, person)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task By_a_file_of_credentials_nobody_is_asked(bool blocking)
    {
        RunningProgram program = await daemon.StartAsync("listen_tls = 0\nlisten_tcp = 1", await UsersAsync());
        string file = Path.Join(SaslFolder, "auth.conf");
        await File.WriteAllTextAsync(file, "[credentials-test]\nusername=fred\nauthname=fred\npassword=secret\nrealm=\n[auth-libvirt-default]\ncredentials=test\n");
        await ServedAsync($"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default?authfile={file}", blocking);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task By_tls_with_certificates_of_the_uris_folder(bool blocking)
    {
        RunningProgram program = await daemon.StartAsync(daemon.Files);
        string port = RemoteDaemon.Port(program, "tls"), folder = daemon.Pki.ClientFolder("client");
        await ServedAsync($"test://localhost:{port}/default?pkipath={folder}", blocking);
        await ServedAsync($"test+tls://localhost:{port}/default?pkipath={folder}&tls_priority=SECURE256:-VERS-TLS1.2", blocking);
        string elsewhere = Path.Join(folder, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        using (var stranger = new TestPki(elsewhere, "CN=Stranger"))
        {
            VireoException unknown = await RefusedAsync($"test+tls://localhost:{port}/default?pkipath={elsewhere}", blocking);
            Assert.Contains("The certificate hasn't got a known issuer.", unknown.Message, StringComparison.Ordinal);
        }
        using X509Certificate2 server = X509CertificateLoader.LoadCertificateFromFile($"{daemon.Pki.Folder}/servercert.pem");
        File.Copy(daemon.Pki.Revoke(DateTimeOffset.UtcNow.AddDays(3), server), Path.Join(folder, "cacrl.pem"));
        Assert.Contains("The certificate has been revoked.", (await RefusedAsync($"test+tls://localhost:{port}/default?pkipath={folder}", blocking)).Message, StringComparison.Ordinal);
        await ServedAsync($"test+tls://localhost:{port}/default?pkipath={folder}&no_verify=1", blocking);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task By_tls_whoever_is_not_certified_is_not_let_in(bool blocking)
    {
        RunningProgram program = await daemon.StartAsync(daemon.Files);
        string bare = Path.Join(daemon.Program.Root, "bare");
        Directory.CreateDirectory(bare);
        string uri = $"test+tls://localhost:{RemoteDaemon.Port(program, "tls")}/default?pkipath={bare}";
        Assert.Contains($"Cannot read CA certificate '{bare}/cacert.pem'", (await RefusedAsync(uri, blocking)).Message, StringComparison.Ordinal);
        File.Copy(daemon.Pki.Ca, Path.Join(bare, "cacert.pem"));
        Assert.Contains("Unable to read TLS confirmation: Input/output error", (await RefusedAsync(uri, blocking)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(false, "SCRAM-SHA-256"), InlineData(true, "PLAIN"), InlineData(true, "DIGEST-MD5")]
    public async Task By_tls_and_a_password(bool blocking, string mechanism)
    {
        RunningProgram program = await daemon.StartAsync($"{daemon.Files}\nauth_tls = \"sasl\"", await UsersAsync());
        string uri = $"test+tls://localhost:{RemoteDaemon.Port(program, "tls")}/default?pkipath={daemon.Pki.ClientFolder("client")}&auth=sasl.{mechanism}";
        await ServedAsync(uri, blocking, new Person("fred", "secret"));
        Assert.Equal(ErrorCode.AuthFailed, (await RefusedAsync(uri, blocking, new Person("fred", "wrong"))).Code);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Nobody_at_a_port_or_of_a_name_is_said(bool blocking)
    {
        VireoException absent = await RefusedAsync("test+tcp://127.0.0.1:1/default", blocking);
        Assert.Equal((ErrorCode.SystemError, "unable to connect to server at '127.0.0.1:1': Connection refused"), (absent.Code, absent.Message));
        Assert.StartsWith("Unable to resolve address 'nobody.invalid' service '16509'", (await RefusedAsync("test+tcp://nobody.invalid/default", blocking)).Message, StringComparison.Ordinal);
    }
}
