using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>
/// Domains of the test driver: Debian's virsh and python3-libvirt on the driver that they carry, and the same on vireod: the same text, the same errors,
/// the same exit codes.
/// </summary>
public sealed class InProcessDomainTests(RowDaemon rows) : IClassFixture<RowDaemon>, IDisposable
{
    const string InProcess = "test:///default";

    readonly Documents documents = new Documents().With("XML", TestDomainRows.Plain).With("CPUS", TestDomainRows.Cpus).With("NODE", NodeExample.Xml);
    readonly string folder = Directory.CreateTempSubdirectory("calls").FullName;

    public static TheoryData<string> Rows => [.. TestDomainRows.Domains, .. TestDomainRows.MoreDomains];

    public static TheoryData<string> NodeRows => [.. TestDomainRows.OfADocument];

    public static TheoryData<string> Topics => [.. TestDomainCalls.All.Keys];

    [Theory, MemberData(nameof(Rows))]
    public Task Vireod_says_what_stock_virsh_says_by_itself(string line) => CompareAsync(line, InProcess, rows.Vireo.TestUri);

    [Theory, MemberData(nameof(NodeRows))]
    public Task A_host_of_a_document_is_what_stock_makes_of_it(string line)
    {
        string node = documents.Fill("${NODE}");
        return CompareAsync(line, $"test://{node}", $"test+unix://{node}?socket={rows.Vireo.Socket}");
    }

    async Task CompareAsync(string line, string stockUri, string ourUri)
    {
        string virsh = Needs.Program("virsh");
        documents.Set("OUT", Path.Join(folder, "out"));
        // Stock's library notes on standard error what it thinks of a document.
        var quiet = new Dictionary<string, string?> { ["LIBVIRT_LOG_OUTPUTS"] = "4:file:/dev/null" };
        string stock = await OnAsync(stockUri), ours = await OnAsync(ourUri);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        Task<string> OnAsync(string uri) => Transcript.OfAsync(_ => Command.RunAsync(virsh, ["-c", uri, documents.Fill(line)], quiet), [line]);
    }

    [Theory, MemberData(nameof(Topics))]
    public async Task Calls_answer_as_those_of_stocks_library(string topic)
    {
        await Needs.PythonModuleAsync("libvirt");
        string script = Path.Join(folder, "calls.py"), lines = Path.Join(folder, "lines");
        await File.WriteAllTextAsync(script, TestDomainCalls.Script, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(lines, TestDomainCalls.All[topic], TestContext.Current.CancellationToken);
        string stock = await OnAsync(InProcess, "stock"), ours = await OnAsync(rows.Vireo.TestUri, "ours");
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string uri, string name)
        {
            string own = Directory.CreateDirectory(Path.Join(folder, name)).FullName;
            CommandResult said = await Command.RunAsync(Needs.Program("/usr/bin/python3"), [script, uri, lines, own]);
            return TestDomainCalls.Normal($"{said.Output}exit {said.ExitCode}").Replace(own, "P", StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        documents.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
