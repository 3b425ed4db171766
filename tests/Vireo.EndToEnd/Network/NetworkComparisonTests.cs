using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>Two daemons, each with a network of its own.</summary>
public sealed class TwoNetworkDaemons : IAsyncLifetime
{
    public string? Missing { get; private set; }

    public StockDaemon Stock { get; private set; } = null!;

    public NetworkDaemon Vireo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Missing = StockDaemon.WhyNot() ?? (Command.Find("dnsmasq") is null ? "dnsmasq is not installed" : null);
        if (Missing is not null)
            return;
        Stock = await StockDaemon.StartAsync();
        Vireo = await NetworkDaemon.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Stock is not null)
            await Stock.DisposeAsync();
        if (Vireo is not null)
            await Vireo.DisposeAsync();
    }
}

/// <summary>Debian's virsh says the same about networks of stock libvirtd's and of ours.</summary>
public sealed class NetworkComparisonTests(TwoNetworkDaemons daemons) : IClassFixture<TwoNetworkDaemons>
{
    public static TheoryData<string> Groups => [.. NetworkRows.All.Keys];

    public static TheoryData<string> Definitions => [.. NetworkRows.Definitions];

    [Theory, MemberData(nameof(Groups))]
    public Task A_group_of_lines(string group) => CompareAsync(NetworkRows.All[group], NetworkRows.Documents);

    [Theory, MemberData(nameof(Definitions))]
    public Task A_definition(string content) => CompareAsync(
        ["net-define ${NET}", "net-dumpxml x", "net-info x", "net-start x", "net-dumpxml x", "net-destroy x", "net-undefine x", "net-list --all"],
        new Dictionary<string, string> { ["NET"] = $"<network><name>x</name>{content}</network>" });

    [Theory]
    [InlineData("network+unix:///system", "uri;version;hostname;net-list --all;pool-list;nodeinfo;capabilities")]
    [InlineData("network+unix:///session", "uri")]
    [InlineData("network+unix:///", "uri")]
    public Task A_connection_to_networks_alone(string scheme, string lines) => CompareAsync(lines.Split(';'), new Dictionary<string, string>(), scheme);

    async Task CompareAsync(IEnumerable<string> lines, IReadOnlyDictionary<string, string> named, string scheme = "qemu+unix:///system")
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        using var documents = new Documents();
        foreach ((string name, string text) in named)
            documents.With(name, text);
        string stock = await OnAsync(daemons.Stock.Socket), ours = await OnAsync(daemons.Vireo.Daemon.Socket);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string socket)
        {
            string uri = $"{scheme}?socket={socket}";
            return (await Transcript.OfAsync(line => Command.RunAsync(Command.Find("virsh")!, ["-c", uri, documents.Fill(line)]), lines))
                .Replace(socket, "SOCKET", StringComparison.Ordinal);
        }
    }
}
