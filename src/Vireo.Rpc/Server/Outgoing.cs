using System.Buffers;
using Vireo.Rpc.Posix;

namespace Vireo.Rpc.Server;

/// <summary>A message, or what is left of it, that waits for room in a socket. Owns its buffer and descriptors.</summary>
sealed class Outgoing(byte[] buffer, int length, int[]? descriptors, ServerStream? stream, bool isEvent)
{
    internal readonly byte[] Buffer = buffer;
    internal readonly int Length = length;
    internal int Sent;
    internal readonly int[]? Descriptors = descriptors;
    internal int DescriptorsSent;

    /// <summary>Told when the message has left.</summary>
    internal readonly ServerStream? Stream = stream;

    /// <summary>Counts for the event limit.</summary>
    internal readonly bool IsEvent = isEvent;

    internal void Release()
    {
        ArrayPool<byte>.Shared.Return(Buffer);
        foreach (int fd in Descriptors ?? [])
            UnixSocket.Close(fd);
    }

    internal static Outgoing Copy(ReadOnlySpan<byte> rest, int[]? descriptors, ServerStream? stream, bool isEvent)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(rest.Length, 1));
        rest.CopyTo(buffer);
        return new Outgoing(buffer, rest.Length, descriptors, stream, isEvent);
    }
}
