using System.Runtime.InteropServices;

namespace Vireo.Launcher;

/// <summary>What the launcher asks of the kernel.</summary>
static unsafe partial class LibC
{
    const string Lib = "libc.so.6";

    public const int O_WRONLY = 1, O_CLOEXEC = 0x80000;
    public const int F_DUPFD_CLOEXEC = 1030, F_SETFD = 2, FD_CLOEXEC = 1;
    public const uint CLOSE_RANGE_CLOEXEC = 4;
    public const int PR_SET_PDEATHSIG = 1, SIGKILL = 9;
    public const int CLONE_NEWNS = 0x20000, MS_SLAVE = 1 << 19, MS_REC = 1 << 14;

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int setsid();

    [LibraryImport(Lib)]
    public static partial int getpid();

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int socket(int family, int type, int protocol);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int connect(int fd, byte* address, uint length);

    [LibraryImport(Lib)]
    public static partial int getppid();

    [LibraryImport(Lib)]
    public static partial int umask(int mode);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chdir(string path);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int setrlimit(int resource, ulong* limit);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int setpriority(int which, int who, int value);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int sched_setaffinity(int pid, nuint size, byte* mask);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int setgroups(nuint count, int* groups);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int setresgid(uint real, uint effective, uint saved);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int setresuid(uint real, uint effective, uint saved);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int prctl(int option, nint value, nint a, nint b, nint c);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int unshare(int flags);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mount(string source, string target, string? type, nuint flags, nint data);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int umount2(string target, int flags);

    // Variadic in C; five words go the same way on the platforms that we are built for.
    [LibraryImport(Lib, SetLastError = true)]
    public static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags, int mode);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial nint write(int fd, byte* buffer, nuint count);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial nint read(int fd, byte* buffer, nuint count);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int dup2(int from, int to);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int close_range(uint first, uint last, uint flags);

    [LibraryImport(Lib)]
    public static partial nint signal(int number, nint handler);

    [LibraryImport(Lib)]
    public static partial int pthread_sigmask(int how, byte* set, byte* old);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int execve(byte* path, byte** argv, byte** envp);

    [LibraryImport(Lib)]
    public static partial void _exit(int code);
}
