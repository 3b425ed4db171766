using System.Diagnostics;
using System.Text.RegularExpressions;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>Single sign-on: who has a ticket logs in over plain TCP, by SASL's GSSAPI, which encrypts all that follows.</summary>
public sealed partial class KerberosTests : IAsyncLifetime
{
    readonly RemoteDaemon daemon = new();
    KerberosRealm? realm;

    string Folder => Path.Join(daemon.Program.Root, "krb5");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        Assert.SkipUnless(Directory.Exists("/usr/lib/x86_64-linux-gnu/sasl2") && Directory.EnumerateFiles("/usr/lib/x86_64-linux-gnu/sasl2", "libgssapi*").Any(),
            "libsasl2-modules-gssapi-mit is not installed");
        realm = await KerberosRealm.StartAsync(Folder, "libvirt", "fred", "joe");
        await File.WriteAllTextAsync(Path.Join(Folder, "libvirt.conf"), "mech_list: gssapi\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (realm is not null)
            await realm.DisposeAsync();
        await daemon.DisposeAsync();
    }

    async Task<string> StartAsync(string settings = "")
    {
        program = await daemon.StartAsync(
            $"listen_tls = 0\nlisten_tcp = 1\n{settings}", new Dictionary<string, string?>(realm!.OfService) { ["SASL_CONF_PATH"] = Folder });
        return $"test+tcp://localhost:{RemoteDaemon.Port(program, "tcp")}/default";
    }

    RunningProgram? program;

    Task<CommandResult> VirshAsync(string uri, string user, params string[] command) => Command.RunAsync(Needs.Program("virsh"), ["-c", uri, .. command], realm!.Of(user));

    Task<CommandResult> ShellAsync(string uri, string user, params string[] command)
    {
        (string shell, string[] first) = VireoDaemon.Find("Vireo.Shell", "vireo");
        return Command.RunAsync(shell, [.. first, "-c", uri, .. command], realm!.Of(user));
    }

    [Fact, Trait("libvirtd.conf", "auth_tcp")]
    public async Task A_ticket_is_enough()
    {
        string uri = await StartAsync();
        CommandResult document = await VirshAsync(uri, "fred", "dumpxml", "test");
        Assert.True(document.ExitCode == 0, $"{document}\n{program!.Said}\n{await File.ReadAllTextAsync(Path.Join(Folder, "kdc.log"), TestContext.Current.CancellationToken)}");
        Assert.EndsWith("</domain>", document.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(document.Output, (await ShellAsync(uri, "fred", "dumpxml", "test")).Output);
        foreach (CommandResult refused in new[] { await VirshAsync(uri, "nobody", "uri"), await ShellAsync(uri, "nobody", "uri") })
        {
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("authentication failed: Failed to start SASL negotiation", refused.Error);
        }
    }

    [Fact]
    public async Task The_daemon_knows_who_came_as_libvirtd_does()
    {
        string uri = await StartAsync();
        string ours = await SeenAsync([], uri, $"{VireoDaemon.Mode}?socket={daemon.Program.Socket("libvirt-admin-sock")}");
        Assert.Equal("transport : tcp\nreadonly : no\nsasl_user_name : fred\nsock_addr : 127.0.0.1:PORT\n", ours);
        if (StockDaemon.WhyNot() is not null)
            return;
        string variables = string.Concat(realm!.OfService.Select(static one => $"export {one.Key}={one.Value}\n"));
        await using StockDaemon stock = await StockDaemon.StartAsync($"""
            {variables}
            mkdir -p /etc/sasl2 && mount -t tmpfs sasl /etc/sasl2 && cp {Folder}/libvirt.conf /etc/sasl2/
            printf '%s\n' 'listen_tcp = 1' 'listen_tls = 0' 'listen_addr = "127.0.0.1"' >>/etc/libvirt/libvirtd.conf
            """, "--listen");
        Assert.Equal(ours, await SeenAsync([Needs.Program("nsenter"), "-t", $"{stock.Pid}", "-n", "--"],
            "test+tcp://localhost/default", $"system?socket={Path.GetDirectoryName(stock.Socket)}/libvirt-admin-sock"));
    }

    /// <summary>What a daemon tells of a client that fred has started, without its number and times.</summary>
    async Task<string> SeenAsync(string[] before, string uri, string admin)
    {
        // The centre is in this network only: what stock's client needs of it is fetched first.
        CommandResult ticket = await Command.RunAsync(Needs.Program("kvno"), ["libvirt/localhost"], realm!.Of("fred"));
        Assert.True(ticket.ExitCode == 0, ticket.ToString());
        string[] command = [.. before, Needs.Program("virsh"), "-c", uri];
        using Process client = Command.Start(command[0], command[1..], realm.Of("fred"));
        try
        {
            await client.StandardInput.WriteLineAsync("uri");
            await client.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            for (string? line = ""; line is not null && !line.Contains(uri, StringComparison.Ordinal);)
                line = await client.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Task<CommandResult> AdminAsync(params string[] words) => Command.RunAsync(Needs.Program("virt-admin"), ["-q", "-c", $"libvirtd:///{admin}", .. words]);
            string id = (await AdminAsync("client-list", "libvirtd")).Output.Trim().Split(' ')[0];
            string said = (await AdminAsync("client-info", "libvirtd", id)).Output;
            return Spaces().Replace(Port().Replace(Changing().Replace(said.TrimEnd('\n') + "\n", ""), "127.0.0.1:PORT"), " : ");
        }
        finally
        {
            client.Kill();
            await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"^(id|connection_time) *: .*\n", RegexOptions.Multiline)]
    private static partial Regex Changing();

    [GeneratedRegex(@" *: ")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();

    [Fact, Trait("libvirtd.conf", "sasl_allowed_username_list")]
    public async Task Only_names_on_the_list_are_let_in()
    {
        string uri = await StartAsync("sasl_allowed_username_list = [ \"f*\" ]");
        foreach (Func<string, string, string[], Task<CommandResult>> client in (Func<string, string, string[], Task<CommandResult>>[])[VirshAsync, ShellAsync])
        {
            CommandResult fred = await client(uri, "fred", ["list", "--name"]), joe = await client(uri, "joe", ["list", "--name"]);
            Assert.True(fred.Output == "test\n\n", $"{fred}\n{program!.Said}");
            Assert.Equal(1, joe.ExitCode);
            Assert.Contains("authentication failed", joe.Error);
        }
        Assert.Contains("SASL client identity 'joe' not allowed", program!.Said);
    }
}
