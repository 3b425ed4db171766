using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core.Errors;

namespace Vireo.Host.Processes;

/// <summary>
/// A program that we talk to through its standard input and output, which are one socket, such as ssh. It has our environment and our terminal, where it may
/// ask for a password; what it complains about is kept. It is started without the launcher: nothing has to happen before its first instruction.
/// </summary>
public sealed unsafe partial class SocketProgram : IDisposable
{
    const short SetSigDefault = 0x04, SetSigMask = 0x08;
    const int AF_UNIX = 1, SOCK_STREAM = 1, SOCK_CLOEXEC = 0x80000, F_SETFL = 4, F_DUPFD_CLOEXEC = 1030, MostKept = 4096;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly List<byte> complaints = [];
    readonly SafeHandle process;
    readonly Thread listener;

    SocketProgram(int socket, SafeHandle process, int errors)
    {
        (Socket, this.process) = (socket, process);
        listener = new Thread(() => Listen(errors), 128 * 1024) { IsBackground = true, Name = "program errors" };
        listener.Start();
    }

    /// <summary>Our end, which does not block; it is the caller's to close.</summary>
    public int Socket { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path, or a name that is looked for in PATH.</param>
    /// <param name="arguments">Its arguments, without the program itself.</param>
    /// <exception cref="VireoException">It is not there or cannot be started.</exception>
    public static SocketProgram Start(string program, IReadOnlyList<string> arguments)
    {
        string path = Find(program) ?? throw HostErrors.Failed(LibC.ENOENT, $"Cannot find '{program}' in path");
        int* ends = stackalloc int[2];
        int* errors = stackalloc int[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
            throw HostErrors.Failed(LibC.Errno, "unable to create socket pair");
        if (LibC.pipe2(errors, LibC.O_CLOEXEC) < 0)
        {
            int errno = LibC.Errno;
            Close(ends[0], ends[1]);
            throw HostErrors.Failed(errno, "cannot create a pipe");
        }
        try
        {
            int pid = Spawn(path, [program, .. arguments], ends[1], errors[1]);
            SafeHandle process = LibC.Handle(LibC.pidfd_open(pid, 0), $"cannot open process {pid}");
            _ = fcntl(ends[0], F_SETFL, LibC.O_NONBLOCK);
            return new SocketProgram(ends[0], process, errors[0]);
        }
        catch
        {
            Close(ends[0], errors[0]);
            throw;
        }
        finally
        {
            Close(ends[1], errors[1]);
        }
    }

    static string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
            return File.Exists(program) ? program : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':')
            .Select(folder => Path.Join(folder, program)).FirstOrDefault(File.Exists);
    }

    static int Spawn(string path, string[] words, int socket, int errors)
    {
        byte* actions = stackalloc byte[256], attributes = stackalloc byte[512];
        ulong* none = stackalloc ulong[16], all = stackalloc ulong[16];
        new Span<ulong>(none, 16).Clear();
        new Span<ulong>(all, 16).Clear();
        all[0] = ~0ul;
        _ = LibC.posix_spawn_file_actions_init(actions);
        _ = LibC.posix_spawnattr_init(attributes);
        int highSocket = fcntl(socket, F_DUPFD_CLOEXEC, 256), highErrors = fcntl(errors, F_DUPFD_CLOEXEC, 256);
        string[] environment = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static e => $"{e.Key}={e.Value}")];
        nint* argv = Strings(words), envp = Strings(environment);
        try
        {
            _ = LibC.posix_spawn_file_actions_adddup2(actions, highSocket, 0);
            _ = LibC.posix_spawn_file_actions_adddup2(actions, highSocket, 1);
            _ = LibC.posix_spawn_file_actions_adddup2(actions, highErrors, 2);
            _ = LibC.posix_spawnattr_setsigmask(attributes, none);
            _ = LibC.posix_spawnattr_setsigdefault(attributes, all);
            _ = LibC.posix_spawnattr_setflags(attributes, SetSigDefault | SetSigMask);
            int pid, errno;
            fixed (byte* file = Encoding.UTF8.GetBytes(path + "\0"))
                errno = LibC.posix_spawn(&pid, file, actions, attributes, (byte**)argv, (byte**)envp);
            return errno == 0 ? pid : throw HostErrors.Failed(errno, $"cannot execute binary {path}");
        }
        finally
        {
            Free(argv);
            Free(envp);
            Close(highSocket, highErrors);
            _ = LibC.posix_spawn_file_actions_destroy(actions);
            _ = LibC.posix_spawnattr_destroy(attributes);
        }
    }

    static nint* Strings(string[] words)
    {
        nint* all = (nint*)NativeMemory.AllocZeroed((nuint)words.Length + 1, (nuint)sizeof(nint));
        for (int i = 0; i < words.Length; i++)
            all[i] = Marshal.StringToCoTaskMemUTF8(words[i]);
        return all;
    }

    static void Free(nint* words)
    {
        for (nint* one = words; *one != 0; one++)
            Marshal.FreeCoTaskMem(*one);
        NativeMemory.Free(words);
    }

    static void Close(params ReadOnlySpan<int> descriptors)
    {
        foreach (int one in descriptors)
            if (one >= 0)
                _ = close(one);
    }

    void Listen(int errors)
    {
        byte* buffer = stackalloc byte[1024];
        nint count;
        while ((count = LibC.read(errors, buffer, 1024)) > 0)
        {
            lock (gate)
            {
                complaints.AddRange(new ReadOnlySpan<byte>(buffer, (int)count));
                if (complaints.Count > MostKept)
                    complaints.RemoveRange(0, complaints.Count - MostKept);
            }
        }
        Close(errors);
    }

    /// <summary>What the program wrote to its standard error; waits until it ended or closed that, for a while at most.</summary>
    public string Complaint()
    {
        listener.Join(patience);
        lock (gate)
            return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(complaints)).TrimEnd();
    }

    /// <summary>Waits for its end. False: it goes on.</summary>
    /// <param name="most">How long to wait at most.</param>
    public bool WaitForEnd(TimeSpan most)
    {
        var ended = new LibC.PollFd { Fd = (int)process.DangerousGetHandle(), Events = LibC.EPOLLIN };
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = most - Stopwatch.GetElapsedTime(began);
            if (LibC.poll(&ended, 1, (int)Math.Max(0, left.TotalMilliseconds)) is var count && (count >= 0 || LibC.Errno is not LibC.EINTR))
                return count > 0;
        }
    }

    /// <summary>Sees that it ends: with its input it usually does by itself, else it is asked, and then forced.</summary>
    public void Dispose()
    {
        if (process.IsClosed)
            return;
        foreach (int signal in (ReadOnlySpan<int>)[0, LibC.SIGTERM, LibC.SIGKILL])
        {
            if (signal != 0)
                _ = LibC.pidfd_send_signal(process, signal, 0, 0);
            if (WaitForEnd(patience))
                break;
        }
        byte* info = stackalloc byte[128];
        _ = LibC.waitid(LibC.P_PIDFD, (int)process.DangerousGetHandle(), info, LibC.WEXITED | LibC.WNOHANG);
        process.Dispose();
    }

    [LibraryImport("libc", SetLastError = true)] private static partial int socketpair(int domain, int type, int protocol, int* fds);
    [LibraryImport("libc", SetLastError = true)] private static partial int fcntl(int fd, int command, int argument);
    [LibraryImport("libc")] private static partial int close(int fd);
}
