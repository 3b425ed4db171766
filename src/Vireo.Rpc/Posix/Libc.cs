using System.Runtime.InteropServices;

namespace Vireo.Rpc.Posix;

/// <summary>The system calls of the RPC layer. Numbers are Linux's; none of them differs between our architectures.</summary>
static unsafe partial class Libc
{
    internal const int EINTR = 4, EAGAIN = 11, ENFILE = 23, EMFILE = 24, ENOBUFS = 105, ENOMEM = 12, ERANGE = 34, ECONNABORTED = 103,
        EINPROGRESS = 115, EOPNOTSUPP = 95;
    internal const int AF_UNIX = 1, SOCK_STREAM = 1, SOCK_NONBLOCK = 0x800, SOCK_CLOEXEC = 0x80000;
    internal const int SOL_SOCKET = 1, SO_PEERCRED = 17, SO_PEERSEC = 31, SO_TYPE = 3, SO_DOMAIN = 39, SCM_RIGHTS = 1;
    internal const int MSG_NOSIGNAL = 0x4000, MSG_DONTWAIT = 0x40, MSG_CMSG_CLOEXEC = 0x40000000, MSG_CTRUNC = 8;
    internal const int EPOLL_CLOEXEC = 0x80000, EPOLL_CTL_ADD = 1, EPOLL_CTL_DEL = 2, EPOLL_CTL_MOD = 3;
    internal const uint EPOLLIN = 1, EPOLLOUT = 4, EPOLLERR = 8, EPOLLHUP = 16, EPOLLRDHUP = 0x2000;
    internal const short POLLIN = 1, POLLOUT = 4, POLLERR = 8, POLLHUP = 16;
    internal const int EFD_CLOEXEC = 0x80000, EFD_NONBLOCK = 0x800, F_DUPFD_CLOEXEC = 1030, F_GETFL = 3, F_SETFD = 2, F_SETFL = 4;
    internal const int O_PATH = 0x200000, O_DIRECTORY = 0x10000, O_CLOEXEC = 0x80000, O_NONBLOCK = 0x800;
    internal const int SHUT_RDWR = 2;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Pollfd
    {
        public int Fd;
        public short Events, Revents;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Iovec
    {
        public byte* Base;
        public nint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Msghdr
    {
        public void* Name;
        public uint NameLength;
        public Iovec* Iov;
        public nint IovLength;
        public void* Control;
        public nint ControlLength;
        public int Flags;
    }

    /// <summary>A control message with room for the descriptors of one sendmsg (the kernel's own limit is 253).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Cmsg
    {
        public nint Length;
        public int Level, Type;
        public fixed int Fds[254];
        internal const int HeaderSize = 16;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Ucred
    {
        public int Pid;
        public uint Uid, Gid;
    }

    [LibraryImport("libc", SetLastError = true)] internal static partial int socket(int domain, int type, int protocol);
    [LibraryImport("libc", SetLastError = true)] internal static partial int socketpair(int domain, int type, int protocol, int* fds);
    [LibraryImport("libc", SetLastError = true)] internal static partial int bind(int fd, byte* address, uint length);
    [LibraryImport("libc", SetLastError = true)] internal static partial int connect(int fd, byte* address, uint length);
    [LibraryImport("libc", SetLastError = true)] internal static partial int listen(int fd, int backlog);
    [LibraryImport("libc", SetLastError = true)] internal static partial int accept4(int fd, void* address, void* length, int flags);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint send(int fd, byte* data, nint length, int flags);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint recv(int fd, byte* data, nint length, int flags);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint sendmsg(int fd, Msghdr* message, int flags);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint recvmsg(int fd, Msghdr* message, int flags);
    [LibraryImport("libc", SetLastError = true)] internal static partial int shutdown(int fd, int how);
    [LibraryImport("libc", SetLastError = true)] internal static partial int close(int fd);
    [LibraryImport("libc", SetLastError = true)] internal static partial int getsockopt(int fd, int level, int name, void* value, uint* length);
    [LibraryImport("libc", SetLastError = true)] internal static partial int epoll_create1(int flags);
    [LibraryImport("libc", SetLastError = true)] internal static partial int epoll_ctl(int epoll, int operation, int fd, byte* change);
    [LibraryImport("libc", SetLastError = true)] internal static partial int epoll_wait(int epoll, byte* events, int count, int timeout);
    [LibraryImport("libc")] internal static partial int sched_yield();
    [LibraryImport("libc", SetLastError = true)] internal static partial int eventfd(uint value, int flags);
    [LibraryImport("libc", SetLastError = true)] internal static partial int poll(Pollfd* fds, nuint count, int timeout);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint read(int fd, void* data, nint length);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint write(int fd, void* data, nint length);
    [LibraryImport("libc", SetLastError = true)] internal static partial int fcntl(int fd, int command, int argument);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags, uint mode);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int chmod(string path, uint mode);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int chown(string path, uint user, uint group);

    /// <summary>errno of the last call made by this thread.</summary>
    internal static int LastError => Marshal.GetLastPInvokeError();
}
