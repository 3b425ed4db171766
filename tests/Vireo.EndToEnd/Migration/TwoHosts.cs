using System.Diagnostics;
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
        // Who connects through a network that is cut gives up after three seconds, not after two minutes.
        await Vireo.InNetworkAsync("sh", "-c", "echo 1 >/proc/sys/net/ipv4/tcp_syn_retries");
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

    /// <summary>
    /// A guest that stands still as soon as it runs: its firmware is one instruction. Where many guests are started or moved, those with a firmware that boots take
    /// most of the time.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="uuid">Its uuid.</param>
    /// <param name="devices">Its devices besides the console.</param>
    /// <param name="after">What follows the devices.</param>
    public string Still(string name, string uuid, string devices = "", string after = "")
    {
        string firmware = Path.Join(Shared, "still.bin");
        if (!File.Exists(firmware))
        {
            // Where an x86 begins, 16 bytes before the end: cli; hlt; jmp to the hlt.
            byte[] image = new byte[0x10000];
            new byte[] { 0xfa, 0xf4, 0xeb, 0xfd }.CopyTo(image, image.Length - 16);
            File.WriteAllBytes(firmware, image);
        }
        return Guests.Tiny(name, uuid)
            .Replace("<domain type='qemu'>", "<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>", StringComparison.Ordinal)
            .Replace("</os>", $"<loader readonly='yes' type='rom'>{firmware}</loader></os>", StringComparison.Ordinal)
            .Replace("<devices>", "<devices>" + devices, StringComparison.Ordinal)
            .Replace("</devices>", "</devices>" + after, StringComparison.Ordinal);
    }

    /// <summary>Makes a machine that runs, unless it runs there already: what a case left as it was is the next one's.</summary>
    public async Task NeedAsync(bool stock, string machine, Func<string> document)
    {
        if (await StateAsync(stock, machine) is "running" && await StateAsync(!stock, machine) is "gone") return;
        await ClearAsync(machine);
        string path = Path.Join(Shared, machine + ".xml");
        await File.WriteAllTextAsync(path, document());
        await RunAsync(stock, "create", path);
    }

    /// <summary>How a machine is, in virsh's words; "gone": it is not there.</summary>
    public async Task<string> StateAsync(bool stock, string machine)
    {
        CommandResult said = await TryAsync(stock, "domstate", machine);
        return said.ExitCode == 0 ? said.Output.Trim() : "gone";
    }

    /// <summary>Waits until a machine is as it shall be; "alive": it runs or stands still.</summary>
    public Task UntilAsync(bool stock, string machine, string wanted, string where) => UntilAsync(async () =>
        await StateAsync(stock, machine) is var state && (wanted is "alive" ? state is "running" or "paused" : state == wanted), $"{where}: that it is {wanted}");

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"{what} was waited for\n{Vireo.Log}");
            await Task.Delay(20);
        }
    }

    /// <summary>Takes everything away.</summary>
    public Task ClearAsync(params string[] machines) => Task.WhenAll(new[] { true, false }.Select(stock =>
        TryAsync(stock, string.Join("; ", machines.Select(static m => $"destroy {m}; undefine {m}")))));

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
