using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>A stock libvirtd for all tests of a class; none where it cannot run.</summary>
public sealed class StockRows : IAsyncLifetime
{
    StockDaemon? daemon;

    /// <summary>Its test driver; without it the test is skipped.</summary>
    public string TestUri
    {
        get
        {
            Assert.SkipWhen(daemon is null, StockDaemon.WhyNot() ?? "");
            return $"test+unix:///default?socket={daemon!.Socket}";
        }
    }

    public async ValueTask InitializeAsync() => daemon = StockDaemon.WhyNot() is null ? await StockDaemon.StartAsync() : null;

    public ValueTask DisposeAsync() => daemon?.DisposeAsync() ?? default;
}

/// <summary>Debian's python3-libvirt, unchanged, on Debian's C library and on ours, with stock libvirtd at the other end: the same script says the same.</summary>
public sealed class PythonStockTests(StockRows stock) : IClassFixture<StockRows>, IDisposable
{
    readonly LibraryScripts scripts = new();

    public static TheoryData<string> Topics => [.. TestDomainCalls.All.Keys];

    /// <summary>Debian's library finds a failure without a reason in an answer without labels.</summary>
    const string NoReason = "d.securityLabelList()";

    [Theory, MemberData(nameof(Topics))]
    public Task Calls(string topic) => scripts.SameCallsAsync(topic, stock.TestUri, NoReason);

    [Fact]
    public Task Events() => scripts.SameAsync(PythonScripts.Events, stock.TestUri);

    public void Dispose() => scripts.Dispose();
}
