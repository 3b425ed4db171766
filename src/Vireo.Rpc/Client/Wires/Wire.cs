using Vireo.Core.Errors;
using Vireo.Rpc.Posix;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Client.Wires;

/// <summary>What a blocking channel's bytes go through. Nothing here waits: whoever holds the channel's buck polls the descriptor.</summary>
public abstract class Wire : IDisposable
{
    /// <summary>For what else bytes can go through.</summary>
    protected Wire()
    {
    }

    /// <summary>The socket.</summary>
    protected internal abstract int Descriptor { get; }

    /// <summary>Takes bytes: how many were taken, or a negative errno.</summary>
    protected internal abstract int Send(ReadOnlySpan<byte> bytes);

    /// <summary>Gives bytes: how many; 0: the end; -EAGAIN: none yet; another negative errno.</summary>
    protected internal abstract int Receive(Span<byte> target);

    /// <summary>Whether <see cref="Receive(Span{byte})"/> has bytes that the socket will not announce.</summary>
    protected internal virtual bool HasInput => false;

    /// <summary>Whether bytes that were taken wait for room in the socket.</summary>
    protected internal virtual bool HasOutput => false;

    /// <summary>Sends what waits: 0, or a negative errno.</summary>
    protected internal virtual int Flush() => 0;

    /// <summary>What went wrong, if it was not the socket.</summary>
    protected internal virtual string? Fault => null;

    /// <summary>The same as a whole error, for what has its own.</summary>
    protected internal virtual VirError? Error => null;

    /// <summary>Whether descriptors can go through it.</summary>
    protected internal virtual bool PassesFiles => false;

    /// <summary>As <see cref="Receive(Span{byte})"/>, and the descriptors that came with the bytes.</summary>
    protected internal virtual int Receive(Span<byte> target, Queue<int> arrived) => Receive(target);

    /// <summary>Sends a descriptor with a byte of its own: 1, 0 if there is no room, or a negative errno.</summary>
    protected internal virtual int SendFile(int descriptor) => -EOPNOTSUPP;

    /// <summary>Closes the socket.</summary>
    public abstract void Dispose();
}

/// <summary>A socket without anything between.</summary>
sealed unsafe class PlainWire(int fd) : Wire
{
    protected internal override int Descriptor => fd;

    protected internal override int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* data = bytes)
        {
            nint count = send(fd, data, bytes.Length, MSG_DONTWAIT | MSG_NOSIGNAL);
            return count >= 0 ? (int)count : LastError is EAGAIN or EINTR ? 0 : -LastError;
        }
    }

    protected internal override int Receive(Span<byte> target)
    {
        fixed (byte* data = target)
        {
            nint count = recv(fd, data, target.Length, MSG_DONTWAIT);
            return count >= 0 ? (int)count : LastError is EINTR ? -EAGAIN : -LastError;
        }
    }

    protected internal override bool PassesFiles => Descriptors.GoThrough(fd);

    protected internal override int Receive(Span<byte> target, Queue<int> arrived) => Descriptors.Receive(fd, target, arrived);

    protected internal override int SendFile(int descriptor) => Descriptors.Send(fd, descriptor);

    public override void Dispose() => _ = close(fd);
}
