using System.Runtime.InteropServices;
using System.Text;

namespace Vireo.Daemon;

/// <summary>The system calls of the daemon itself.</summary>
static unsafe partial class Native
{
    internal const int O_CLOEXEC = 0x80000, F_SETFD = 2, F_GETFD = 1, FD_CLOEXEC = 1, F_SETFL = 4, O_RDWR = 2, O_NONBLOCK = 0x800;
    const int SOL_SOCKET = 1, SO_ACCEPTCONN = 30;

    [LibraryImport("libc")] internal static partial uint geteuid();
    [LibraryImport("libc")] internal static partial uint umask(uint mask);
    [LibraryImport("libc")] internal static partial int gettid();
    [LibraryImport("libc")] internal static partial int isatty(int fd);
    [LibraryImport("libc", SetLastError = true)] internal static partial int pipe2(int* fds, int flags);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint read(int fd, void* data, nint length);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint write(int fd, void* data, nint length);
    [LibraryImport("libc", SetLastError = true)] internal static partial int close(int fd);
    [LibraryImport("libc", SetLastError = true)] internal static partial int dup2(int from, int to);
    [LibraryImport("libc", SetLastError = true)] internal static partial int fcntl(int fd, int command, int argument);
    [LibraryImport("libc", SetLastError = true)] internal static partial int getsockname(int fd, byte* address, uint* length);
    [LibraryImport("libc")] private static partial int getsockopt(int fd, int level, int option, int* value, uint* length);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags);
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial Group* getgrnam(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn(int* pid, string path, void* actions, void* attributes, byte** argv, byte** envp);
    internal const nint SIG_DFL = 0, SIG_IGN = 1;
    [LibraryImport("libc")] internal static partial nint signal(int number, nint handler);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int execve(string path, byte** argv, byte** envp);
    [LibraryImport("libc")] internal static partial int posix_spawnattr_init(void* attributes);
    [LibraryImport("libc")] internal static partial int posix_spawnattr_setflags(void* attributes, short flags);
    [LibraryImport("libc")] internal static partial int posix_spawnattr_destroy(void* attributes);

    [StructLayout(LayoutKind.Sequential)]
    struct Group
    {
        public byte* Name, Password;
        public uint Id;
    }

    /// <summary>A group's number, or null. Called at start only: getgrnam keeps its answer in static memory.</summary>
    internal static uint? FindGroup(string name)
    {
        if (uint.TryParse(name, out uint number))
            return number;
        Group* group = getgrnam(name);
        return group is null ? null : group->Id;
    }

    /// <summary>Whether a descriptor is a socket that listens.</summary>
    internal static bool IsListening(int fd)
    {
        int value = 0;
        uint length = sizeof(int);
        return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &length) == 0 && value != 0;
    }
}
