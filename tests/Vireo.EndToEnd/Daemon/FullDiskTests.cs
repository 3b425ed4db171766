using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>A disk without room for definitions.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    readonly DaemonProgram daemon = new();

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    [Fact]
    public async Task What_cannot_be_written_is_refused_and_what_was_there_stays_until_there_is_room()
    {
        Needs.Root();
        Needs.Program("qemu-system-x86_64");
        string folder = daemon.Paths.Driver("qemu").ConfigDir, config = Path.Join(daemon.Root, "daemon.conf");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(config, "auth_unix_rw = \"none\"\n", TestContext.Current.CancellationToken);
        (string vireod, string[] before) = VireoDaemon.Find("vireod", "vireod");
        RunningProgram program = daemon.StartOther("unshare",
            ["-m", "--propagation", "private", "sh", "-c", "mount -t tmpfs -o size=64k small \"$0\" && exec \"$@\"", folder, Needs.Program(vireod), .. before, .. daemon.Options, "-f", config]);
        await daemon.AnswersAsync(program);
        string there = $"/proc/{program.Pid}/root{folder}", small = await DocumentAsync("32"), large = await DocumentAsync("64");
        Assert.Equal(0, (await VirshAsync("define", small)).ExitCode);
        CommandResult shown = await VirshAsync("dumpxml", "one");
        string written = await File.ReadAllTextAsync(Path.Join(there, "one.xml"), TestContext.Current.CancellationToken);

        await using (var filler = new FileStream(Path.Join(there, "filler"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
        {
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                for (int i = 0; i < 100; i++)
                    await filler.WriteAsync(new byte[4096], TestContext.Current.CancellationToken);
            });
        }
        CommandResult refused = await VirshAsync("define", large);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("No space left on device", refused.Error, StringComparison.Ordinal);
        Assert.Equal(shown.Output, (await VirshAsync("dumpxml", "one")).Output);
        Assert.Equal(written, await File.ReadAllTextAsync(Path.Join(there, "one.xml"), TestContext.Current.CancellationToken));
        Assert.Equal(["filler", "one.xml"], Directory.EnumerateFiles(there).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        File.Delete(Path.Join(there, "filler"));
        Assert.Equal(0, (await VirshAsync("define", large)).ExitCode);
        Assert.NotEqual(shown.Output, (await VirshAsync("dumpxml", "one")).Output);
    }

    async Task<string> DocumentAsync(string memory)
    {
        string path = Path.Join(daemon.Root, memory + ".xml");
        await File.WriteAllTextAsync(path, Guests.Tiny("one", "11112222-3333-4444-5555-666677778888").Replace(">32<", $">{memory}<", StringComparison.Ordinal));
        return path;
    }

    Task<CommandResult> VirshAsync(params string[] words) => Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", daemon.Uri(), .. words]);
}
