using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Vireo.Core.Errors;

namespace Vireo.Remote.Transports;

/// <summary>Connects by TCP, on the caller's thread; the descriptor is nobody's but the caller's.</summary>
static unsafe partial class TcpConnect
{
    const int SOCK_STREAM = 1, SOCK_CLOEXEC = 0x80000, IPPROTO_TCP = 6, TCP_NODELAY = 1, F_SETFL = 4, O_NONBLOCK = 0x800, EINTR = 4, SOL_SOCKET = 1, SO_COOKIE = 57;

    /// <summary>A connected socket that does not block.</summary>
    /// <exception cref="VireoException">Nobody knows the host, or nobody answers there.</exception>
    public static int To(string host, int port)
    {
        IPAddress[] addresses;
        try
        {
            addresses = Dns.GetHostAddresses(host);
        }
        catch (SocketException e)
        {
            throw new VireoException(VirError.Of(ErrorCode.SystemError, ErrorDomain.Rpc, $"Unable to resolve address '{host}' service '{port}': {e.Message}"), e);
        }
        int errno = 0;
        foreach (IPAddress address in addresses)
        {
            int fd = Connect(new IPEndPoint(address, port), out errno);
            if (fd >= 0)
                return fd;
        }
        throw VireoException.System(ErrorDomain.Rpc, errno, $"unable to connect to server at '{host}:{port}'");
    }

    static int Connect(IPEndPoint where, out int errno)
    {
        SocketAddress address = where.Serialize();
        int fd = socket(address.Family is AddressFamily.InterNetworkV6 ? 10 : 2, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
        if (fd < 0)
        {
            errno = Marshal.GetLastPInvokeError();
            return -1;
        }
        int result;
        fixed (byte* bytes = address.Buffer.Span)
        {
            do
                result = connect(fd, bytes, (uint)address.Size);
            while (result < 0 && Marshal.GetLastPInvokeError() == EINTR);
        }
        if (result < 0)
        {
            errno = Marshal.GetLastPInvokeError();
            _ = close(fd);
            return -1;
        }
        errno = 0;
        int on = 1;
        _ = setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(int));
        _ = fcntl(fd, F_SETFL, O_NONBLOCK);
        return fd;
    }

    /// <summary>What tells a socket from every other that the host has had; 0: it is none.</summary>
    public static ulong Cookie(int fd)
    {
        ulong cookie = 0;
        uint size = sizeof(ulong);
        return getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &size) is 0 ? cookie : 0;
    }

    [LibraryImport("libc", SetLastError = true)] private static partial int getsockopt(int fd, int level, int name, void* value, uint* length);
    [LibraryImport("libc", SetLastError = true)] private static partial int socket(int domain, int type, int protocol);
    [LibraryImport("libc", SetLastError = true)] private static partial int connect(int fd, byte* address, uint length);
    [LibraryImport("libc", SetLastError = true)] private static partial int setsockopt(int fd, int level, int name, void* value, uint length);
    [LibraryImport("libc", SetLastError = true)] private static partial int fcntl(int fd, int command, int argument);
    [LibraryImport("libc")] private static partial int close(int fd);
}
