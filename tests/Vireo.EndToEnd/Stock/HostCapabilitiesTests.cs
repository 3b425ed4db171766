using System.Text.RegularExpressions;
using System.Xml.Linq;
using Vireo.Core;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Capabilities;
using Vireo.Model.Capabilities;
using Xunit;

namespace Vireo.EndToEnd.Stock;

/// <summary>A stock daemon in namespaces of its own.</summary>
public sealed class OneStockDaemon : IAsyncLifetime
{
    /// <summary>Why there is none, or null.</summary>
    public string? Missing { get; private set; }

    public StockDaemon Daemon { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Missing = StockDaemon.WhyNot();
        if (Missing is null)
            Daemon = await StockDaemon.StartAsync();
    }

    public ValueTask DisposeAsync() => Daemon?.DisposeAsync() ?? default;
}

/// <summary>This host in our words and in those of a stock daemon that runs beside the test.</summary>
public partial class HostCapabilitiesTests(OneStockDaemon stock) : IClassFixture<OneStockDaemon>
{
    static readonly HostTree tree = new();

    [Fact]
    public async Task The_host_is_described_as_stock_describes_it()
    {
        string theirs = Host(await AskStockAsync("capabilities"));
        XElement root = XElement.Parse(theirs);
        var driver = new DriverCapabilities
        {
            HostUuid = Uuid.TryParse(root.Element("uuid")!.Value, out Uuid uuid) ? uuid : null,
            Migration = new HostMigration(true, ["tcp", "rdma"]),
            SecurityModels = [.. root.Elements("secmodel").Select(Security)],
        };
        string ours = Host(new HostCapabilities(tree, "x86_64", HostMemory.Now(), kvm: new KvmHost()).ToXml(driver));
        Assert.Equal(WithoutFrequency(theirs), WithoutFrequency(ours));
    }

    [Fact]
    public async Task Node_info_counts_as_stock_counts()
    {
        string theirs = await AskStockAsync("nodeinfo");
        NodeTopology it = NodeTopology.Read(tree, new CpuInfo(tree.Text("/proc/cpuinfo")!, "x86_64"));
        Assert.Contains($"CPU(s):              {it.OnlineCpus}\n", theirs);
        Assert.Contains($"CPU socket(s):       {it.Sockets}\nCore(s) per socket:  {it.Cores}\nThread(s) per core:  {it.Threads}\nNUMA cell(s):        {it.Nodes}\n", theirs);
        Assert.Contains($"Memory size:         {new NumaNodes(tree, 4, HostMemory.Now()).Sum().TotalKiB} KiB\n", theirs);
    }

    async Task<string> AskStockAsync(string command)
    {
        Assert.SkipWhen(stock.Missing is not null, stock.Missing ?? "");
        CommandResult said = await Command.RunAsync("virsh", ["-c", $"qemu+unix:///system?socket={stock.Daemon.Socket}", command]);
        Assert.True(said.ExitCode == 0, said.ToString());
        return said.Output;
    }

    static string Host(string document) =>
        document[document.IndexOf("<host>", StringComparison.Ordinal)..(document.IndexOf("</host>", StringComparison.Ordinal) + "</host>".Length)];

    static HostSecurityModel Security(XElement model) => new(
        model.Element("model")!.Value, model.Element("doi")!.Value,
        [.. model.Elements("baselabel").Select(l => ((string)l.Attribute("type")!, l.Value))]);

    // Two measurements of the same clock differ in their last digits.
    static string WithoutFrequency(string document) => Frequency().Replace(document, "frequency=''");

    [GeneratedRegex("frequency='[0-9]+'")]
    private static partial Regex Frequency();
}
