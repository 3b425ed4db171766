using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Managers;

/// <summary>A folder with a log manager, a lock manager and a daemon of ours, as far as a test starts them.</summary>
sealed class ManagerRig : IAsyncDisposable
{
    readonly DaemonProgram program = new();

    internal string Root => program.Root;

    internal string LogSocket => program.Socket("virtlogd-sock");

    internal string LockSocket => program.Socket("virtlockd-sock");

    internal string LogFile(string guest) => program.Paths.Driver("qemu").LogFile(guest);

    /// <summary>Writes a file of the daemon's configuration.</summary>
    internal void Configure(string file, string text)
    {
        Directory.CreateDirectory(program.Paths.EtcDir);
        File.WriteAllText(Path.Join(program.Paths.EtcDir, file), text);
    }

    /// <summary>A file that guests may use.</summary>
    internal string Image(string name)
    {
        string path = Path.Join(Root, name);
        File.WriteAllBytes(path, new byte[1 << 20]);
        return path;
    }

    internal Task<RunningProgram> StartLogsAsync() => StartAsync(LogSocket, "--role", "log");

    internal Task<RunningProgram> StartLocksAsync() => StartAsync(LockSocket, "--role", "lock");

    /// <summary>Debian's virtlogd or virtlockd, for which our daemon's folder of sockets is libvirt's.</summary>
    internal async Task<RunningProgram> StartStockAsync(string manager, string configuration)
    {
        string config = Path.Join(Root, $"stock-{manager}.conf");
        await File.WriteAllTextAsync(config, configuration);
        Directory.CreateDirectory(program.RunDir);
        RunningProgram started = program.StartOther("unshare", "-m", "--propagation", "private", "sh", "-c",
            "exec 3<\"$0\" && mount -t tmpfs run /run && mkdir /run/libvirt && mount --bind /proc/self/fd/3 /run/libvirt && exec 3<&- && exec \"$@\"",
            program.RunDir, Needs.Program(manager), "-f", config);
        await program.AnswersAsync(started, program.Socket($"{manager}-sock"));
        return started;
    }

    internal Task<RunningProgram> StartDaemonAsync() => StartAsync(program.Socket());

    async Task<RunningProgram> StartAsync(string socket, params string[] options)
    {
        RunningProgram started = program.Start(["--root", Root, .. options]);
        await program.AnswersAsync(started, socket);
        return started;
    }

    internal Task<CommandResult> VirshAsync(params string[] words) => Command.RunAsync(Needs.Program("virsh"), ["-c", program.Uri(), .. words]);

    /// <summary>The process of a guest of this folder; 0: there is none.</summary>
    internal int QemuOf(string guest)
    {
        string file = program.Paths.Driver("qemu").PidFile(guest);
        return File.Exists(file) ? int.Parse(File.ReadAllText(file)) : 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out int pid) && IsGuest(folder))
                await Command.RunAsync("/bin/kill", ["-9", pid.ToString()]);
        await program.DisposeAsync();
    }

    bool IsGuest(string folder)
    {
        try
        {
            string line = File.ReadAllText(Path.Join(folder, "cmdline"));
            return line.Contains("qemu-system", StringComparison.Ordinal) && line.Contains(Root, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
