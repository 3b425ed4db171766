using Vireo.Core.Errors;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Posix;

/// <summary>Descriptors over unix sockets: each travels with one zero byte behind the message that announces it.</summary>
static unsafe class Descriptors
{
    /// <summary>Sends one descriptor: 1, 0 if there is no room, or a negative errno.</summary>
    internal static int Send(int socket, int descriptor)
    {
        byte zero = 0;
        Cmsg control;
        control.Length = Cmsg.HeaderSize + sizeof(int);
        control.Level = SOL_SOCKET;
        control.Type = SCM_RIGHTS;
        control.Fds[0] = descriptor;
        var iov = new Iovec { Base = &zero, Length = 1 };
        var header = new Msghdr { Iov = &iov, IovLength = 1, Control = &control, ControlLength = Cmsg.HeaderSize + 8 };
        nint sent;
        do
            sent = sendmsg(socket, &header, MSG_DONTWAIT | MSG_NOSIGNAL);
        while (sent < 0 && LastError is EINTR);
        return sent >= 0 ? 1 : LastError is EAGAIN ? 0 : -LastError;
    }

    /// <summary>Receives bytes, and the descriptors with them: how many bytes, 0 at the end, or a negative errno.</summary>
    internal static int Receive(int socket, Span<byte> target, Queue<int> arrived)
    {
        fixed (byte* data = target)
        {
            Cmsg control;
            control.Length = 0;
            var iov = new Iovec { Base = data, Length = target.Length };
            var message = new Msghdr { Iov = &iov, IovLength = 1, Control = &control, ControlLength = sizeof(Cmsg) };
            nint count = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
            if (count < 0)
                return LastError is EINTR ? -EAGAIN : -LastError;
            if (message.ControlLength >= Cmsg.HeaderSize && control.Level == SOL_SOCKET && control.Type == SCM_RIGHTS)
            {
                for (int i = 0; i < (int)(control.Length - Cmsg.HeaderSize) / sizeof(int); i++)
                    arrived.Enqueue(control.Fds[i]);
            }
            return (int)count;
        }
    }

    /// <summary>Whether a socket is of the one kind that they can go through.</summary>
    internal static bool GoThrough(int socket)
    {
        int domain;
        uint length = sizeof(int);
        return getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &domain, &length) is 0 && domain is AF_UNIX;
    }

    /// <summary>Refuses where the process cannot have so many more at this moment.</summary>
    internal static void NeedSpare(int count)
    {
        int* all = stackalloc int[count];
        int had = 0, errno = 0;
        while (had < count && errno == 0)
        {
            if ((all[had] = eventfd(0, EFD_CLOEXEC)) >= 0)
                had++;
            else
                errno = LastError;
        }
        while (had > 0)
            _ = close(all[--had]);
        if (errno != 0)
            throw VireoException.System(ErrorDomain.Rpc, errno, "Unable to create an event descriptor");
    }

    /// <summary>A second descriptor of the same file, which this process owns as well.</summary>
    internal static int Duplicate(int descriptor)
    {
        int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        return copy >= 0 ? copy : throw VireoException.System(ErrorDomain.Rpc, LastError, "Unable to copy a file descriptor");
    }
}
