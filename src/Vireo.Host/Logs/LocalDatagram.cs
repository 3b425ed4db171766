using System.Runtime.InteropServices;
using System.Text;

namespace Vireo.Host.Logs;

/// <summary>Datagrams to unix sockets, by which the system's logs and its service manager are told.</summary>
public static unsafe partial class LocalDatagram
{
    const int AF_UNIX = 1, SOCK_DGRAM = 2, SOCK_CLOEXEC = 0x80000, MSG_NOSIGNAL = 0x4000, MaxPath = 107;

    [LibraryImport("libc", SetLastError = true)] private static partial int socket(int domain, int type, int protocol);
    [LibraryImport("libc")] private static partial int close(int fd);
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint sendto(int fd, byte* data, nint length, int flags, byte* address, uint addressLength);

    /// <summary>Sends one to a path ('@' first: an abstract name); false: nobody takes it.</summary>
    public static bool Send(string path, ReadOnlySpan<byte> bytes)
    {
        Span<byte> address = stackalloc byte[MaxPath + 3];
        address.Clear();
        if (Encoding.UTF8.GetByteCount(path) > MaxPath)
            return false;
        int length = Encoding.UTF8.GetBytes(path, address[2..]);
        address[0] = AF_UNIX;
        if (address[2] == (byte)'@')
            address[2] = 0;
        int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
            return false;
        fixed (byte* at = address, data = bytes)
        {
            nint sent = sendto(fd, data, bytes.Length, MSG_NOSIGNAL, at, (uint)(2 + length));
            _ = close(fd);
            return sent == bytes.Length;
        }
    }
}
