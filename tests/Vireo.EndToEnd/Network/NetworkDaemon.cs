using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>A daemon with a network of its own, in which what it makes is looked at; what it leaves running ends with it.</summary>
public sealed class NetworkDaemon : IAsyncDisposable
{
    NetworkDaemon(VireoDaemon daemon) => Daemon = daemon;

    public VireoDaemon Daemon { get; }

    /// <summary>The folder of its networks' statuses.</summary>
    public string State => Path.Join(Daemon.Root, "run/libvirt/network");

    /// <summary>The folder of what dnsmasq reads and lent.</summary>
    public string Dnsmasq => Path.Join(Daemon.Root, "var/lib/libvirt/dnsmasq");

    /// <summary>Starts one more in the network of another, with a root of its own.</summary>
    public static async Task<NetworkDaemon> StartBesideAsync(NetworkDaemon other)
    {
        var daemon = new NetworkDaemon(await VireoDaemon.StartInNetworkOfAsync(other.Daemon.Pid, ""));
        File.SetUnixFileMode(daemon.Daemon.Root, (UnixFileMode)0x1ed);
        return daemon;
    }

    /// <summary>Starts it; skips the test where that cannot be.</summary>
    /// <param name="behind">A program that becomes the daemon, if there is one.</param>
    public static async Task<NetworkDaemon> StartAsync(params string[] behind)
    {
        foreach (string program in (string[])["virsh", "ip", "dnsmasq", "iptables-restore"])
            Needs.Program(program);
        var daemon = new NetworkDaemon(await VireoDaemon.StartBehindAsync(["-n", .. behind]));
        File.SetUnixFileMode(daemon.Daemon.Root, (UnixFileMode)0x1ed);      // dnsmasq reads hosts as nobody
        await daemon.RunAsync("ip", "link", "set", "lo", "up");
        return daemon;
    }

    /// <summary>Runs Debian's virsh; what it is told must work.</summary>
    public async Task<string> VirshAsync(params string[] arguments)
    {
        CommandResult result = await Daemon.VirshAsync(arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result}\n{Daemon.Log}");
        return result.Output;
    }

    /// <summary>Runs a program in the daemon's network; it must work.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        CommandResult result = await Daemon.InNetworkAsync(command);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)}: {result}");
        return result.Output;
    }

    /// <summary>Whether a program in the daemon's network works.</summary>
    public async Task<bool> WorksAsync(params string[] command) => (await Daemon.InNetworkAsync(command)).ExitCode == 0;

    /// <summary>Defines and starts a network.</summary>
    public async Task CreateAsync(string document)
    {
        string file = Path.Join(Daemon.Root, "network.xml");
        await File.WriteAllTextAsync(file, document);
        await VirshAsync("net-create", file);
    }

    /// <summary>Defines a network.</summary>
    public async Task DefineAsync(string document)
    {
        string file = Path.Join(Daemon.Root, "network.xml");
        await File.WriteAllTextAsync(file, document);
        await VirshAsync("net-define", file);
    }

    /// <summary>Starts the daemon again in a network that somebody keeps.</summary>
    /// <param name="space">The network.</param>
    /// <param name="dieAt">Where it kills itself; null: nowhere.</param>
    public async Task StartAgainAsync(Microsoft.Win32.SafeHandles.SafeFileHandle space, string? dieAt)
    {
        Daemon.Behind = [Needs.Program("nsenter"), $"--net=/proc/{Environment.ProcessId}/fd/{space.DangerousGetHandle()}", "--"];
        await Daemon.StartAgainAsync(new Dictionary<string, string?> { [Vireo.Hypervisor.Flows.CrashProbe.Variable] = dieAt });
    }

    /// <summary>Pids of the name servers that run.</summary>
    public IReadOnlyList<int> Servers() => [.. Directory.EnumerateDirectories("/proc")
        .Select(static folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0)
        .Where(pid => pid > 0 && CommandLine(pid) is var line && line.Contains("--conf-file=" + Daemon.Root, StringComparison.Ordinal))];

    /// <summary>Waits until no name server runs. One that was told to end may leave a child that still notes what was lent last.</summary>
    public Task UntilUnservedAsync() => UntilAsync(() => Task.FromResult(Servers().Count == 0), "name servers end");

    /// <summary>The arguments of a process.</summary>
    public static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ').TrimEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            Assert.False(limit.IsCancellationRequested, what);
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Daemon.IsRunning)
            await Daemon.KillAsync();
        foreach (int pid in Servers())
            await Command.RunAsync("kill", ["-9", pid.ToString()]);
        // What dnsmasq ran last may still write.
        await UntilAsync(() => Task.FromResult(!Directory.EnumerateDirectories("/proc").Any(folder => Says(folder, "environ", "VIREO_LEASE_FOLDER=" + Daemon.Root))), "programs for leases end");
        await Daemon.DisposeAsync();
    }

    static bool Says(string folder, string file, string what)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(folder)[0]) && File.ReadAllText(Path.Join(folder, file)).Contains(what, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
