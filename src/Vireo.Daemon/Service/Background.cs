using System.Runtime.InteropServices;
using System.Text;
using Vireo.Host.Processes;

namespace Vireo.Daemon.Service;

/// <summary>
/// --daemon. A runtime with threads cannot fork, so the daemon starts itself again as the leader of a new session, with a pipe
/// by which the second one says that it is ready; then the first one ends.
/// </summary>
static unsafe class Background
{
    /// <summary>Names the descriptor in the second process's environment.</summary>
    internal const string Variable = "VIREO_READY_FD";
    const short POSIX_SPAWN_SETSID = 0x80;

    /// <summary>Starts the second process and waits for its word. Gives the exit code of the first.</summary>
    internal static int Start(string commandLineFile = "/proc/self/cmdline", string program = "/proc/self/exe")
    {
        int* ends = stackalloc int[2];
        if (Native.pipe2(ends, Native.O_CLOEXEC) < 0)
            return Failed("cannot create a pipe", Marshal.GetLastPInvokeError());
        _ = Native.fcntl(ends[1], Native.F_SETFD, 0);

        string exe = File.ResolveLinkTarget(program, false)?.FullName ?? program;
        string[] arguments = File.ReadAllText(commandLineFile).TrimEnd('\0').Split('\0');
        var environment = new List<string> { $"{Variable}={ends[1]}" };
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment.Add($"{entry.Key}={entry.Value}");

        void* attributes = stackalloc byte[512];   // posix_spawnattr_t has 336 bytes
        _ = Native.posix_spawnattr_init(attributes);
        _ = Native.posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSID);
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(environment);
        int pid;
        int error = Native.posix_spawn(&pid, exe, null, attributes, argv.First, envp.First);
        _ = Native.posix_spawnattr_destroy(attributes);
        _ = Native.close(ends[1]);
        if (error != 0)
            return Failed("cannot start in the background", error);
        byte word;
        nint count = Native.read(ends[0], &word, 1);
        _ = Native.close(ends[0]);
        return count == 1 && word == 0 ? 0 : 1;
    }

    static int Failed(string what, int errno)
    {
        Console.Error.WriteLine($"vireod: {what}: {Core.Errors.Errno.Text(errno)}");
        return 1;
    }

    /// <summary>In the second process: the descriptor of the pipe, or null in a daemon that stays in the foreground.</summary>
    internal static int? TakePipe(Func<string, string?> variable, Action<string> forget)
    {
        if (!int.TryParse(variable(Variable), out int fd))
            return null;
        forget(Variable);
        _ = Native.fcntl(fd, Native.F_SETFD, Native.FD_CLOEXEC);
        return fd;
    }

    /// <summary>
    /// Standard input, output and error, and copies of them: a runtime that compiles at run time keeps some, and whoever reads our
    /// output would wait for its end as long as we live.
    /// </summary>
    static List<int> Terminals()
    {
        string?[] ours = [Target(0), Target(1), Target(2)];
        var all = new List<int> { 0, 1, 2 };
        foreach (string entry in Directory.GetFiles("/proc/self/fd"))
            if (int.TryParse(Path.GetFileName(entry), out int fd) && fd > 2 && Target(fd) is { } target && ours.Contains(target)
                && (target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("/dev/", StringComparison.Ordinal)))
                all.Add(fd);
        return all;
    }

    static string? Target(int fd) => new FileInfo($"/proc/self/fd/{fd}").LinkTarget;

    /// <summary>Says "ready" and lets go of the terminal.</summary>
    internal static void Ready(int pipe)
    {
        int nothing = Native.open("/dev/null", 2 | Native.O_CLOEXEC);
        foreach (int fd in nothing < 0 ? [] : Terminals())
            _ = Native.dup2(nothing, fd);
        byte word = 0;
        _ = Native.write(pipe, &word, 1);
        _ = Native.close(pipe);
    }
}
