using System.Runtime.InteropServices;
using Vireo.Rpc.Posix;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Server;

/// <summary>A listening socket. It belongs to the first epoll thread.</summary>
sealed unsafe class Listener(PollThread thread, int fd, RpcService service)
{
    readonly Lock gate = new();     // who stops the server closes the socket while its thread may be accepting
    bool watching, closed;

    internal int Descriptor => fd;

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
        lock (gate)
        {
            if (watching == on || closed)
                return;
            watching = on;
            thread.Watch(EPOLL_CTL_MOD, fd, on ? EPOLLIN : 0, Key);
        }
    }

    /// <summary>False: out of descriptors or memory, or the socket is none that clients come to; try again later, not at once.</summary>
    internal bool Accept(RpcServer server)
    {
        while (server.MayAccept)
        {
            int error = Next(out int client);
            switch (error)
            {
                case 0:
                    server.Attach(client, service);
                    break;
                case EINTR or ECONNABORTED:
                    break;
                case EAGAIN:
                    return true;
                default:
                    server.Log.AcceptFailed(Core.Errors.Errno.Text(error));
                    server.PauseAccepting();
                    return false;
            }
        }
        server.UpdateAccepting();
        return true;
    }

    int Next(out int client)
    {
        lock (gate)
        {
            client = closed ? -1 : accept4(fd, null, null, SOCK_CLOEXEC | SOCK_NONBLOCK);
            return closed ? EAGAIN : client >= 0 ? 0 : LastError;
        }
    }

    internal void Close()
    {
        lock (gate)
        {
            closed = true;
            thread.Watch(EPOLL_CTL_DEL, fd, 0, 0);
            thread.Release(Key);
            _ = close(fd);
        }
    }

    internal static PeerIdentity Identify(int client, RpcService service)
    {
        if (service.Transport is not RpcTransport.Unix)
            return new PeerIdentity(null, null, null, TcpSocket.Peer(client), TcpSocket.Local(client));
        Ucred who;
        uint size = (uint)sizeof(Ucred);
        return getsockopt(client, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0
            ? new PeerIdentity(who.Pid, who.Uid, who.Gid, SecurityLabel: PeerLabel.Of(client))
            : new PeerIdentity(null, null, null);
    }
}
