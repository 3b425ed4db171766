using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>What one daemon saved the other restores, with the same CPU; what one says of a guest the other takes.</summary>
public sealed class SaveAcrossTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    static readonly string[] cpus =
    [
        "<cpu mode='host-model'/>",
        "<cpu mode='custom' match='exact' check='partial'><model fallback='allow'>Nehalem</model><feature policy='disable' name='popcnt'/></cpu>",
        "<cpu mode='custom' match='exact'><model fallback='allow'>EPYC</model></cpu>",
        "<cpu mode='custom' match='exact'><model fallback='allow'>Icelake-Server</model></cpu>",
        "<cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model><feature policy='require' name='aes'/></cpu>",
    ];

    public static TheoryData<bool, int> Ways => [.. from fromStock in new[] { true, false } from cpu in Enumerable.Range(0, cpus.Length) select (fromStock, cpu)];

    [Theory, MemberData(nameof(Ways))]
    public async Task A_guest_that_one_saved_goes_on_at_the_other(bool fromStock, int cpu)
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        using var files = new Documents().With("XML", Scripts.Guest("s", "91f5b8ee-17f0-4a53-8a0e-5b1a4a6f0c33").Replace("<devices>", cpus[cpu] + "<devices>", StringComparison.Ordinal))
            .WithImage("SAVED", 0);
        string one = fromStock ? daemons.Stock.Socket : daemons.Vireo.Socket, other = fromStock ? daemons.Vireo.Socket : daemons.Stock.Socket;
        try
        {
            await RunAsync(one, "create", files.Fill("${XML}"));
            string shown = await RunAsync(one, "dumpxml", "s"), migratable = await RunAsync(one, "dumpxml", "s", "--migratable");
            await RunAsync(one, "save", "s", files.Fill("${SAVED}"));
            await RunAsync(other, "restore", files.Fill("${SAVED}"));
            Assert.Equal("running (restored)\n\n", await RunAsync(other, "domstate", "s", "--reason"));
            Assert.Equal(Cpu(shown), Cpu(await RunAsync(other, "dumpxml", "s")));
            Assert.Equal(migratable, await RunAsync(other, "dumpxml", "s", "--migratable"));
            await RunAsync(other, "save", "s", files.Fill("${SAVED}"));
            await RunAsync(one, "restore", files.Fill("${SAVED}"));
            Assert.Equal(Cpu(shown), Cpu(await RunAsync(one, "dumpxml", "s")));
        }
        finally
        {
            foreach (string socket in new[] { one, other })
                await Command.RunAsync(Needs.Program("virsh"), ["-c", Uri(socket), "destroy", "s"]);
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task What_one_says_of_a_running_guest_the_other_judges_and_defines_alike(bool fromStock, int cpu)
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        using var files = new Documents().With("XML", Scripts.Guest("s", "91f5b8ee-17f0-4a53-8a0e-5b1a4a6f0c33").Replace("<devices>", cpus[cpu] + "<devices>", StringComparison.Ordinal));
        string one = fromStock ? daemons.Stock.Socket : daemons.Vireo.Socket, other = fromStock ? daemons.Vireo.Socket : daemons.Stock.Socket;
        try
        {
            await RunAsync(one, "create", files.Fill("${XML}"));
            files.With("LIVE", await RunAsync(one, "dumpxml", "s")).With("MIGRATABLE", await RunAsync(one, "dumpxml", "s", "--migratable"));
            await RunAsync(one, "destroy", "s");
            foreach (string document in new[] { "${LIVE}", "${MIGRATABLE}" })
            {
                string path = files.Fill(document);
                foreach (string command in new[] { "cpu-compare", "hypervisor-cpu-compare --virttype qemu" })
                    Assert.Equal(await JudgeAsync(one, command, path), await JudgeAsync(other, command, path));
                await RunAsync(one, "define", path);
                await RunAsync(other, "define", path);
                Assert.Equal(await RunAsync(one, "dumpxml", "s"), await RunAsync(other, "dumpxml", "s"));
                await RunAsync(one, "undefine", "s");
                await RunAsync(other, "undefine", "s");
            }
        }
        finally
        {
            foreach (string socket in new[] { one, other })
                foreach (string command in new[] { "destroy", "undefine" })
                    await Command.RunAsync(Needs.Program("virsh"), ["-c", Uri(socket), command, "s"]);
        }
    }

    static async Task<string> JudgeAsync(string socket, string command, string file) =>
        (await Command.RunAsync(Needs.Program("virsh"), ["-c", Uri(socket), .. command.Split(' '), file])).ToString();

    static async Task<string> RunAsync(string socket, params string[] words)
    {
        CommandResult said = await Command.RunAsync(Needs.Program("virsh"), ["-c", Uri(socket), .. words]);
        Assert.True(said.ExitCode == 0, $"virsh {string.Join(' ', words)}: {said}");
        return said.Output;
    }

    static string Cpu(string xml) => xml[xml.IndexOf("  <cpu", StringComparison.Ordinal)..(xml.IndexOf("</cpu>", StringComparison.Ordinal) + "</cpu>".Length)];

    static string Uri(string socket) => $"qemu+unix:///system?socket={socket}";
}
