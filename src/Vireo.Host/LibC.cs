using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host;

/// <summary>The system calls that .NET does not offer. All set errno.</summary>
static unsafe partial class LibC
{
    const string Lib = "libc.so.6";

    public const int EINTR = 4, ESRCH = 3, EAGAIN = 11, ECHILD = 10, ENOENT = 2, EEXIST = 17, EINVAL = 22, EACCES = 13, EPERM = 1,
        EROFS = 30, EBUSY = 16, ENAMETOOLONG = 36, ENOSPC = 28;
    public const int O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_CREAT = 0x40, O_EXCL = 0x80, O_NOCTTY = 0x100, O_APPEND = 0x400, O_TRUNC = 0x200,
        O_NONBLOCK = 0x800, O_CLOEXEC = 0x80000, O_PATH = 0x200000;
    public static readonly int O_DIRECTORY = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;
    public static readonly int O_NOFOLLOW = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;
    public const int SIGTERM = 15, SIGKILL = 9;
    public const int EPOLLIN = 1, EPOLL_CTL_ADD = 1, EPOLL_CTL_DEL = 2, EPOLL_CLOEXEC = 0x80000;
    public const int F_DUPFD_CLOEXEC = 1030, F_OFD_SETLK = 37, F_OFD_SETLKW = 38, F_RDLCK = 0, F_WRLCK = 1, F_UNLCK = 2, F_SETFD = 2, F_SETFL = 4;
    public const int P_PIDFD = 3, WEXITED = 4, WNOHANG = 1;

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags, int mode);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int open(byte* path, int flags, int mode);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int openat(SafeHandle folder, string path, int flags, int mode);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial nint read(int fd, byte* buffer, nuint count);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial nint write(int fd, byte* buffer, nuint count);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int prlimit(int pid, int resource, ulong* next, ulong* before);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int fsync(SafeHandle fd);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rename(string from, string to);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int symlink(string target, string link);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlink(string path);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rmdir(string path);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mkdir(string path, int mode);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chmod(string path, int mode);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chown(string path, uint uid, uint gid);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int lchown(string path, uint uid, uint gid);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mknod(string path, int mode, ulong device);

    [LibraryImport(Lib)]
    public static partial int posix_fadvise(SafeHandle fd, long offset, long length, int advice);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int unshare(int flags);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int setns(SafeHandle where, int kind);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int how);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int ioctl(SafeHandle fd, ulong request, nint argument);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statvfs(string path, ulong* facts);

    // Returns the errno instead of setting it.
    [LibraryImport(Lib)]
    public static partial int posix_fallocate(SafeHandle fd, long offset, long length);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int socket(int family, int type, int protocol);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int bind(int fd, byte* address, uint length);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int setsockopt(int fd, int level, int option, void* value, uint length);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial nint send(int fd, byte* buffer, nuint count, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial nint recv(int fd, byte* buffer, nuint count, int flags);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint if_nametoindex(string name);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statx(int folder, string path, int flags, uint mask, byte* facts);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* realpath(string path, byte* resolved);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint getxattr(string path, string name, byte* value, nuint room);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int setxattr(string path, string name, byte* value, nuint length, int flags);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int removexattr(string path, string name);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint fgetxattr(SafeHandle file, string name, byte* value, nuint room);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int fsetxattr(SafeHandle file, string name, byte* value, nuint length, int flags);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* getpwnam(string name);

    [LibraryImport(Lib)]
    public static partial byte* getpwuid(uint user);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* getgrnam(string name);

    [LibraryImport(Lib)]
    public static partial byte* getgrgid(uint group);

    [LibraryImport(Lib)]
    public static partial int getgrouplist(byte* user, uint group, uint* groups, int* count);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial byte* mkdtemp(byte* template);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int fcntl(SafeHandle fd, int command, nint argument);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int ftruncate(SafeHandle fd, long length);

    [LibraryImport(Lib, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int memfd_create(string name, uint flags);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial long lseek(int fd, long offset, int whence);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int pipe2(int* ends, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int eventfd(uint initial, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int epoll_ctl(int epoll, int operation, int fd, byte* change);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int epoll_wait(int epoll, byte* events, int room, int timeout);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int poll(PollFd* fds, nuint count, int timeout);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int pidfd_open(int pid, uint flags);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int pidfd_send_signal(SafeHandle pidfd, int signal, nint info, uint flags);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int waitid(int kind, int id, byte* info, int options);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int kill(int pid, int signal);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int sched_setaffinity(int thread, nuint size, byte* mask);

    // Variadic in C; five words go the same way on the platforms that we are built for.
    [LibraryImport(Lib, SetLastError = true)]
    public static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int sched_getaffinity(int thread, nuint size, byte* mask);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int sched_setscheduler(int thread, int policy, int* priority);

    [LibraryImport(Lib)]
    public static partial int getpid();

    [LibraryImport(Lib)]
    public static partial uint geteuid();

    [LibraryImport(Lib)]
    public static partial uint getuid();

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int posix_openpt(int flags);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int grantpt(SafeHandle master);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int unlockpt(SafeHandle master);

    [LibraryImport(Lib)]
    public static partial int ptsname_r(SafeHandle master, byte* buffer, nuint room);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int tcgetattr(SafeHandle fd, byte* attributes);

    [LibraryImport(Lib, SetLastError = true)]
    public static partial int tcsetattr(SafeHandle fd, int when, byte* attributes);

    [LibraryImport(Lib)]
    public static partial void cfmakeraw(byte* attributes);

    // These return the errno instead of setting it.
    [LibraryImport(Lib)]
    public static partial int posix_spawn(int* pid, byte* path, void* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport(Lib)]
    public static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport(Lib)]
    public static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport(Lib)]
    public static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport(Lib)]
    public static partial int posix_spawn_file_actions_addopen(void* actions, int fd, byte* path, int flags, int mode);

    [LibraryImport(Lib)]
    public static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport(Lib)]
    public static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport(Lib)]
    public static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport(Lib)]
    public static partial int posix_spawnattr_setsigmask(void* attributes, void* mask);

    [LibraryImport(Lib)]
    public static partial int posix_spawnattr_setsigdefault(void* attributes, void* mask);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Found;
    }

    /// <summary>The errno of the last call.</summary>
    public static int Errno => Marshal.GetLastPInvokeError();

    /// <summary>Repeats <paramref name="call"/> while a signal interrupts it.</summary>
    public static int Retry(Func<int> call)
    {
        int result;
        do
            result = call();
        while (result < 0 && Errno == EINTR);
        return result;
    }

    /// <summary>A handle of an open file; throws with the errno if there is none.</summary>
    public static SafeFileHandle Handle(int fd, string doing) =>
        fd >= 0 ? new SafeFileHandle(fd, ownsHandle: true) : throw HostErrors.Failed(Errno, doing);
}
