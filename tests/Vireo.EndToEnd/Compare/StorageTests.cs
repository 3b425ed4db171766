using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Debian's virsh and Python on stock libvirtd and on vireod, about pools and volumes that are really there.</summary>
public sealed partial class StorageTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    public static TheoryData<string> Scripts => [.. StorageRows.All.Keys];

    [Theory, MemberData(nameof(Scripts))]
    public async Task Storage_answers_as_stock(string script)
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        Needs.Program("qemu-img");
        string virsh = Command.Find("virsh")!;
        string stock = await OnAsync(daemons.Stock.Socket), ours = await OnAsync(daemons.Vireo.Socket);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string socket)
        {
            using var documents = new Documents();
            string folder = Directory.CreateTempSubdirectory("pools").FullName;
            try
            {
                StorageRows.Prepare(documents, folder);
                string said = await Transcript.OfAsync(line => Command.RunAsync(virsh, ["-c", $"qemu+unix:///system?socket={socket}", documents.Fill(line)]), StorageRows.All[script]);
                return Plain(said, folder, documents);
            }
            finally
            {
                await CleanAsync(virsh, socket);
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    [Fact]
    public async Task Secrets_are_kept_as_stock_keeps_them()
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        string virsh = Command.Find("virsh")!;
        string stock = await OnAsync(daemons.Stock.Socket), ours = await OnAsync(daemons.Vireo.Socket);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string socket)
        {
            using var documents = new Documents();
            SecretRows.Prepare(documents);
            string said = await Transcript.OfAsync(line => Command.RunAsync(virsh, ["-c", $"qemu+unix:///system?socket={socket}", documents.Fill(line)]), SecretRows.All);
            return Plain(said, "/nowhere/x", documents);
        }
    }

    [Fact]
    public async Task Codes_and_what_else_is_in_errors_are_those_of_stock()
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        await Needs.PythonModuleAsync("libvirt");
        Needs.Program("qemu-img");
        string stock = await OnAsync(daemons.Stock.Socket), ours = await OnAsync(daemons.Vireo.Socket);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        static async Task<string> OnAsync(string socket)
        {
            string folder = Directory.CreateTempSubdirectory("codes").FullName;
            try
            {
                CommandResult said = await Command.RunAsync(Needs.Program("/usr/bin/python3"),
                    [Path.Join(AppContext.BaseDirectory, "Compare/storage.py"), $"qemu+unix:///system?socket={socket}", folder]);
                Assert.True(said.ExitCode == 0, said.ToString());
                return Plain(said.Output, folder, null);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    // What a script leaves is the next one's trouble.
    static async Task CleanAsync(string virsh, string socket)
    {
        string uri = $"qemu+unix:///system?socket={socket}";
        foreach (string pool in (await Command.RunAsync(virsh, ["-q", "-c", uri, "pool-list --all --name"])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await Command.RunAsync(virsh, ["-q", "-c", uri, $"pool-destroy {pool.Trim()}; pool-undefine {pool.Trim()}"]);
    }

    static string Plain(string said, string folder, Documents? documents)
    {
        said = said.Replace(folder, "FOLDER", StringComparison.Ordinal);
        if (documents is not null)
            said = said.Replace(documents.Fill("${FOO}")[..^"foo.xml".Length], "DOCUMENTS/", StringComparison.Ordinal);
        said = Time().Replace(said, "<${1}>TIME</${1}>");
        said = Room().Replace(said, "${1}ROOM");
        said = Table().Replace(Place().Replace(said, ""), "");
        // Whether the client still sends when libvirtd has refused the upload is a race; libvirtd hangs up on it then.
        said = HungUp().Replace(said, "");
        return Uuid().Replace(Spaces().Replace(said, " "), "UUID");
    }

    [GeneratedRegex(@"^error: Disconnected from .* due to I/O error\n", RegexOptions.Multiline)]
    private static partial Regex HungUp();

    [GeneratedRegex("<([amc]time)>[^<]*</[amc]time>")]
    private static partial Regex Time();

    /// <summary>The rest of the host writes to the same disk.</summary>
    [GeneratedRegex(@"((?:Capacity|Allocation|Available): +|<(?:capacity|allocation|available) unit='bytes'>|   )\d{11,}|(?:(?<=(?:Capacity|Allocation|Available): +)|(?<=   ))[\d.]+ (?:GiB|TiB)")]
    private static partial Regex Room();

    /// <summary>Where in a document something is wrong: stock does not say.</summary>
    [GeneratedRegex(@" \(line \d+, column \d+, [^)]*\)")]
    private static partial Regex Place();

    /// <summary>Columns are as wide as what stands in them.</summary>
    [GeneratedRegex("-{4,}")]
    private static partial Regex Table();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
