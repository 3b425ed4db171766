using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>Debian's python3-libvirt, unchanged, on Debian's C library and on ours: the same script says the same.</summary>
public sealed class PythonLibraryTests(RowDaemon rows) : IClassFixture<RowDaemon>, IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("pylib").FullName;

    public static TheoryData<string> Topics => [.. TestDomainCalls.All.Keys];

    [Theory, MemberData(nameof(Topics))]
    public Task Calls_within_the_process(string topic) => SameCallsAsync(topic, "test:///default");

    [Theory, MemberData(nameof(Topics))]
    public Task Calls_over_the_socket_of_vireod(string topic) => SameCallsAsync(topic, rows.Vireo.TestUri);

    [Fact]
    public Task Events_within_the_process() => SameAsync(PythonScripts.Events, "test:///default");

    [Fact]
    public Task Events_over_the_socket_of_vireod() => SameAsync(PythonScripts.Events, rows.Vireo.TestUri);

    [Fact]
    public Task Streams() => SameAsync(PythonScripts.Streams);

    [Fact]
    public async Task Every_function_refuses_zeros_with_the_same_error()
    {
        string script = await WriteAsync("nulls.py", PythonScripts.Nulls), table = CLibraryFiles.Data("functions.txt");
        string[] stock = await LinesAsync(CLibraryFiles.Stock), ours = await LinesAsync(CLibraryFiles.Folder);
        Assert.Equal(stock.Length, ours.Length);
        Assert.DoesNotContain(ours, static line => line.EndsWith("died", StringComparison.Ordinal));
        Assert.Empty(stock.Zip(ours).Where(static pair => pair.First != pair.Second && !pair.First.EndsWith("died", StringComparison.Ordinal)).Select(static pair => $"{pair.First}\n{pair.Second}"));

        async Task<string[]> LinesAsync(string library) =>
            (await RunAsync(library, script, table)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    async Task SameCallsAsync(string topic, string uri)
    {
        await Needs.PythonModuleAsync("libvirt");
        string script = await WriteAsync("calls.py", TestDomainCalls.Script), lines = await WriteAsync("lines", TestDomainCalls.All[topic]);
        string stock = await OnAsync(CLibraryFiles.Stock, "stock"), ours = await OnAsync(CLibraryFiles.Folder, "ours");
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string library, string name)
        {
            string own = Directory.CreateDirectory(Path.Join(folder, name)).FullName;
            CommandResult said = await RunAsync(library, script, uri, lines, own);
            return TestDomainCalls.Normal($"{said.Output}exit {said.ExitCode}").Replace(own, "P", StringComparison.Ordinal);
        }
    }

    async Task SameAsync(string program, params string[] arguments)
    {
        await Needs.PythonModuleAsync("libvirt");
        string script = await WriteAsync("program.py", program);
        CommandResult stock = await RunAsync(CLibraryFiles.Stock, [script, .. arguments]), ours = await RunAsync(CLibraryFiles.Folder, [script, .. arguments]);
        Assert.Equal(stock.ToString(), ours.ToString());
        Assert.Equal(0, stock.ExitCode);
    }

    Task<CommandResult> RunAsync(string library, params string[] arguments) => Command.RunAsync(Needs.Program("/usr/bin/python3"), arguments,
        new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = library, ["LIBVIRT_LOG_OUTPUTS"] = "4:file:/dev/null" });

    async Task<string> WriteAsync(string name, string text)
    {
        string path = Path.Join(folder, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
