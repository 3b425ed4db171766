using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Debian's virsh asks a stock daemon and ours about CPUs; our own shell asks ours.</summary>
public sealed class CpuTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    public static TheoryData<string> Commands => [.. CpuScripts.All.Keys];

    [Theory, MemberData(nameof(Commands))]
    public async Task About_cpus_our_daemon_says_what_stock_says(string command)
    {
        using Documents files = await PrepareAsync();
        string virsh = Needs.Program("virsh");
        string stock = await RunAsync(files, virsh, [], daemons.Stock.Socket, CpuScripts.All[command]);
        Assert.Equal(stock, await RunAsync(files, virsh, [], daemons.Vireo.Socket, CpuScripts.All[command]));
    }

    [Fact]
    public async Task About_cpus_of_mainframes_QEMU_is_asked_as_stock_asks_it()
    {
        string emulator = Needs.Program("qemu-system-s390x");
        using Documents files = await PrepareAsync();
        files.Set("S390X", emulator);
        string virsh = Needs.Program("virsh");
        string[] lines = [.. CpuScripts.OfMainframes];
        string stock = await RunAsync(files, virsh, [], daemons.Stock.Socket, lines);
        Assert.Equal(stock, await RunAsync(files, virsh, [], daemons.Vireo.Socket, lines));
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task About_cpus_our_shell_says_what_stock_virsh_says(string command)
    {
        using Documents files = await PrepareAsync();
        (string program, string[] before) = VireoDaemon.Find("Vireo.Shell", "vireo");
        string stock = await RunAsync(files, Needs.Program("virsh"), [], daemons.Vireo.Socket, CpuScripts.Short[command]);
        Assert.Equal(stock, await RunAsync(files, "bash", ["-c", "exec -a virsh \"$@\"", "bash", program, .. before], daemons.Vireo.Socket, CpuScripts.Short[command]));
    }

    [Fact]
    public async Task Synopses_are_virshs()
    {
        (string program, string[] before) = VireoDaemon.Find("Vireo.Shell", "vireo");
        foreach (string command in CpuScripts.All.Keys)
        {
            CommandResult stock = await Command.RunAsync(Needs.Program("virsh"), ["-c", "test:///default", "help", command]);
            CommandResult ours = await Command.RunAsync("bash", ["-c", "exec -a virsh \"$@\"", "bash", program, .. before, "-c", "test:///default", "help", command]);
            Assert.Equal(Synopsis(stock.Output), Synopsis(ours.Output));
        }
    }

    static string Synopsis(string help) => help.Split('\n') is var lines && Array.IndexOf(lines, "  SYNOPSIS") is >= 0 and var at ? lines[at + 1] : help;

    async Task<Documents> PrepareAsync()
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        var files = new Documents();
        CpuScripts.Prepare(files, await AskAsync("capabilities"), await AskAsync("domcapabilities"));
        return files;
    }

    async Task<string> AskAsync(string command) =>
        (await Command.RunAsync(Needs.Program("virsh"), ["-c", $"qemu+unix:///system?socket={daemons.Stock.Socket}", command])).Output;

    static async Task<string> RunAsync(Documents files, string program, string[] before, string socket, string[] lines) =>
        await Transcript.OfAsync(line => Command.RunAsync(program, [.. before, "-c", $"qemu+unix:///system?socket={socket}", files.Fill(line)]), lines);
}
