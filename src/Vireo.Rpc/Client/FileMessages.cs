using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Client;

/// <summary>Messages of types 4 and 5: a count stands before the payload, and so many descriptors follow.</summary>
static class FileMessages
{
    /// <summary>
    /// Makes a call one with descriptors, of which it has copies from now on. Without any it stays what it was. The writer is disposed of
    /// if this fails.
    /// </summary>
    internal static int[] Announce(ref XdrWriter call, IReadOnlyList<SafeFileHandle> files)
    {
        if (files.Count is 0)
            return [];
        if (files.Count > Frame.MaxDescriptors)
        {
            call.Dispose();
            throw new ArgumentOutOfRangeException(nameof(files));
        }
        ReadOnlySpan<byte> arguments = call.Written[Frame.Prefix..];
        MessageHeader header = MessageHeader.Read(call.Written[MessageHeader.LengthSize..]);
        XdrWriter counted = Frame.Begin(header with { Type = MessageType.CallWithFds }, arguments.Length + Frame.Prefix + 4);
        counted.WriteUInt((uint)files.Count);
        arguments.CopyTo(counted.Reserve(arguments.Length));
        call.Dispose();
        call = counted;
        int[] copies = new int[files.Count];
        int made = 0;
        try
        {
            for (; made < copies.Length; made++)
                copies[made] = Descriptors.Duplicate((int)files[made].DangerousGetHandle());
            return copies;
        }
        catch
        {
            Close(copies.AsSpan(0, made));
            call.Dispose();
            throw;
        }
    }

    /// <summary>How many descriptors follow a message of type 5; -1: more than may.</summary>
    internal static int Announced(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < Frame.Prefix + 4)
            return -1;
        uint count = BinaryPrimitives.ReadUInt32BigEndian(frame[Frame.Prefix..]);
        return count <= Frame.MaxDescriptors ? (int)count : -1;
    }

    /// <summary>The first so many that arrived, or fewer.</summary>
    internal static int[] Take(Queue<int> arrived, int count)
    {
        int[] taken = new int[Math.Min(count, arrived.Count)];
        for (int i = 0; i < taken.Length; i++)
            taken[i] = arrived.Dequeue();
        return taken;
    }

    internal static SafeFileHandle[] Own(int[]? files) =>
        Array.ConvertAll(files ?? [], static fd => new SafeFileHandle(fd, ownsHandle: true));

    internal static void Close(ReadOnlySpan<int> files)
    {
        foreach (int fd in files)
            UnixSocket.Close(fd);
    }

    internal static void Drop(SafeFileHandle[] files)
    {
        foreach (SafeFileHandle file in files)
            file.Dispose();
    }
}
