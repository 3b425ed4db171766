using System.Buffers.Binary;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Messages;

/// <summary>What is fixed about frames and the built-in programs.</summary>
static class Frame
{
    /// <summary>Length word and header.</summary>
    internal const int Prefix = MessageHeader.LengthSize + MessageHeader.Size;

    /// <summary>The length word counts itself.</summary>
    internal const int MaxLength = MessageHeader.LengthSize + MessageHeader.MaxMessage;

    /// <summary>Stream data travels in pieces of at most this size.</summary>
    internal const int MaxStreamPiece = 262_120;

    /// <summary>Descriptors of one message.</summary>
    internal const int MaxDescriptors = 32;

    internal const uint KeepaliveProgram = 0x6b656570, KeepaliveVersion = 1;
    internal const int Ping = 1, Pong = 2;

    /// <summary>What the start of a buffer holds.</summary>
    internal enum Look { Incomplete, Complete, Broken }

    /// <summary>
    /// Judges the bytes at hand. <paramref name="length"/> is the whole frame's, as soon as its length word is there.
    /// </summary>
    internal static Look At(ReadOnlySpan<byte> unread, out int length)
    {
        length = 0;
        if (unread.Length < MessageHeader.LengthSize)
            return Look.Incomplete;
        uint word = BinaryPrimitives.ReadUInt32BigEndian(unread);
        if (word is < Prefix or > MaxLength)
            return Look.Broken;
        length = (int)word;
        return unread.Length >= length ? Look.Complete : Look.Incomplete;
    }

    /// <summary>A writer that has the frame's start.</summary>
    internal static XdrWriter Begin(scoped in MessageHeader header, int capacity = 256)
    {
        var writer = new XdrWriter(capacity);
        Span<byte> prefix = writer.Reserve(Prefix);
        BinaryPrimitives.WriteUInt32BigEndian(prefix, Prefix);
        header.Write(prefix[MessageHeader.LengthSize..]);
        return writer;
    }

    /// <summary>Puts the length in front.</summary>
    internal static void End(ref XdrWriter writer) => writer.PatchUInt(0, (uint)writer.Written.Length);

    /// <summary>Ping or pong.</summary>
    internal static void WriteKeepalive(Span<byte> target, int procedure)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, Prefix);
        new MessageHeader(KeepaliveProgram, KeepaliveVersion, procedure, MessageType.Message, 0, MessageStatus.Ok)
            .Write(target[MessageHeader.LengthSize..]);
    }
}
