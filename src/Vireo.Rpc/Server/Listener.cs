using System.Runtime.InteropServices;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Server;

/// <summary>A listening socket. It belongs to the first epoll thread.</summary>
sealed unsafe class Listener(PollThread thread, int fd, bool readOnly)
{
    bool watching;

    internal ulong Key { get; private set; }

    internal void Start()
    {
        int flags = fcntl(fd, F_GETFL, 0);
        _ = fcntl(fd, F_SETFL, flags | O_NONBLOCK);
        Key = thread.Add(this);
        watching = true;
        thread.Watch(EPOLL_CTL_ADD, fd, EPOLLIN, Key);
    }

    /// <summary>Whether new clients are let in; else they wait in the listen queue, and cost nothing.</summary>
    internal void Watch(bool on)
    {
        if (watching == on)
            return;
        watching = on;
        thread.Watch(EPOLL_CTL_MOD, fd, on ? EPOLLIN : 0, Key);
    }

    /// <summary>False: out of descriptors or memory; try again later, not at once.</summary>
    internal bool Accept(RpcServer server)
    {
        while (server.MayAccept)
        {
            int client = accept4(fd, null, null, SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (client >= 0)
            {
                server.Attach(client, readOnly);
                continue;
            }
            switch (LastError)
            {
                case EAGAIN:
                    return true;
                case EMFILE or ENFILE or ENOBUFS or ENOMEM:
                    server.Log.AcceptFailed(Core.Errors.Errno.Text(LastError));
                    server.PauseAccepting();
                    return false;
            }
        }
        server.UpdateAccepting();
        return true;
    }

    internal void Close()
    {
        thread.Watch(EPOLL_CTL_DEL, fd, 0, 0);
        thread.Release(Key);
        _ = close(fd);
    }

    internal static PeerIdentity Identify(int client)
    {
        Ucred who;
        uint size = (uint)sizeof(Ucred);
        return getsockopt(client, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0
            ? new PeerIdentity(who.Pid, who.Uid, who.Gid)
            : new PeerIdentity(null, null, null);
    }
}
