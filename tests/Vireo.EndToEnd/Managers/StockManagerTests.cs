using Vireo.Driver;
using Vireo.EndToEnd.Compare;
using Xunit;

namespace Vireo.EndToEnd.Managers;

/// <summary>The same calls to stock's managers and to ours: what they answer, and which files they leave.</summary>
public sealed class StockManagerTests
{
    const string Limits = "max_size = 50000\nmax_backups = 2\n";

    // In the namespaces of a stock libvirtd; the sockets are below the folder.
    const string Stock = """
        printf 'max_size = 50000\nmax_backups = 2\n' >/etc/libvirt/virtlogd.conf
        virtlogd &
        virtlockd &
        while [ ! -S /run/libvirt/virtlogd-sock ] || [ ! -S /run/libvirt/virtlockd-sock ]; do sleep 0.05; done

        """;

    [Fact]
    public async Task Both_pairs_of_managers_answer_alike_and_leave_the_same_files()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        Harness.Needs.Program("virtlogd");
        Harness.Needs.Program("virtlockd");
        List<string> stock, ours;
        await using (StockDaemon daemon = await StockDaemon.StartAsync(Stock))
            stock = await RunAsync(Path.Join(daemon.Root, "sock/virtlogd-sock"), Path.Join(daemon.Root, "sock/virtlockd-sock"), Path.Join(daemon.Root, "work"));
        await using (var rig = new ManagerRig())
        {
            rig.Configure("virtlogd.conf", Limits);
            await rig.StartLogsAsync();
            await rig.StartLocksAsync();
            ours = await RunAsync(rig.LogSocket, rig.LockSocket, Path.Join(rig.Root, "work"));
        }
        Assert.True(stock.Count > 30);
        Assert.Equal(stock, ours);
    }

    static async Task<List<string>> RunAsync(string logs, string locks, string folder)
    {
        Directory.CreateDirectory(folder);
        var said = new List<string>();
        await LogsAsync(logs, folder, said);
        await LocksAsync(locks, folder, said);
        return said.ConvertAll(line => line.Replace(folder, "DIR", StringComparison.Ordinal));
    }

    static async Task LogsAsync(string socket, string folder, List<string> said)
    {
        await using var calls = new ManagerCalls(socket);
        string log = Path.Join(folder, "g.log"), other = Path.Join(folder, "other.log");
        async Task SayAsync(string what, Func<ValueTask> call) => said.Add($"{what}: {await ManagerCalls.SaysAsync(call)}");
        void Files(string when) => said.Add($"{when}: " + string.Join(", ", Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)} {new FileInfo(path).Length} {File.ReadAllText(path).GetHashCode(StringComparison.Ordinal)}")));

        await SayAsync("position of none", async () => await calls.Logs.GetPositionAsync(log, 0, default));
        var opened = await calls.OpenAsync(log);
        said.Add($"opened at {opened.Result.Offset}, {File.GetUnixFileMode(log)}");
        await SayAsync("again", async () => await calls.OpenAsync(log));
        ManagerCalls.Write(opened.Files[0], "hello\n");
        said.Add($"end {await EndAsync(6)}");
        await SayAsync("append", async () => await calls.AppendAsync(log, "appended\n"));
        await SayAsync("append to none", async () => await calls.AppendAsync(other, "alone\n"));
        await SayAsync("flags", async () => await calls.Logs.ReadAsync(log, opened.Result, 10, 1, default));
        await SayAsync("nothing there", async () => await calls.Logs.ReadAsync(log, new LogPosition(1, 0), 10, 0, default));
        await SayAsync("no folder", async () => await calls.OpenAsync(Path.Join(folder, "no/g.log")));
        said.Add(await calls.Logs.ReadAsync(log, opened.Result, 100, 0, default));
        said.Add(await calls.Logs.ReadAsync(log, opened.Result with { Offset = 8 }, 3, 0, default));
        Files("before it is cut");

        // What a message adds is cut where it is, whatever the pipe held: so both cut at the same bytes.
        for (int part = 0; part < 9; part++)
            await calls.AppendAsync(log, string.Concat(Enumerable.Range(0, 200).Select(n => $"{part * 200 + n:D6} abcdefghijklmnopqrstuvwxyz 0123456789\n")));
        Files("cut");
        said.Add($"end {await EndAsync(0)}");
        said.Add(await calls.Logs.ReadAsync(log, opened.Result, 60, 0, default));
        await calls.AppendAsync(log, new string('x', 120_000));
        Files("one long line");
        opened.Files[0].Dispose();
        await Daemon.DaemonProgram.UntilAsync(async () => (await ManagerCalls.SaysAsync(async () => await calls.Logs.GetPositionAsync(log, 0, default))).Contains("No open log", StringComparison.Ordinal),
            () => "the log is still open");
        var anew = await calls.OpenAsync(log, LogOpenFlags.Truncate);
        Files("anew");
        anew.Files[0].Dispose();

        async Task<ulong> EndAsync(ulong atLeast)
        {
            // Stock reads the pipe when it comes to it.
            LogPosition end = default;
            await Daemon.DaemonProgram.UntilAsync(async () => (end = await calls.Logs.GetPositionAsync(log, 0, default)).Offset >= atLeast, () => "nothing came");
            return end.Offset;
        }
    }

    static async Task LocksAsync(string socket, string folder, List<string> said)
    {
        await using var one = new ManagerCalls(socket);
        await using var two = new ManagerCalls(socket);
        string disk = Path.Join(folder, "disk"), space = Path.Join(folder, "space");
        await File.WriteAllTextAsync(disk, "");
        async Task SayAsync(string what, Func<ValueTask> call) => said.Add($"{what}: {await ManagerCalls.SaysAsync(call)}");

        await SayAsync("nobody yet", () => one.AcquireAsync(disk));
        await SayAsync("new, nobody yet", () => one.Locks.NewAsync(space, 0, default));
        await SayAsync("flags", () => one.Locks.RegisterAsync(new LockOwner(default, "", 0, 0), 1, default));
        await one.RegisterAsync(1_000_001);
        await two.RegisterAsync(1_000_002);
        await SayAsync("acquire", () => one.AcquireAsync(disk));
        await SayAsync("again", () => one.AcquireAsync(disk));
        await SayAsync("other", () => two.AcquireAsync(disk));
        await SayAsync("shared", () => two.AcquireAsync(disk, LockFlags.Shared));
        await SayAsync("not theirs", () => two.Locks.ReleaseResourceAsync("", disk, 0, default));
        await SayAsync("unknown flags", () => one.AcquireAsync(disk, (LockFlags)8));
        await SayAsync("release", () => one.Locks.ReleaseResourceAsync("", disk, 0, default));
        await SayAsync("release again", () => one.Locks.ReleaseResourceAsync("", disk, 0, default));
        await SayAsync("share", () => one.AcquireAsync(disk, LockFlags.Shared));
        await SayAsync("share too", () => two.AcquireAsync(disk, LockFlags.Shared));
        await SayAsync("not there", () => one.AcquireAsync(Path.Join(folder, "none")));
        await SayAsync("no such folder", () => one.AcquireAsync("r", LockFlags.None, space));
        await SayAsync("new", () => one.Locks.NewAsync(space, 0, default));
        await SayAsync("new again", () => two.Locks.NewAsync(space, 0, default));
        await SayAsync("older way", () => one.Locks.CreateLockspaceAsync(space, default));
        await SayAsync("folder is a file", () => one.Locks.NewAsync(disk, 0, default));
        await SayAsync("create", () => one.Locks.CreateResourceAsync(space, "r", 0, default));
        await SayAsync("acquire in it", () => one.AcquireAsync("r", LockFlags.None, space));
        await SayAsync("create held", () => one.Locks.CreateResourceAsync(space, "r", 0, default));
        await SayAsync("delete held", () => one.Locks.DeleteResourceAsync(space, "r", 0, default));
        await SayAsync("release in it", () => one.Locks.ReleaseResourceAsync(space, "r", 0, default));
        await SayAsync("delete", () => one.Locks.DeleteResourceAsync(space, "r", 0, default));
        await SayAsync("delete again", () => one.Locks.DeleteResourceAsync(space, "r", 0, default));
        await SayAsync("made for it", () => one.AcquireAsync("auto", LockFlags.AutoCreate, space));
        said.Add($"there: {File.Exists(Path.Join(space, "auto"))}");
        await SayAsync("gone with it", () => one.Locks.ReleaseResourceAsync(space, "auto", 0, default));
        said.Add($"there: {File.Exists(Path.Join(space, "auto"))}");
        await SayAsync("no folder for it", () => one.Locks.CreateResourceAsync(space, "a/b", 0, default));
        await SayAsync("restrict", () => one.Locks.RestrictAsync(0, default));
        await SayAsync("restricted", () => one.AcquireAsync(disk));
        await SayAsync("restricted register", () => one.RegisterAsync(5));
    }
}
