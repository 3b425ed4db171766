using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>The two daemons that are compared, started once for all rows.</summary>
public sealed class TwoDaemons : IAsyncLifetime
{
    /// <summary>Why there is nothing to compare, or null.</summary>
    public string? Missing { get; private set; }

    public StockDaemon Stock { get; private set; } = null!;

    public VireoDaemon Vireo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Missing = StockDaemon.WhyNot();
        if (Missing is not null)
            return;
        Stock = await StockDaemon.StartAsync();
        Vireo = await VireoDaemon.StartBehindAsync(
            "-m", "--propagation", "private", "--", "bash", Path.Join(AppContext.BaseDirectory, "Compare/private-dev.sh"));
    }

    public async ValueTask DisposeAsync()
    {
        if (Stock is not null)
            await Stock.DisposeAsync();
        if (Vireo is not null)
            await Vireo.DisposeAsync();
    }
}

/// <summary>Debian's virsh, unchanged, on stock libvirtd and on vireod.</summary>
public sealed class DaemonTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    public static TheoryData<string> TestCommands => [.. Scripts.OnTest.Keys];

    public static TheoryData<string> QemuCommands => [.. Scripts.OnQemu.Keys];

    [Theory, MemberData(nameof(TestCommands))]
    public Task The_test_driver_answers_as_stock(string command) => CompareAsync(Scripts.OnTest[command], "test+unix:///default", documents => documents
        .With("XML", Scripts.Plain(null)).With("UUIDXML", Scripts.Plain("4b3cba6b-3ca4-4a0a-8b0a-7f1bdd0d28a1")));

    [Theory, MemberData(nameof(QemuCommands))]
    public Task The_qemu_driver_answers_as_stock(string command)
    {
        Needs.Program("qemu-system-x86_64");
        return CompareAsync(Scripts.OnQemu[command], "qemu+unix:///system", documents => documents
            .With("XML", Scripts.Guest("g", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11")).With("OTHER", Scripts.Guest("g", "e4c0a5b4-7d35-4b07-8a51-7d1f0b6a7c22"))
            .WithImage("SAVED", 0)
            .With("NAMESAKE", Scripts.Guest("h", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11"))
            .With("UNKNOWN", Scripts.Guest("g", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11").Replace("bus='ide'", "bus='tram'", StringComparison.Ordinal))
            .With("NONAME", Scripts.Guest("", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11"))
            .With("ARCH", Scripts.Guest("g", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11").Replace("x86_64", "pdp11", StringComparison.Ordinal))
            .With("CARDS", Scripts.Guest("g", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11").Replace("<serial", "<interface type='hostdev' managed='no'><source><address type='pci' bus='7' slot='1' function='3'/></source></interface>"
                + "<interface type='ethernet'><source><ip address='10.0.0.1' prefix='24'/><ip address='FD00:0::1' peer='fd00::2'/></source></interface><rng model='virtio'><backend model='random'>/dev/urandom</backend></rng><serial", StringComparison.Ordinal))
            .With("BADIP", Scripts.Guest("g", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11").Replace("<serial", "<interface type='ethernet'><source><ip address='10.0.0.1' prefix='33'/></source></interface><serial", StringComparison.Ordinal))
            .With("NIC", Scripts.Guest("g", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11").Replace("<serial", "<interface type='user'><model type='virtio'/></interface><serial", StringComparison.Ordinal)));
    }

    public static TheoryData<string> DeviceScriptNames => [.. DeviceScripts.All.Keys];

    [Theory, MemberData(nameof(DeviceScriptNames))]
    public Task Devices_come_go_and_change_as_on_stock(string script)
    {
        Needs.Program("qemu-system-x86_64");
        return CompareAsync(DeviceScripts.All[script], "qemu+unix:///system", DeviceScripts.Prepare);
    }

    public static TheoryData<string> FailingStarts => [.. StartFailures.All.Keys];

    [Theory, MemberData(nameof(FailingStarts))]
    public Task A_start_that_fails_says_what_stock_says(string failure)
    {
        Needs.Program("qemu-system-x86_64");
        return CompareAsync(StartFailures.All[failure].Lines, "qemu+unix:///system", documents => StartFailures.Prepare(documents, failure));
    }

    public static TheoryData<string> Cpus => [.. GuestCpus.All.Keys];

    [Theory, MemberData(nameof(Cpus))]
    public Task The_cpu_of_a_running_guest_is_shown_as_stock_shows_it(string cpu)
    {
        Needs.Program("qemu-system-x86_64");
        return CompareAsync(GuestCpus.Lines, "qemu+unix:///system", documents => documents.With("XML", GuestCpus.Guest(cpu)));
    }

    public static TheoryData<string> Natives => [.. NativeDocuments.All.Keys];

    [Theory, MemberData(nameof(Natives))]
    public Task A_document_means_the_command_that_stock_shows(string document)
    {
        Needs.Program("qemu-system-x86_64");
        return CompareAsync(
            [
                "domxml-to-native qemu-argv ${XML}", "domxml-to-native xen-xl ${XML}", "domxml-from-native qemu-argv ${XML}",
                "define ${XML}; dumpxml 'to be seen'; domxml-to-native qemu-argv --domain 'to be seen'; undefine 'to be seen'",
            ],
            "qemu+unix:///system", documents => documents.With("XML", NativeDocuments.All[document]));
    }

    async Task CompareAsync(string[] lines, string scheme, Action<Documents> prepare)
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        using var documents = new Documents();
        prepare(documents);
        string? stock = await StockAsync();
        int again = 0;
        for (; again < 5 && stock is null; again++)
            stock = await StockAsync();
        string ours = await OnAsync(daemons.Vireo.Socket);
        // Each start takes a number of its daemon's: both count as many.
        for (; again > 0; again--)
            ours = await OnAsync(daemons.Vireo.Socket);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        // Null: by chance, what is not an answer.
        async Task<string?> StockAsync()
        {
            try
            {
                string said = await OnAsync(daemons.Stock.Socket);
                // A QEMU that is gone before stock's thread comes to its monitor: then stock does not look into the log for what it said.
                return said.Contains("failed to connect to monitor socket: Connection refused", StringComparison.Ordinal) ? null : said;
            }
            catch (TimeoutException hung)
            {
                // A client of 9.0.0 can miss that its event loop is woken, and then waits for ever; once in some hundred thousand commands.
                TestContext.Current.AddWarning(hung.Message);
                string uri = $"{scheme}?socket={daemons.Stock.Socket}", virsh = Command.Find("virsh")!;
                foreach (string verb in (string[])["destroy", "undefine --managed-save"])
                    await Command.RunAsync(virsh, ["-c", uri, $"{verb} g"]);
                return null;
            }
        }

        async Task<string> OnAsync(string socket)
        {
            string uri = $"{scheme}?socket={socket}", virsh = Command.Find("virsh")!;
            documents.Set("URI", uri);
            string said = await Transcript.OfAsync(line => Command.RunAsync(virsh, ["-c", uri, documents.Fill(line)]), lines);
            return said.Replace(socket, "SOCKET", StringComparison.Ordinal).Replace(daemons.Vireo.Root, "", StringComparison.Ordinal);
        }
    }
}
