using System.Xml.Linq;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>
/// The same documents started for real by stock libvirtd and by vireod: what becomes of them is compared where it counts, in the kernel.
/// </summary>
public sealed class RealStartTests(GuestHosts hosts) : IClassFixture<GuestHosts>
{
    public static TheoryData<string> Machines => [.. MachineFiles.Names("machines.xml", "machines-host.xml", "machines-elsewhere.xml")];

    [Theory, MemberData(nameof(Machines))]
    public Task A_guest_is_the_same_process_that_stock_makes_of_it(string machine) => StartComparison.RunAsync(hosts, machine);
}

/// <summary>The same for the daemons of a user: what he may have is there, what he may not have is refused alike.</summary>
public sealed class UserStartTests(UserHosts hosts) : IClassFixture<UserHosts>
{
    public static TheoryData<string> Machines => [.. MachineFiles.Names("machines.xml", "machines-host.xml", "machines-user.xml")];

    [Theory, MemberData(nameof(Machines))]
    public Task A_users_guest_is_the_same_process_that_stock_makes_of_it(string machine) => StartComparison.RunAsync(hosts, machine);
}

/// <summary>The documents that are started.</summary>
static class MachineFiles
{
    internal static readonly IReadOnlyDictionary<string, XElement> All = Read("machines.xml", "machines-host.xml", "machines-elsewhere.xml", "machines-user.xml")
        .ToDictionary(static domain => domain.Element("name")!.Value);

    internal static IEnumerable<string> Names(params string[] files) => Read(files).Select(static domain => domain.Element("name")!.Value);

    static IEnumerable<XElement> Read(params string[] files) =>
        files.SelectMany(static file => XDocument.Load(Path.Join(AppContext.BaseDirectory, "Compare", file)).Root!.Elements("domain"));
}

/// <summary>Starts a document by both daemons and compares what becomes of it.</summary>
static class StartComparison
{
    internal static async Task RunAsync(BothHosts hosts, string machine)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        var domain = new XElement(MachineFiles.All[machine]);
        string arch = domain.Element("os")!.Element("type")!.Attribute("arch")!.Value;
        Needs.Program($"qemu-system-{(arch == "armv7l" ? "arm" : arch)}");
        if (domain.Attribute("type")!.Value == "kvm") Assert.SkipUnless(File.Exists("/dev/kvm"), "/dev/kvm is not there");
        if (domain.Element("os")!.Attribute("firmware") is not null || domain.Descendants("loader").Any())
            Assert.SkipUnless(Directory.Exists(arch == "aarch64" ? "/usr/share/AAVMF" : "/usr/share/OVMF"), $"no firmware for {arch} is installed");
        if (domain.Descendants("reservations").Any())
        {
            Needs.Program("qemu-pr-helper");
            Assert.SkipUnless(File.Exists(Path.Join(hosts.Files, "lun")), "no loop device is there");
        }
        if (domain.Descendants("tpm").Any()) Needs.Program("swtpm");
        string name = "real-" + machine;
        domain.Element("name")!.Value = name;
        using var documents = new Documents();
        documents.With("XML", domain.ToString(SaveOptions.DisableFormatting).Replace("ROOT", hosts.Files, StringComparison.Ordinal));

        string stock = await RunAsync(hosts.Stock.Socket, hosts.Stock.Root), ours = await RunAsync(hosts.Vireo.Socket, hosts.Vireo.Root);
        Assert.True(stock == ours, Difference(stock, ours));

        async Task<string> RunAsync(string socket, string root)
        {
            string virsh = Command.Find("virsh")!, uri = $"qemu+unix:///{hosts.Mode}?socket={socket}";
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
