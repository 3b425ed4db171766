using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Vireo.EndToEnd.Transports;
using Xunit;

namespace Vireo.EndToEnd.Clients;

/// <summary>vireod and, where it can run, stock libvirtd, each served by all transports: TCP with SASL, TLS with certificates, ssh with a key.</summary>
public sealed class ClientHosts : IAsyncLifetime
{
    const string StockSettings = """
        mkdir -p /etc/sasl2 && mount -t tmpfs sasl /etc/sasl2
        cp SASL/libvirt.conf /etc/sasl2/
        printf '%s\n' 'listen_tcp = 1' 'listen_tls = 1' 'listen_addr = "127.0.0.1"' 'auth_tcp = "sasl"' 'auth_tls = "none"' \
            "ca_file = \"PKI/cacert.pem\"" "cert_file = \"PKI/servercert.pem\"" "key_file = \"PKI/serverkey.pem\"" >>/etc/libvirt/libvirtd.conf
        """;

    readonly RemoteDaemon ours = new();
    RunningProgram? program;
    StockDaemon? stock;
    SshServer? ssh;

    string Folder => ours.Program.Root;

    string Sasl => Path.Join(Folder, "sasl2");

    /// <summary>A file for clients that are not asked who they are.</summary>
    public string AuthFile => Path.Join(Sasl, "auth.conf");

    /// <summary>Why there is no stock daemon to compare with, or null.</summary>
    public string? WhyNoStock { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Sasl);
        await File.WriteAllTextAsync(Path.Join(Sasl, "libvirt.conf"),
            $"mech_list: digest-md5\nsasldb_path: {Sasl}/users\npwcheck_method: auxprop\nauxprop_plugin: sasldb\n");
        await File.WriteAllTextAsync(AuthFile, $"""
            [credentials-test]
            username={ClientPrograms.User}
            authname={ClientPrograms.User}
            password={ClientPrograms.Password}
            [auth-libvirt-default]
            credentials=test

            """);
        if (Command.Find("saslpasswd2") is { } saslpasswd2)
            await Command.RunAsync(saslpasswd2, ["-p", "-c", "-f", Path.Join(Sasl, "users"), "-a", "libvirt", ClientPrograms.User], input: ClientPrograms.Password);
        program = await ours.StartAsync($"{ours.Files}\nlisten_tcp = 1\nauth_tls = \"none\"", new Dictionary<string, string?> { ["SASL_CONF_PATH"] = Sasl });
        WhyNoStock = StockDaemon.WhyNot();
        if (WhyNoStock is null)
            stock = await StockDaemon.StartAsync(
                StockSettings.Replace("SASL", Sasl, StringComparison.Ordinal).Replace("PKI", ours.Pki.Folder, StringComparison.Ordinal), "--listen");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (ssh is not null)
            await ssh.DisposeAsync();
        if (stock is not null)
            await stock.DisposeAsync();
        await ours.DisposeAsync();
    }

    /// <summary>What vireod wrote.</summary>
    public string Said => program!.Said;

    /// <summary>The way to vireod.</summary>
    public async Task<Way> ToOursAsync(string transport) => await WayAsync(
        transport, ours.Program.Socket(), RemoteDaemon.Port(program!, "tcp"), RemoteDaemon.Port(program!, "tls"), []);

    /// <summary>The way to stock libvirtd, whose ports are in a network of its own.</summary>
    public async Task<Way> ToStockAsync(string transport) => await WayAsync(
        transport, stock!.Socket, "16509", "16514", transport is "tcp" or "tls" ? [Needs.Program("nsenter"), "-t", $"{stock.Pid}", "-n", "--"] : []);

    async Task<Way> WayAsync(string transport, string socket, string tcp, string tls, string[] before)
    {
        string pki = ours.Pki.ClientFolder("client");
        switch (transport)
        {
            case "unix":
                return new(transport, $"test+unix:///default?socket={socket}", $"unix:{socket}", socket, before);
            case "tcp":
                Needs.Program("saslpasswd2");
                return new(transport, $"test+tcp://127.0.0.1:{tcp}/default", $"tcp:{tcp}", socket, before);
            case "tls":
                return new(transport, $"test+tls://localhost:{tls}/default?pkipath={pki}", $"tls:{tls}:{pki}", socket, before);
            default:
                string netcat = Needs.Program("nc");
                ssh ??= await SshServer.StartAsync();
                string alone = await SshAloneAsync();
                return new(transport, $"test+ssh://127.0.0.1:{ssh.Port}/default?socket={socket}&keyfile={ssh.Key}&no_verify=1&no_tty=1&command={alone}",
                    $"exec:{alone} -p {ssh.Port} -i {ssh.Key} -o StrictHostKeyChecking=no -T 127.0.0.1 {netcat} -U {socket}", socket, before);
        }
    }

    /// <summary>An ssh that neither asks nor writes this user's own files.</summary>
    async Task<string> SshAloneAsync()
    {
        string path = Path.Join(Folder, "ssh");
        if (File.Exists(path))
            return path;
        await File.WriteAllTextAsync(path, "#!/bin/sh\nexec ssh -F none -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o IdentitiesOnly=yes \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
