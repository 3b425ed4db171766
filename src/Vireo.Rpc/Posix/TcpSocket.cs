using System.Net;
using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Rpc.Server;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Posix;

/// <summary>TCP sockets as plain descriptors.</summary>
public static unsafe partial class TcpSocket
{
    const int AF_INET = 2, AF_INET6 = 10, SO_REUSEADDR = 2, IPPROTO_TCP = 6, IPPROTO_IPV6 = 41, TCP_NODELAY = 1, IPV6_V6ONLY = 26;
    const int AI_PASSIVE = 1, EADDRINUSE = 98, EADDRNOTAVAIL = 99, EAFNOSUPPORT = 97;

    [StructLayout(LayoutKind.Sequential)]
    struct AddrInfo
    {
        public int Flags, Family, Type, Protocol;
        public uint AddressLength;
        public byte* Address;
        public byte* CanonicalName;
        public AddrInfo* Next;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int getaddrinfo(string? node, string? service, AddrInfo* hints, AddrInfo** result);
    [LibraryImport("libc")] private static partial void freeaddrinfo(AddrInfo* result);
    [LibraryImport("libc")] private static partial nint gai_strerror(int error);
    [LibraryImport("libc", SetLastError = true)] private static partial int setsockopt(int fd, int level, int name, void* value, uint length);
    [LibraryImport("libc", SetLastError = true)] private static partial int getsockname(int fd, byte* address, uint* length);
    [LibraryImport("libc", SetLastError = true)] private static partial int getpeername(int fd, byte* address, uint* length);

    /// <summary>
    /// Listening sockets at every address of a host (null: all of this host's) and a port or service name. One family without addresses, or a
    /// port that is taken in one family, is no failure as long as another has it.
    /// </summary>
    /// <exception cref="VireoException">None could be had.</exception>
    public static IReadOnlyList<int> Listen(string? host, string port, int backlog)
    {
        var hints = new AddrInfo { Flags = AI_PASSIVE, Type = SOCK_STREAM };
        AddrInfo* found;
        int error = getaddrinfo(host, port, &hints, &found);
        if (error != 0)
            throw new VireoException(VirError.Of(ErrorCode.SystemError, ErrorDomain.Rpc,
                $"Unable to resolve address '{host ?? "(null)"}' service '{port}': {Marshal.PtrToStringUTF8(gai_strerror(error))}"));
        var sockets = new List<int>();
        int failure = 0;
        try
        {
            for (AddrInfo* one = found; one is not null; one = one->Next)
            {
                int fd = Bind(one, out int errno);
                if (fd >= 0)
                    sockets.Add(fd);
                else if (errno is not EAFNOSUPPORT)
                    failure = errno;
            }
            if (sockets.Count == 0)
                throw VireoException.System(ErrorDomain.Rpc, failure, "Unable to bind to port");
            foreach (int fd in sockets)
                if (listen(fd, backlog) < 0)
                    throw VireoException.System(ErrorDomain.Rpc, LastError, "Unable to listen on socket");
            return sockets;
        }
        catch
        {
            foreach (int fd in sockets)
                _ = close(fd);
            throw;
        }
        finally
        {
            freeaddrinfo(found);
        }
    }

    static int Bind(AddrInfo* where, out int errno)
    {
        int one = 1;
        int fd = socket(where->Family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, where->Protocol);
        if (fd < 0)
        {
            errno = LastError;
            return -1;
        }
        _ = setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(int));
        if (where->Family == AF_INET6)
            _ = setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(int));
        if (bind(fd, where->Address, where->AddressLength) == 0)
        {
            errno = 0;
            return fd;
        }
        errno = LastError;
        _ = close(fd);
        return -1;
    }

    /// <summary>Small messages are sent at once.</summary>
    internal static void NoDelay(int fd)
    {
        int one = 1;
        _ = setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(int));
    }

    internal static SocketAddressText? Peer(int fd)
    {
        byte* address = stackalloc byte[128];
        uint length = 128;
        return getpeername(fd, address, &length) == 0 ? Text(address) : null;
    }

    /// <summary>The address that a socket has on this host.</summary>
    public static SocketAddressText? Local(int fd)
    {
        byte* address = stackalloc byte[128];
        uint length = 128;
        return getsockname(fd, address, &length) == 0 ? Text(address) : null;
    }

    static SocketAddressText? Text(byte* address)
    {
        int port = (address[2] << 8) | address[3];
        return *(ushort*)address switch
        {
            AF_INET => new SocketAddressText(new IPAddress(new ReadOnlySpan<byte>(address + 4, 4)).ToString(), port),
            AF_INET6 => new SocketAddressText(
                new IPAddress(new ReadOnlySpan<byte>(address + 8, 16), *(uint*)(address + 24)).ToString(), port),
            _ => null,
        };
    }
}
