using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Debian's virsh and ours, called virsh, on the test driver that each of them carries.</summary>
public sealed class ShellTests : IDisposable
{
    const string Uri = "test:///default";

    readonly Documents documents = new Documents().Set("URI", Uri)
        .With("XML", Scripts.Plain(null)).With("UUIDXML", Scripts.Plain("4b3cba6b-3ca4-4a0a-8b0a-7f1bdd0d28a1"));

    public static TheoryData<string> Commands => [.. Scripts.OnTest.Keys];

    [Theory, MemberData(nameof(Commands))]
    public async Task Our_shell_says_what_stock_virsh_says(string command)
    {
        string virsh = Needs.Program("virsh");
        string[] lines = Scripts.OnTest[command];
        string stock = await Transcript.OfAsync(line => Command.RunAsync(virsh, ["-c", Uri, documents.Fill(line)]), lines);
        string ours = await Transcript.OfAsync(line => RunOursAsync("-c", Uri, documents.Fill(line)), lines);
        Assert.Equal(stock, ours);
    }

    [Theory]
    [InlineData("list\nnonsense\n\necho a;echo b\nquit\nuri\n")]
    [InlineData("cd /\npwd\ncd /nowhere\nlist --nonsense")]
    public async Task A_session_by_pipe_reads_the_same(string typed)
    {
        CommandResult stock = await Command.RunAsync(Needs.Program("virsh"), ["-c", Uri], input: typed);
        CommandResult ours = await RunOursAsync(["-c", Uri], typed);
        Assert.Equal(stock, ours);
    }

    [Theory]
    [InlineData("-q", "-c", Uri, "list", "--all", "--title")]
    [InlineData("-qc", Uri, "version")]
    [InlineData("--connect=" + Uri, "--quiet", "uri")]
    [InlineData("-r", "-c", Uri, "destroy", "test")]
    [InlineData("-c", Uri, "echo", "--", "--shell", "a")]
    [InlineData("-d", "9", "-c", Uri, "echo", "a")]
    [InlineData("-d", "x")]
    [InlineData("-e", "^1", "echo")]
    [InlineData("-k", "x")]
    [InlineData("-c")]
    [InlineData("--nonsense")]
    [InlineData("-x")]
    [InlineData("-c", Uri, "")]
    [InlineData("-c", Uri, "start", "")]
    [InlineData("-c", "nowhere:///x", "list")]
    public async Task Options_of_the_program_mean_the_same(params string[] arguments)
    {
        CommandResult stock = await Command.RunAsync(Needs.Program("virsh"), arguments);
        CommandResult ours = await RunOursAsync(arguments);
        Assert.Equal(stock, ours);
    }

    [Fact]
    public async Task A_synopsis_is_virshs()
    {
        string virsh = Needs.Program("virsh");
        foreach (string command in Scripts.OnTest.Keys.Where(name => name is not "nonsense"))
        {
            string stock = SynopsisOf(await Command.RunAsync(virsh, ["-c", Uri, "help", command]));
            Assert.Equal(stock, SynopsisOf(await RunOursAsync("-c", Uri, "help", command)));
        }
    }

    internal static string SynopsisOf(CommandResult help)
    {
        string[] lines = help.Output.Split('\n');
        int at = Array.IndexOf(lines, "  SYNOPSIS");
        return at < 0 ? help.ToString() : lines[at + 1];
    }

    internal static Task<CommandResult> RunOursAsync(params string[] arguments) => RunOursAsync(arguments, null);

    static Task<CommandResult> RunOursAsync(string[] arguments, string? input)
    {
        (string program, string[] before) = VireoDaemon.Find("Vireo.Shell", "vireo");
        return Command.RunAsync("bash", ["-c", "exec -a virsh \"$@\"", "bash", program, .. before, .. arguments], input: input);
    }

    public void Dispose() => documents.Dispose();
}
