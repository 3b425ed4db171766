using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>Debian's python3-libvirt, unchanged, on Debian's C library and on ours: the same script says the same.</summary>
public sealed class PythonLibraryTests(RowDaemon rows) : IClassFixture<RowDaemon>, IDisposable
{
    readonly LibraryScripts scripts = new();

    public static TheoryData<string> Topics => [.. TestDomainCalls.All.Keys];

    [Theory, MemberData(nameof(Topics))]
    public Task Calls_within_the_process(string topic) => scripts.SameCallsAsync(topic, "test:///default");

    [Theory, MemberData(nameof(Topics))]
    public Task Calls_over_the_socket_of_vireod(string topic) => scripts.SameCallsAsync(topic, rows.Vireo.TestUri);

    [Fact]
    public Task Events_within_the_process() => scripts.SameAsync(PythonScripts.Events, "test:///default");

    [Fact]
    public Task Events_over_the_socket_of_vireod() => scripts.SameAsync(PythonScripts.Events, rows.Vireo.TestUri);

    [Fact]
    public Task Streams() => scripts.SameAsync(PythonScripts.Streams);

    [Fact]
    public async Task Every_function_refuses_zeros_with_the_same_error()
    {
        string script = await scripts.WriteAsync("nulls.py", PythonScripts.Nulls), table = CLibraryFiles.Data("functions.txt");
        string[] stock = await LinesAsync(CLibraryFiles.Stock), ours = await LinesAsync(CLibraryFiles.Folder);
        Assert.Equal(stock.Length, ours.Length);
        Assert.DoesNotContain(ours, static line => line.EndsWith("died", StringComparison.Ordinal));
        Assert.Empty(stock.Zip(ours).Where(static pair => pair.First != pair.Second && !pair.First.EndsWith("died", StringComparison.Ordinal)).Select(static pair => $"{pair.First}\n{pair.Second}"));

        async Task<string[]> LinesAsync(string library) =>
            (await LibraryScripts.RunAsync(library, script, table)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => scripts.Dispose();
}
