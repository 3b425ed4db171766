using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>One of two daemons that are told the same, with a folder of its own, which lines call ROOT.</summary>
sealed partial class TypedSide : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    const string StatusFolder = "/run/libvirt/qemu";
    readonly StringBuilder said = new();
    readonly string uri;
    readonly int pid;

    TypedSide(string uri, int pid, string folder, string statuses)
    {
        (this.uri, this.pid, Folder, Statuses) = (uri, pid, folder, statuses);
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0x1ff);
    }

    /// <summary>What clients are given to reach it.</summary>
    internal string Uri => uri;

    /// <summary>Its folder, which guests may write to.</summary>
    internal string Folder { get; }

    /// <summary>Where the daemon writes what it knows of guests that run.</summary>
    internal string Statuses { get; }

    /// <summary>Does the same with both, at the same time, and holds what they said against each other.</summary>
    internal static async Task CompareAsync(BothHosts hosts, Func<TypedSide, Task> does)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        async Task<string> RunAsync(string socket, int pid, string name, string statuses)
        {
            await using var side = new TypedSide($"qemu+unix:///{hosts.Mode}?socket={socket}", pid, Path.Join(hosts.Files, name), statuses);
            await does(side);
            return side.said.ToString();
        }

        string[] both = await Task.WhenAll(RunAsync(hosts.Stock.Socket, hosts.Stock.Pid, "one", StatusFolder), RunAsync(hosts.Vireo.Socket, hosts.Vireo.Pid, "two", hosts.Vireo.Root + StatusFolder));
        Assert.True(both[0] == both[1], StartComparison.Difference(both[0], both[1]));
    }

    /// <summary>Writes a file of its folder.</summary>
    internal Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Join(Folder, name), text.Replace("ROOT", Folder, StringComparison.Ordinal));

    /// <summary>Types lines of virsh, and keeps what comes of them.</summary>
    internal async Task SayAsync(params string[] lines) => Note(await Transcript.OfAsync(line => VirshAsync(line), lines));

    /// <summary>Types one, of which nothing is kept.</summary>
    internal Task<CommandResult> VirshAsync(string line) => Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, line.Replace("ROOT", Folder, StringComparison.Ordinal)]);

    /// <summary>Types one until it ends so.</summary>
    internal async Task UntilAsync(string line, Func<CommandResult, bool> holds)
    {
        long began = Stopwatch.GetTimestamp();
        CommandResult last;
        while (!holds(last = await VirshAsync(line)))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"{line}: {last}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Runs a line of a shell in its folder, in the daemon's namespaces, and keeps what it says.</summary>
    internal async Task ShellAsync(string line)
    {
        CommandResult done = await InAsync(line);
        Note($"# {line}\n{done.Output}{done.Error}--- exit {done.ExitCode}\n");
    }

    /// <summary>Runs one of which nothing is kept, and which succeeds.</summary>
    internal async Task<string> MakeAsync(string line)
    {
        CommandResult done = await InAsync(line);
        Assert.True(done.ExitCode == 0, $"{line}: {done}");
        return done.Output;
    }

    Task<CommandResult> InAsync(string line) => Command.RunAsync(Needs.Program("nsenter"),
        ["-t", pid.ToString(CultureInfo.InvariantCulture), "-m", "-n", "bash", "-c", "cd \"$0\" && " + line.Replace("ROOT", Folder, StringComparison.Ordinal), Folder]);

    /// <summary>Has the guest's process write a number into a disk.</summary>
    internal async Task FillAsync(string guest, int disk, int number, string at, string length)
    {
        CommandResult done = await VirshAsync($"qemu-monitor-command {guest} --hmp 'qemu-io -d /machine/peripheral/virtio-disk{disk}/virtio-backend \"write -q -P {number} {at} {length}\"'");
        Assert.True(done.ExitCode == 0 && done.Output.Trim().Length == 0, done.ToString());
    }

    /// <summary>Keeps what a guest would read from an image, as a hash.</summary>
    internal async Task HashAsync(params string[] image)
    {
        string raw = Path.Join(Folder, "hashed.raw");
        CommandResult done = await Command.RunAsync(Needs.Program("qemu-img"), ["convert", "-O", "raw", .. image.Select(word => word.Replace("ROOT", Folder, StringComparison.Ordinal)), raw]);
        Note($"# hash {string.Join(' ', image)}\n{done.Error}");
        if (done.ExitCode == 0)
            Note(Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(raw, TestContext.Current.CancellationToken))) + "\n");
        File.Delete(raw);
    }

    /// <summary>Keeps a text, without what is not the same twice.</summary>
    internal void Note(string text)
    {
        text = text.Replace(Folder, "ROOT", StringComparison.Ordinal);
        text = Elapsed().Replace(text, "${1}N");
        said.Append(text);
    }

    [GeneratedRegex(@"(Time elapsed: +|time_elapsed: )\d+")]
    private static partial Regex Elapsed();

    public async ValueTask DisposeAsync()
    {
        foreach (string guest in (await VirshAsync("list --name")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await VirshAsync($"destroy {guest}");
        foreach (string guest in (await VirshAsync("list --all --name")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await VirshAsync($"undefine {guest} --managed-save --snapshots-metadata --checkpoints-metadata");
    }
}
