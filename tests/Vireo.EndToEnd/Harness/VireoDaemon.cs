using System.Diagnostics;
using System.Net.Sockets;

namespace Vireo.EndToEnd.Harness;

/// <summary>
/// A vireod of its own under a folder of its own. The native program is taken from VIREO_BIN, else the one that was built
/// with the tests.
/// </summary>
public sealed class VireoDaemon : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly IReadOnlyList<string> options;
    readonly StringWriter log = new();
    IReadOnlyList<string> before = [];
    Process? process;

    VireoDaemon(string root, IReadOnlyList<string> options)
    {
        Root = root;
        this.options = options;
    }

    /// <summary>Everything the daemon owns is below this folder.</summary>
    public string Root { get; }

    /// <summary>What starts it the next time.</summary>
    public IReadOnlyList<string> Behind { set => before = value; }

    /// <summary>Its process id while it runs.</summary>
    public int Pid => process?.Id ?? throw new InvalidOperationException("the daemon does not run");

    /// <summary>Whether the process is there.</summary>
    public bool IsRunning => process is { HasExited: false };

    /// <summary>The read-write socket.</summary>
    public string Socket => FindSocket("libvirt-sock") ?? throw new InvalidOperationException("no socket below " + Root);

    /// <summary>The read-only socket.</summary>
    public string ReadOnlySocket => FindSocket("libvirt-sock-ro") ?? throw new InvalidOperationException("no socket below " + Root);

    /// <summary>"system" for root, else "session".</summary>
    public static string Mode => Environment.UserName == "root" ? "system" : "session";

    /// <summary>What stock clients are given to reach its QEMU driver.</summary>
    public string QemuUri => $"qemu+unix:///{Mode}?socket={Socket}";

    /// <summary>What stock clients are given to reach its test driver.</summary>
    public string TestUri => $"test+unix:///default?socket={Socket}";

    /// <summary>What it wrote to its standard output and error.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>Makes a root and starts a daemon in it, with a network of its own.</summary>
    public static Task<VireoDaemon> StartWithNetworkAsync() => StartBehindAsync("-n");

    /// <summary>Makes a root and starts a daemon in it, in namespaces of its own.</summary>
    /// <param name="unshare">What unshare is told; it ends with a program that becomes the daemon, if there is one.</param>
    public static Task<VireoDaemon> StartBehindAsync(params string[] unshare) => StartConfiguredAsync("", unshare);

    /// <summary>The same, with a qemu.conf.</summary>
    /// <param name="qemuConf">The file's text.</param>
    /// <param name="unshare">What unshare is told.</param>
    public static async Task<VireoDaemon> StartConfiguredAsync(string qemuConf, params string[] unshare)
    {
        Needs.Root();
        var daemon = new VireoDaemon(Directory.CreateTempSubdirectory("vd").FullName, []) { before = [Needs.Program("unshare"), .. unshare] };
        try
        {
            if (qemuConf.Length > 0)
            {
                Directory.CreateDirectory(Path.Join(daemon.Root, "etc/libvirt"));
                await File.WriteAllTextAsync(Path.Join(daemon.Root, "etc/libvirt/qemu.conf"), qemuConf);
            }
            await KnownQemus.GiveAsync(daemon.Root);
            await daemon.StartAgainAsync();
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
        return daemon;
    }

    /// <summary>Makes a root and starts a daemon in it, in the network of another process.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="conf">Its libvirtd.conf.</param>
    /// <param name="qemuConf">Its qemu.conf.</param>
    /// <param name="options">What else its command line says.</param>
    public static async Task<VireoDaemon> StartInNetworkOfAsync(int pid, string conf, string qemuConf = "", params string[] options)
    {
        Needs.Root();
        var daemon = new VireoDaemon(Directory.CreateTempSubdirectory("vd").FullName, options) { before = [Needs.Program("nsenter"), "-t", pid.ToString(), "-n", "--"] };
        try
        {
            Directory.CreateDirectory(Path.Join(daemon.Root, "etc/libvirt"));
            await File.WriteAllTextAsync(Path.Join(daemon.Root, "etc/libvirt/libvirtd.conf"), conf);
            await File.WriteAllTextAsync(Path.Join(daemon.Root, "etc/libvirt/qemu.conf"), qemuConf);
            await KnownQemus.GiveAsync(daemon.Root);
            await daemon.StartAgainAsync();
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
        return daemon;
    }

    /// <summary>Runs a program in the daemon's network.</summary>
    public Task<CommandResult> InNetworkAsync(params string[] command) =>
        Command.RunAsync(Needs.Program("nsenter"), ["-t", Pid.ToString(), "-n", "--", .. command]);

    /// <summary>Makes a root and starts a daemon in it.</summary>
    public static Task<VireoDaemon> StartAsync(IReadOnlyDictionary<string, string?>? environment = null, params string[] options) =>
        StartAsync(Mode is "system", environment, options);

    /// <summary>Starts one that has to ask each QEMU what it can do.</summary>
    public static Task<VireoDaemon> StartWithoutKnowledgeAsync() => StartAsync(false, null, []);

    static async Task<VireoDaemon> StartAsync(bool isTold, IReadOnlyDictionary<string, string?>? environment, IReadOnlyList<string> options)
    {
        string root = Scratch.Make("vd");
        var daemon = new VireoDaemon(root, options);
        try
        {
            if (isTold)
                await KnownQemus.GiveAsync(root);
            await daemon.StartAgainAsync(environment);
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
        return daemon;
    }

    /// <summary>The daemon's program and the arguments before its own.</summary>
    public static (string Program, string[] Arguments) Find(string assembly, string native)
    {
        if (Environment.GetEnvironmentVariable("VIREO_BIN") is { Length: > 0 } folder)
            return (Path.Join(folder, native), []);
        // .build/bin/Vireo.EndToEnd/debug -> .build/bin/PROJECT/debug
        string here = AppContext.BaseDirectory.TrimEnd('/');
        string bin = Path.GetFullPath(Path.Join(here, "../.."));
        string project = assembly == "vireod" ? "Vireo.Daemon" : assembly;
        return ("dotnet", ["exec", Path.Join(bin, project, Path.GetFileName(here), assembly + ".dll")]);
    }

    /// <summary>Starts it again in the same root, after it ended.</summary>
    public async Task StartAgainAsync(IReadOnlyDictionary<string, string?>? environment = null)
    {
        foreach (string name in new[] { "libvirt-sock", "libvirt-sock-ro" })
            if (FindSocket(name) is { } stale)
                File.Delete(stale);
        (string program, string[] first) = Find("vireod", "vireod");
        List<string> all = [.. before, program, .. first, "--root", Root, .. options];
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["NOTIFY_SOCKET"] = null,
        };
        process?.Dispose();
        process = Command.Start(all[0], all.Skip(1), variables);
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long began = Stopwatch.GetTimestamp();
        while (!Answers())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"the daemon did not come up (exited: {process.HasExited})\n{Log}");
            await Task.Delay(5);
        }
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits until it ended by itself.</summary>
    public async Task<int> StopAsync()
    {
        if (process is { HasExited: false })
        {
            using Process kill = Command.Start("kill", [process.Id.ToString()]);
            await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
        }
        return process?.ExitCode ?? 0;
    }

    /// <summary>Waits until it ended by itself.</summary>
    public async Task<bool> EndedAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process!.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Runs Debian's virsh on its QEMU driver.</summary>
    public Task<CommandResult> VirshAsync(params string[] arguments) =>
        Command.RunAsync(Needs.Program("virsh"), ["-c", QemuUri, .. arguments]);

    /// <summary>Processes on this machine that have its root in their command line, the daemon aside.</summary>
    public IReadOnlyList<int> Guests() => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0)
        .Where(pid => pid > 0 && pid != Environment.ProcessId && pid != process?.Id && CommandLine(pid).Contains(Root, StringComparison.Ordinal)
            && CommandLine(pid).Contains("qemu-system", StringComparison.Ordinal))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await KillAsync();
        foreach (int pid in Guests())
        {
            using Process kill = Command.Start("kill", ["-9", pid.ToString()]);
            await kill.WaitForExitAsync();
        }
        process?.Dispose();
        log.Dispose();
        await Scratch.DeleteAsync(Root);
    }

    static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    string? FindSocket(string name) =>
        Directory.EnumerateFiles(Root, name, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).FirstOrDefault();

    bool Answers()
    {
        if (FindSocket("libvirt-sock") is not { } path)
            return false;
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

    void Note(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (log)
            log.WriteLine(line.Data);
    }
}
