using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Vireo.Remote;
using Xunit;

namespace Vireo.EndToEnd.Transports;

/// <summary>Both kinds of client through every transport that needs no network: to vireod, and to stock libvirtd where it can run.</summary>
public sealed class LocalTransportTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("vtr").FullName;
    IAsyncDisposable? daemon;
    SshServer? server;
    string socket = "";

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (daemon is not null)
            await daemon.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public static TheoryData<bool, bool, string> Ways()
    {
        var all = new TheoryData<bool, bool, string>();
        foreach (bool stock in new[] { false, true })
            foreach (bool blocking in new[] { false, true })
                foreach (string uri in new[]
                {
                    "test+unix:///default?socket=SOCKET",
                    "test+ext:///default?command=FOLDER/join",
                    "test+ssh://127.0.0.1:PORT/default?socket=SOCKET&keyfile=KEY&no_verify=1&no_tty=1&command=FOLDER/ssh",
                    "test+ssh://127.0.0.1:PORT/default?proxy=native&keyfile=KEY&no_verify=1&no_tty=1&command=FOLDER/ssh",
                    "test+ssh://127.0.0.1:PORT/default?proxy=auto&keyfile=KEY&no_verify=1&no_tty=1&command=FOLDER/ssh",
                    "test+libssh2://127.0.0.1:PORT/default?socket=SOCKET&keyfile=KEY&known_hosts=FOLDER/known&known_hosts_verify=auto&sshauth=privkey",
                    "test+libssh://127.0.0.1:PORT/default?proxy=native&keyfile=KEY&known_hosts_verify=ignore&sshauth=privkey",
                })
                    all.Add(stock, blocking, uri);
        return all;
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_client_reaches_the_daemon(bool stock, bool blocking, string uri)
    {
        string netcat = Needs.Program("nc");
        await StartAsync(stock, withSsh: uri.Contains("ssh:", StringComparison.Ordinal) || uri.Contains("ssh2:", StringComparison.Ordinal));
        Script("join", $"exec {netcat} -U {socket}");
        // No file of this user's is asked or written.
        Script("ssh", $"exec ssh -F none -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o IdentitiesOnly=yes \"$@\"");
        if (server is not null)
            Script(Path.Join(server.Programs, "virt-ssh-helper"), $"test \"$1\" = test:///default && exec {netcat} -U {socket}");
        await using IDriverConnection connection = await OpenAsync(uri, blocking);
        Assert.Equal("test:///default", connection.Uri);
        DomainRef[] domains = await connection.Capabilities.Find<IDomainListing>()!.ListAllAsync(default, default);
        Assert.Equal(["test"], domains.Select(static d => d.Name));
        Assert.Contains("<name>test</name>", await connection.Capabilities.Find<IDomainInfo>()!.GetXmlAsync(domains[0], default, default), StringComparison.Ordinal);
        if (uri.Contains("known_hosts=", StringComparison.Ordinal))
            Assert.Contains($"[127.0.0.1]:{server!.Port} ssh-ed25519 ", await File.ReadAllTextAsync(Path.Join(folder, "known")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_key_changed_is_refused()
    {
        await StartAsync(stock: false, withSsh: true);
        string other = (await File.ReadAllTextAsync(server!.Key + ".pub")).Split(' ')[1];
        await File.WriteAllTextAsync(Path.Join(folder, "known"), $"[127.0.0.1]:{server.Port} ssh-ed25519 {other}\n");
        VireoException refused = await Assert.ThrowsAsync<VireoException>(() => OpenAsync(
            "test+libssh2://127.0.0.1:PORT/default?socket=SOCKET&keyfile=KEY&known_hosts=FOLDER/known&known_hosts_verify=auto", blocking: false).AsTask());
        Assert.Equal(ErrorCode.AuthFailed, refused.Code);
        Assert.Contains("HOST KEY VERIFICATION FAILED", refused.Message, StringComparison.Ordinal);
    }

    async Task StartAsync(bool stock, bool withSsh)
    {
        if (stock)
        {
            Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
            StockDaemon started = await StockDaemon.StartAsync();
            (daemon, socket) = (started, started.Socket);
        }
        else
        {
            VireoDaemon started = await VireoDaemon.StartAsync();
            (daemon, socket) = (started, started.Socket);
        }
        if (withSsh)
            server = await SshServer.StartAsync();
    }

    void Script(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    async ValueTask<IDriverConnection> OpenAsync(string uri, bool blocking)
    {
        string filled = uri.Replace("SOCKET", Uri.EscapeDataString(socket), StringComparison.Ordinal).Replace("FOLDER", folder, StringComparison.Ordinal)
            .Replace("PORT", server?.Port.ToString(), StringComparison.Ordinal).Replace("KEY", server?.Key, StringComparison.Ordinal);
        var driver = new RemoteDriver(new RemoteOptions { Blocking = blocking, Settings = new() });
        ValueTask<IDriverConnection?> opening = driver.OpenAsync(ConnectionUri.Parse(filled), Caller.Self, default);
        Assert.True(!blocking || opening.IsCompleted);
        return (await opening)!;
    }
}
