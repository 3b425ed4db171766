using Vireo.Core.Errors;
using Vireo.Rpc.Posix;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Client.Wires;

/// <summary>Joins a wire to a socket, for channels that want one: a thread of its own carries bytes both ways until either end is gone.</summary>
public sealed unsafe class WirePump
{
    const int PieceSize = 32 * 1024;

    readonly Wire wire;
    readonly int theirs;
    readonly byte[] up = new byte[PieceSize], down = new byte[PieceSize];
    Range toWire, toSocket;
    bool isLeft;    // the channel has closed its end

    WirePump(Wire wire, int theirs) => (this.wire, this.theirs) = (wire, theirs);

    /// <summary>Gives the socket, which does not block and is the caller's to close. The wire is disposed of at the end.</summary>
    public static int Start(Wire wire)
    {
        (int ours, int theirs) = UnixSocket.Pair();
        var pump = new WirePump(wire, theirs);
        new Thread(pump.Run) { IsBackground = true, Name = "wire pump" }.Start();
        return ours;
    }

    static bool IsEmpty(Range range) => range.Start.Value == range.End.Value;

    void Run()
    {
        try
        {
            while (Wait() && Upwards() && Downwards())
            {
            }
        }
        finally
        {
            wire.Dispose();
            _ = close(theirs);
        }
    }

    bool Wait()
    {
        bool unread = IsEmpty(toSocket) && wire.HasInput;
        Pollfd* fds = stackalloc Pollfd[2];
        fds[0] = new Pollfd { Fd = theirs, Events = (short)((IsEmpty(toWire) ? POLLIN : 0) | (IsEmpty(toSocket) ? 0 : POLLOUT)) };
        fds[1] = new Pollfd { Fd = wire.Descriptor, Events = (short)((IsEmpty(toSocket) ? POLLIN : 0) | (IsEmpty(toWire) && !wire.HasOutput ? 0 : POLLOUT)) };
        if (poll(fds, 2, unread ? 0 : -1) < 0)
            return LastError is EINTR or EAGAIN;
        isLeft |= (fds[0].Revents & (POLLERR | POLLHUP)) != 0;
        return true;
    }

    bool Upwards()
    {
        if (IsEmpty(toWire))
        {
            fixed (byte* piece = up)
            {
                nint count = recv(theirs, piece, PieceSize, MSG_DONTWAIT);
                if (count <= 0)
                    return count < 0 && LastError is EAGAIN or EINTR && wire.Flush() >= 0;
                toWire = ..(int)count;
            }
        }
        int sent = wire.Send(up.AsSpan(toWire));
        toWire = (toWire.Start.Value + Math.Max(0, sent))..toWire.End;
        return (sent > 0 || (sent is 0 && !isLeft)) && wire.Flush() >= 0;
    }

    bool Downwards()
    {
        if (IsEmpty(toSocket))
        {
            int count = wire.Receive(down);
            if (count is -EAGAIN)
                return true;
            if (count <= 0)
                return false;
            toSocket = ..count;
        }
        fixed (byte* piece = down)
        {
            nint sent = send(theirs, piece + toSocket.Start.Value, toSocket.End.Value - toSocket.Start.Value, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent < 0)
                return LastError is EAGAIN or EINTR;
            toSocket = (toSocket.Start.Value + (int)sent)..toSocket.End;
        }
        return true;
    }
}
