using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Vireo.Testing.Pki;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>A stock libvirtd and a vireod, which take each other for another host and reach each other by a network of their own.</summary>
public class TwoHosts : IAsyncLifetime
{
    /// <summary>What the vireod says that its host is.</summary>
    const string OtherHost = "host_uuid = \"8510b1a1-0afa-4da6-8111-785fae202c1e\"\nauth_unix_rw = \"none\"\n";

    DirectoryInfo? folder;

    /// <summary>A folder that both see, and their guests too.</summary>
    public string Shared => folder!.FullName;

    /// <summary>Why they cannot be, or null.</summary>
    public string? Missing { get; } = StockDaemon.WhyNot();

    /// <summary>What our command line says.</summary>
    protected virtual string[] Options => [];

    /// <summary>Stock.</summary>
    public StockDaemon Stock { get; private set; } = null!;

    /// <summary>Ours.</summary>
    public VireoDaemon Vireo { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        folder = Directory.CreateTempSubdirectory("hosts");
        File.SetUnixFileMode(Shared, (UnixFileMode)0x1ed);
        string certificates = Certificates(Path.Join(Shared, "pki"));
        Stock = await StockDaemon.StartAsync($"echo '{certificates}' >>/etc/libvirt/qemu.conf\n");
        Vireo = await VireoDaemon.StartInNetworkOfAsync(Stock.Pid, OtherHost, certificates + "\n", Options);
    }

    static string Certificates(string at)
    {
        using var authority = new TestPki(at);
        File.Move(authority.Ca, Path.Join(at, "ca-cert.pem"));
        foreach (var (name, purpose) in new[] { ("server-", TestPki.ServerAuth), ("client-", TestPki.ClientAuth) })
            authority.Issue(name, "CN=localhost", purpose).Dispose();
        return $"migrate_tls_x509_cert_dir = \"{at}\"";
    }

    /// <summary>The URI of one.</summary>
    public string Uri(bool stock) => $"qemu+unix:///system?socket={(stock ? Stock.Socket : Vireo.Socket)}";

    /// <summary>Runs virsh on one.</summary>
    public async Task<CommandResult> TryAsync(bool stock, params string[] words) =>
        await Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", Uri(stock), .. words]);

    /// <summary>The same; it must succeed.</summary>
    public async Task<string> RunAsync(bool stock, params string[] words)
    {
        CommandResult said = await TryAsync(stock, words);
        Assert.True(said.ExitCode == 0, $"virsh {string.Join(' ', words)}: {said}\n{Vireo.Log}");
        return said.Output;
    }

    /// <summary>The words that move a machine to the other.</summary>
    public string[] To(bool stock, string machine, params string[] flags) =>
        ["migrate", machine, Uri(stock), "--migrateuri", "tcp:127.0.0.1", .. flags];

    /// <summary>Cuts the network between the two, or mends it.</summary>
    public async Task NetworkAsync(bool up)
    {
        CommandResult said = await Vireo.InNetworkAsync("ip", "link", "set", "lo", up ? "up" : "down");
        Assert.True(said.ExitCode == 0, said.ToString());
    }

    /// <summary>Takes everything away.</summary>
    public async Task ClearAsync(params string[] machines)
    {
        foreach (string machine in machines)
            foreach (bool stock in new[] { true, false })
                foreach (string command in new[] { "destroy", "undefine" })
                    await TryAsync(stock, command, machine);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Missing is not null) return;
        await Vireo.DisposeAsync();
        await Stock.DisposeAsync();
        folder!.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
