using System.Buffers;

namespace Vireo.Rpc.Security;

/// <summary>
/// What stands between a connection's messages and its socket: TLS, or what a SASL mechanism negotiated. Borders of messages mean
/// nothing to it. <see cref="Feed"/> and <see cref="Read"/> are called by the connection's epoll thread only; <see cref="Wrap"/>
/// by anybody who holds the connection's gate. Both may happen at the same time.
/// </summary>
public abstract class SecurityLayer
{
    internal SecurityLayer()
    {
    }

    /// <summary>Takes bytes from the socket.</summary>
    internal abstract void Feed(ReadOnlySpan<byte> wire);

    /// <summary>Plain bytes that are ready; 0: none until more is fed. An exception: the peer is not to be talked to any more.</summary>
    /// <param name="target">The epoll thread's buffer: nothing else uses it between a call and the next.</param>
    /// <param name="ended">The peer said that nothing follows.</param>
    internal abstract int Read(byte[] target, out bool ended);

    /// <summary>What goes to the socket in place of <paramref name="plain"/>; valid until <see cref="Wrapped"/>.</summary>
    internal abstract ReadOnlySpan<byte> Wrap(ReadOnlySpan<byte> plain);

    /// <summary>The bytes of the last <see cref="Wrap"/> are on their way.</summary>
    internal abstract void Wrapped();

    /// <summary>The connection is closed; nothing else is called from now on.</summary>
    internal abstract void End();
}

/// <summary>Bytes for a socket, in a pooled buffer that is kept from the first byte to <see cref="Release"/>.</summary>
sealed class WireBuffer
{
    byte[]? buffer;
    int length;

    internal ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>Room for so many more bytes, which count as written.</summary>
    internal Span<byte> Reserve(int count)
    {
        if (buffer is null || buffer.Length - length < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + count, length * 2));
            Written.CopyTo(larger);
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        length += count;
        return buffer.AsSpan(length - count, count);
    }

    internal void Release()
    {
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = (null, 0);
    }
}
