using System.Text;
using Vireo.Core.Errors;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Posix;

/// <summary>
/// Unix sockets as plain descriptors. A path too long for a socket address (107 bytes) is reached through a descriptor
/// of its directory: <c>/proc/self/fd/N/name</c>.
/// </summary>
public static unsafe class UnixSocket
{
    const int MaxPath = 107, EADDRINUSE = 98;

    /// <summary>
    /// A listening socket at <paramref name="path"/>. What a dead daemon left there is removed; a socket that answers is
    /// not. The mode and group are in force before anyone can connect.
    /// </summary>
    public static int Listen(string path, int backlog, uint mode, uint? group = null)
    {
        int fd = New();
        try
        {
            if (IsServed(path))
                throw VireoException.System(ErrorDomain.Rpc, EADDRINUSE, $"Failed to bind socket to '{path}'");
            File.Delete(path);
            // No permission until the mode is set: a socket that is bound but does not listen refuses everybody.
            At(path, fd, (socket, address, length) => bind(socket, address, length), "Failed to bind socket to");
            if (group is { } id && chown(path, uint.MaxValue, id) < 0)
                throw Failed($"Failed to change group of socket '{path}'");
            if (chmod(path, mode) < 0)
                throw Failed($"Failed to change mode of socket '{path}'");
            if (listen(fd, backlog) < 0)
                throw Failed($"Unable to listen on socket '{path}'");
            return fd;
        }
        catch
        {
            _ = close(fd);
            throw;
        }
    }

    /// <summary>A connected socket, non-blocking.</summary>
    public static int Connect(string path)
    {
        int fd = New();
        try
        {
            At(path, fd, (socket, address, length) => connect(socket, address, length), "Failed to connect socket to");
            return fd;
        }
        catch
        {
            _ = close(fd);
            throw;
        }
    }

    static bool IsServed(string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            _ = close(Connect(path));
            return true;
        }
        catch (VireoException e)
        {
            return e.Error.Int1 == EAGAIN;   // its queue is full: somebody is there
        }
    }

    /// <summary>Two ends of one connection, both non-blocking.</summary>
    public static (int First, int Second) Pair()
    {
        int* fds = stackalloc int[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) < 0)
            throw Failed("Unable to create socket pair");
        return (fds[0], fds[1]);
    }

    /// <summary>Makes calls on a descriptor wait, for who has a thread of its own for each direction.</summary>
    public static void MakeBlocking(int fd) => _ = fcntl(fd, F_SETFL, 0);

    /// <summary>Waits on the caller's thread until a socket can be read or written, or has failed; a signal does not end it.</summary>
    /// <exception cref="VireoException">The descriptor is none that can be waited for.</exception>
    public static void Wait(int fd, bool input, bool output)
    {
        var one = new Pollfd { Fd = fd, Events = (short)((input ? POLLIN : 0) | (output ? POLLOUT : 0)) };
        while (poll(&one, 1, -1) < 0)
        {
            if (LastError is not (EAGAIN or EINTR))
                throw Failed("poll on socket failed");
        }
    }

    /// <summary>Closes a descriptor that nothing else owns.</summary>
    public static void Close(int fd) => _ = close(fd);

    static int New()
    {
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        return fd >= 0 ? fd : throw Failed("Failed to create socket");
    }

    delegate int AddressCall(int fd, byte* address, uint length);

    static void At(string path, int fd, AddressCall call, string what)
    {
        int directory = -1;
        try
        {
            string reachable = path;
            if (Encoding.UTF8.GetByteCount(path) > MaxPath)
            {
                directory = open(Path.GetDirectoryName(Path.GetFullPath(path))!, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
                if (directory < 0)
                    throw Failed($"{what} '{path}'");
                reachable = $"/proc/self/fd/{directory}/{Path.GetFileName(path)}";
                if (Encoding.UTF8.GetByteCount(reachable) > MaxPath)
                    throw new VireoException(ErrorCode.InternalError, ErrorDomain.Rpc, $"Path {path} too long for unix socket");
            }
            byte* address = stackalloc byte[MaxPath + 3];
            new Span<byte>(address, MaxPath + 3).Clear();
            *(ushort*)address = AF_UNIX;
            int length = Encoding.UTF8.GetBytes(reachable, new Span<byte>(address + 2, MaxPath));
            if (call(fd, address, (uint)(2 + length + 1)) < 0)
                throw Failed($"{what} '{path}'");
        }
        finally
        {
            if (directory >= 0)
                _ = close(directory);
        }
    }

    static VireoException Failed(string text) => VireoException.System(ErrorDomain.Rpc, LastError, text);
}
