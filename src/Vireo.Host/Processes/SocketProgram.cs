using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Host.Processes;

/// <summary>
/// A program that we talk to through its standard input and output, which are one socket, such as ssh. It has our environment and our terminal, where it may
/// ask for a password; what it complains about first waits in a pipe, and the rest is dropped: nobody reads it meanwhile, for the C library has no thread for
/// that. It is started without the launcher: nothing has to happen before its first instruction.
/// </summary>
public sealed unsafe partial class SocketProgram : IDisposable
{
    const int AF_UNIX = 1, SOCK_STREAM = 1, SOCK_CLOEXEC = 0x80000, P_PID = 1, MostKept = 4096;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly List<byte> complaints = [];
    readonly SafeHandle process;
    int errors;

    SocketProgram(int socket, SafeHandle process, int errors) => (Socket, this.process, this.errors) = (socket, process, errors);

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
        // A program that has more to say than the pipe takes shall not wait for us.
        if (LibC.pipe2(errors, LibC.O_CLOEXEC | LibC.O_NONBLOCK) < 0)
        {
            int errno = LibC.Errno;
            Close(ends[0], ends[1]);
            throw HostErrors.Failed(errno, "cannot create a pipe");
        }
        try
        {
            int pid = Spawn(path, [program, .. arguments], ends[1], errors[1]);
            int process = LibC.pidfd_open(pid, 0);
            if (process < 0)
            {
                int errno = LibC.Errno;
                Reap(pid);
                throw HostErrors.Failed(errno, $"cannot open process {pid}");
            }
            _ = LibC.fcntl(ends[0], LibC.F_SETFL, LibC.O_NONBLOCK);
            return new SocketProgram(ends[0], new SafeFileHandle(process, ownsHandle: true), errors[0]);
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
        _ = LibC.posix_spawn_file_actions_init(actions);
        _ = LibC.posix_spawnattr_init(attributes);
        // Beyond the three that the program gets: a descriptor that is moved onto itself would be closed with the others.
        int highSocket = LibC.fcntl(socket, LibC.F_DUPFD_CLOEXEC, 3), highErrors = highSocket < 0 ? -1 : LibC.fcntl(errors, LibC.F_DUPFD_CLOEXEC, 3);
        int refused = highErrors < 0 ? LibC.Errno : 0;
        string[] environment = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static e => $"{e.Key}={e.Value}")];
        using var argv = new NativeStrings(words);
        using var envp = new NativeStrings(environment);
        try
        {
            if (refused != 0)
                throw HostErrors.Failed(refused, "cannot copy a file descriptor");
            _ = LibC.posix_spawn_file_actions_adddup2(actions, highSocket, 0);
            _ = LibC.posix_spawn_file_actions_adddup2(actions, highSocket, 1);
            _ = LibC.posix_spawn_file_actions_adddup2(actions, highErrors, 2);
            SpawnSignals.Set(attributes);
            int pid, errno;
            fixed (byte* file = Encoding.UTF8.GetBytes(path + "\0"))
                errno = LibC.posix_spawn(&pid, file, actions, attributes, argv.First, envp.First);
            return errno == 0 ? pid : throw HostErrors.Failed(errno, $"cannot execute binary {path}");
        }
        finally
        {
            Close(highSocket, highErrors);
            _ = LibC.posix_spawn_file_actions_destroy(actions);
            _ = LibC.posix_spawnattr_destroy(attributes);
        }
    }

    static void Close(params ReadOnlySpan<int> descriptors)
    {
        foreach (int one in descriptors)
            if (one >= 0)
                _ = close(one);
    }

    static void Reap(int pid)
    {
        byte* info = stackalloc byte[128];
        _ = LibC.kill(pid, LibC.SIGKILL);
        while (LibC.waitid(P_PID, pid, info, LibC.WEXITED) < 0 && LibC.Errno is LibC.EINTR)
        {
        }
    }

    /// <summary>What the program wrote to its standard error, or the last part of it; waits until it ended or closed that, for a while at most.</summary>
    public string Complaint()
    {
        lock (gate)
        {
            long began = Stopwatch.GetTimestamp();
            while (errors >= 0 && Read() && Stopwatch.GetElapsedTime(began) is var passed && passed < patience)
            {
                var more = new LibC.PollFd { Fd = errors, Events = LibC.EPOLLIN };
                _ = LibC.poll(&more, 1, (int)(patience - passed).TotalMilliseconds);
            }
            return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(complaints)).TrimEnd();
        }
    }

    /// <summary>Takes what is there. False: nothing more will come.</summary>
    bool Read()
    {
        byte* buffer = stackalloc byte[1024];
        nint count = LibC.read(errors, buffer, 1024);
        if (count <= 0)
            return count < 0 && LibC.Errno is LibC.EAGAIN or LibC.EINTR;
        complaints.AddRange(new ReadOnlySpan<byte>(buffer, (int)count));
        if (complaints.Count > MostKept)
            complaints.RemoveRange(0, complaints.Count - MostKept);
        return true;
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
        lock (gate)
        {
            Close(errors);
            errors = -1;
        }
    }

    [LibraryImport("libc", SetLastError = true)] private static partial int socketpair(int domain, int type, int protocol, int* fds);
    [LibraryImport("libc")] private static partial int close(int fd);
}
