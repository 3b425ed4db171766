using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Daemon;

/// <summary>The daemon's program as an administrator or a service manager starts it, in a folder of its own.</summary>
public sealed class DaemonProgram : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly List<Process> started = [];

    /// <summary>A folder for everything of this test.</summary>
    public string Root { get; } = Scratch.Make("vl");

    /// <summary>The pid file that <see cref="Options"/> name.</summary>
    public string PidFile => Path.Join(Root, "daemon.pid");

    /// <summary>What keeps a daemon in the folder.</summary>
    public string[] Options => ["--root", Root, "-p", PidFile];

    /// <summary>A socket of the daemon.</summary>
    public string Socket(string name = "libvirt-sock") => Path.Join(RunDir, name);

    /// <summary>Where its sockets are.</summary>
    public string RunDir => Paths.RunDir;

    /// <summary>Its places.</summary>
    public Host.HostPaths Paths => VireoDaemon.Mode == "system"
        ? Host.HostPaths.System(Root)
        : Host.HostPaths.Session(Environment.GetEnvironmentVariable("HOME") ?? "/", Environment.GetEnvironmentVariable, Root);

    /// <summary>What clients are given.</summary>
    public string Uri(string driver = "qemu", string socket = "libvirt-sock") => driver == "qemu"
        ? $"qemu+unix:///{VireoDaemon.Mode}?socket={Socket(socket)}" : $"{driver}+unix:///default?socket={Socket(socket)}";

    /// <summary>Runs it to its end (with -d: to the end of the first process).</summary>
    public static Task<CommandResult> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        (string program, string[] before) = VireoDaemon.Find("vireod", "vireod");
        return Command.RunAsync(program, [.. before, .. arguments], environment);
    }

    /// <summary>Starts it in the foreground; nobody waits for it to be ready.</summary>
    public RunningProgram Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        (string program, string[] before) = VireoDaemon.Find("vireod", "vireod");
        return Watch(Command.Start(program, [.. before, .. arguments], environment));
    }

    /// <summary>Starts another program beside it, which ends with the test.</summary>
    public RunningProgram StartOther(string program, params string[] arguments) => Watch(Command.Start(Needs.Program(program), arguments));

    /// <summary>Starts it in the foreground and waits until its socket answers.</summary>
    public async Task<RunningProgram> StartReadyAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        RunningProgram program = Start(arguments, environment);
        await AnswersAsync(program);
        return program;
    }

    /// <summary>
    /// Starts it as a service manager does: with listening sockets (unix paths, or a number for TCP) as descriptors 3 and up.
    /// </summary>
    public RunningProgram StartActivated(string? names, string[] sockets, IEnumerable<string> arguments)
    {
        const string script = """
            import os, socket, sys
            end = sys.argv.index('--')
            for at, where in enumerate(sys.argv[1:end]):
                if where == 'none':
                    os.dup2(os.open('/dev/null', os.O_RDONLY), 3 + at, True)
                    continue
                unix = where.startswith('/')
                it = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
                it.bind(where if unix else ('127.0.0.1', int(where)))
                it.listen(16)
                if it.fileno() == 3 + at:
                    os.set_inheritable(it.detach(), True)
                else:
                    os.dup2(it.fileno(), 3 + at, True)
                    it.close()
            os.environ['LISTEN_PID'] = str(os.getpid())
            os.environ['LISTEN_FDS'] = str(end - 1)
            os.execvp(sys.argv[end + 1], sys.argv[end + 1:])
            """;
        foreach (string folder in sockets.Where(Path.IsPathRooted).Select(path => Path.GetDirectoryName(path)!))
            Directory.CreateDirectory(folder);
        (string program, string[] before) = VireoDaemon.Find("vireod", "vireod");
        return Watch(Command.Start(Needs.Program("python3"), ["-c", script, .. sockets, "--", program, .. before, .. arguments],
            new Dictionary<string, string?> { ["LISTEN_FDNAMES"] = names }));
    }

    RunningProgram Watch(Process process)
    {
        started.Add(process);
        return new RunningProgram(process);
    }

    /// <summary>Waits until a socket takes connections.</summary>
    public async Task AnswersAsync(RunningProgram program, string? socket = null)
    {
        long began = Stopwatch.GetTimestamp();
        while (!Answers(socket ?? Socket()))
        {
            if (program.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"the daemon did not come up (exited: {program.HasExited})\n{program.Said}");
            await Task.Delay(5);
        }
    }

    /// <summary>Whether somebody listens there.</summary>
    public static bool Answers(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Waits until something is true that a program brings about.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        long began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException(otherwise());
            await Task.Delay(10);
        }
    }

    /// <summary>Whether a process has ended, be it that nobody reaped it yet.</summary>
    public static bool HasEnded(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The number in the pid file.</summary>
    public int ReadPid() => int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture);

    /// <summary>Sends a signal by its name.</summary>
    public static async Task SignalAsync(int pid, string signal)
    {
        using Process kill = Command.Start("kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Process process in started)
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        // A daemon in the background, and guests: whatever has our folder in its command line.
        foreach (int pid in OfRoot())
            await SignalAsync(pid, "KILL");
        await UntilAsync(() => Task.FromResult(!OfRoot().Any()), () => $"processes of {Root} are left: {string.Join(' ', OfRoot())}");
        Directory.Delete(Root, recursive: true);
    }

    IEnumerable<int> OfRoot()
    {
        foreach (string entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), out int pid) || pid == Environment.ProcessId)
                continue;
            string text;
            try
            {
                text = File.ReadAllText(entry + "/cmdline");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;       // gone, or not ours
            }
            if (text.Contains(Root, StringComparison.Ordinal))
                yield return pid;
        }
    }
}

/// <summary>A daemon in the foreground.</summary>
public sealed class RunningProgram
{
    readonly Process process;
    readonly StringBuilder said = new();

    internal RunningProgram(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its number.</summary>
    public int Pid => process.Id;

    /// <summary>Whether it ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>What it wrote.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    void Note(string? line)
    {
        lock (said)
            said.Append(line).Append('\n');
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("the daemon did not end\n" + Said);
        }
        return process.ExitCode;
    }

    /// <summary>Sends a signal, and waits for its end.</summary>
    public async Task<int> EndByAsync(string signal)
    {
        await DaemonProgram.SignalAsync(Pid, signal);
        return await EndAsync();
    }
}
