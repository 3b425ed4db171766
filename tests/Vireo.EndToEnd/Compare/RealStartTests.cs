using System.Text;
using System.Xml.Linq;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Two daemons that put guests into control groups, each with a network of its own, and the files that guests name.</summary>
public sealed class GuestHosts : IAsyncLifetime
{
    /// <summary>Why there is nothing to compare, or null.</summary>
    public string? Missing { get; private set; }

    public StockDaemon Stock { get; private set; } = null!;

    public VireoDaemon Vireo { get; private set; } = null!;

    /// <summary>The folder that machines call ROOT.</summary>
    public string Files { get; } = Directory.CreateTempSubdirectory("machines").FullName;

    public async ValueTask InitializeAsync()
    {
        Missing = StockDaemon.WhyNot() ?? (Command.Find("qemu-img") is null ? "qemu-img is not installed" : null);
        if (Missing is not null)
            return;
        Stock = await StockDaemon.StartAsync("sed -i /cgroup_controllers/d /etc/libvirt/qemu.conf\n");
        Vireo = await VireoDaemon.StartBehindAsync(
            "-m", "-n", "--propagation", "private", "--", "bash", Path.Join(AppContext.BaseDirectory, "Compare/private-dev.sh"));
        CommandResult up = await Vireo.InNetworkAsync("ip", "link", "set", "lo", "up");
        Assert.True(up.ExitCode == 0, up.ToString());
        File.SetUnixFileMode(Files, (UnixFileMode)0x1ff);
        Directory.CreateDirectory(Path.Join(Files, "folder"));
        foreach (string name in (string[])["a.img", "b.img", "kernel"])
            await File.WriteAllBytesAsync(Path.Join(Files, name), new byte[1 << 20]);
        foreach (string[] image in (string[][])[["c.qcow2", "1M"], ["base.qcow2", "1M"], ["-b", "base.qcow2", "-F", "qcow2", "top.qcow2"]])
        {
            CommandResult made = await Command.RunAsync("bash", ["-c", "cd \"$0\" && qemu-img create -q -f qcow2 \"$@\"", Files, .. image]);
            Assert.True(made.ExitCode == 0, made.ToString());
        }
        await LockAsync();
    }

    // Images that a secret opens, and the secret at both daemons. qemu-img measures how fast it is, and gives up where the clock did not move meanwhile.
    async Task LockAsync()
    {
        const string key = "letmein", usage = "vireo-real-key";
        string secret = Path.Join(Files, "secret.xml");
        await File.WriteAllTextAsync(secret, $"<secret private='yes'><uuid>5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d02</uuid><usage type='volume'><volume>{usage}</volume></usage></secret>");
        foreach (string[] image in (string[][])[["luks", "-o", "key-secret=k", "luks.img"], ["qcow2", "-o", "encrypt.format=luks,encrypt.key-secret=k", "luks.qcow2"]])
            await RunAsync("bash", "-c", $"cd \"$0\" && for n in {{1..50}}; do qemu-img create -q --object secret,id=k,data={key} -f \"$@\" 1M && exit; done; exit 1", Files, image[0], image[1], image[2], image[3]);
        foreach (string socket in (string[])[Stock.Socket, Vireo.Socket])
        {
            string uri = $"qemu+unix:///system?socket={socket}";
            await RunAsync("virsh", "-q", "-c", uri, "secret-define", secret);
            await RunAsync("virsh", "-q", "-c", uri, "secret-set-value", "5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d02", Convert.ToBase64String(Encoding.UTF8.GetBytes(key)));
        }
    }

    static async Task RunAsync(params string[] command)
    {
        CommandResult done = await Command.RunAsync(command[0], command[1..]);
        Assert.True(done.ExitCode == 0, done.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (Stock is not null)
            await Stock.DisposeAsync();
        if (Vireo is not null)
            await Vireo.DisposeAsync();
        Directory.Delete(Files, recursive: true);
    }
}

/// <summary>
/// The same documents started for real by stock libvirtd and by vireod: what becomes of them is compared where it counts, in the kernel.
/// </summary>
public sealed class RealStartTests(GuestHosts hosts) : IClassFixture<GuestHosts>
{
    static readonly IReadOnlyDictionary<string, XElement> All = new[] { "machines.xml", "machines-host.xml", "machines-elsewhere.xml" }
        .SelectMany(static file => XDocument.Load(Path.Join(AppContext.BaseDirectory, "Compare", file)).Root!.Elements("domain"))
        .ToDictionary(static domain => domain.Element("name")!.Value);

    public static TheoryData<string> Machines => [.. All.Keys];

    [Theory, MemberData(nameof(Machines))]
    public async Task A_guest_is_the_same_process_that_stock_makes_of_it(string machine)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        var domain = new XElement(All[machine]);
        string arch = domain.Element("os")!.Element("type")!.Attribute("arch")!.Value;
        Needs.Program($"qemu-system-{(arch == "armv7l" ? "arm" : arch)}");
        if (domain.Attribute("type")!.Value == "kvm") Assert.SkipUnless(File.Exists("/dev/kvm"), "/dev/kvm is not there");
        if (domain.Element("os")!.Attribute("firmware") is not null || domain.Descendants("loader").Any())
            Assert.SkipUnless(Directory.Exists(arch == "aarch64" ? "/usr/share/AAVMF" : "/usr/share/OVMF"), $"no firmware for {arch} is installed");
        if (domain.Descendants("tpm").Any()) Needs.Program("swtpm");
        string name = "real-" + machine;
        domain.Element("name")!.Value = name;
        using var documents = new Documents();
        documents.With("XML", domain.ToString(SaveOptions.DisableFormatting).Replace("ROOT", hosts.Files, StringComparison.Ordinal));

        string stock = await RunAsync(hosts.Stock.Socket, hosts.Stock.Root), ours = await RunAsync(hosts.Vireo.Socket, hosts.Vireo.Root);
        Assert.True(stock == ours, Difference(stock, ours));

        async Task<string> RunAsync(string socket, string root)
        {
            string virsh = Command.Find("virsh")!, uri = $"qemu+unix:///system?socket={socket}";
            Task<string> Say(params string[] lines) =>
                Transcript.OfAsync(line => Command.RunAsync(virsh, ["-q", "-c", uri, documents.Fill(line)]), lines);
            string said = await Say("create --paused ${XML}");
            if (!said.Contains("--- exit 0", StringComparison.Ordinal)) return StartedGuest.Same(said);
            try
            {
                said += await StartedGuest.SeeAsync(name, root) + await Say($"dumpxml {name}");
            }
            finally
            {
                said += await Say($"destroy {name}");
            }
            return StartedGuest.Same(said.Replace(root, "", StringComparison.Ordinal));
        }
    }

    static string Difference(string stock, string ours)
    {
        string[] one = stock.Split('\n'), other = ours.Split('\n');
        return $"only stock:\n{string.Join('\n', one.Except(other))}\nonly ours:\n{string.Join('\n', other.Except(one))}\nstock:\n{stock}\nours:\n{ours}";
    }
}
