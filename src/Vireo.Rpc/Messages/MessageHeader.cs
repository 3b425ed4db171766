using System.Buffers.Binary;

namespace Vireo.Rpc.Messages;

/// <summary>What a message is (virNetMessageType).</summary>
public enum MessageType
{
    /// <summary>A call, answered by <see cref="Reply"/> with the same serial.</summary>
    Call = 0,
    /// <summary>The answer to a call.</summary>
    Reply = 1,
    /// <summary>An event: no answer.</summary>
    Message = 2,
    /// <summary>A packet of the stream that belongs to a call.</summary>
    Stream = 3,
    /// <summary>A call that descriptors follow.</summary>
    CallWithFds = 4,
    /// <summary>A reply that descriptors follow.</summary>
    ReplyWithFds = 5,
    /// <summary>A hole in a sparse stream.</summary>
    StreamHole = 6,
}

/// <summary>How it went (virNetMessageStatus).</summary>
public enum MessageStatus
{
    /// <summary>Done; for a stream: finished.</summary>
    Ok = 0,
    /// <summary>Failed: the payload is an error structure.</summary>
    Error = 1,
    /// <summary>Stream data; more may follow.</summary>
    Continue = 2,
}

/// <summary>
/// The 24 bytes after the length word: program, version, procedure, type, serial, status; big-endian words.
/// </summary>
public readonly record struct MessageHeader(
    uint Program, uint Version, int Procedure, MessageType Type, uint Serial, MessageStatus Status)
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 24;

    /// <summary>Bytes of the length word before it.</summary>
    public const int LengthSize = 4;

    /// <summary>The largest payload and header together that any peer may send (VIR_NET_MESSAGE_MAX).</summary>
    public const int MaxMessage = 33_554_432;

    /// <summary>Reads the 24 bytes.</summary>
    public static MessageHeader Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt32BigEndian(source),
        BinaryPrimitives.ReadUInt32BigEndian(source[4..]),
        BinaryPrimitives.ReadInt32BigEndian(source[8..]),
        (MessageType)BinaryPrimitives.ReadInt32BigEndian(source[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(source[16..]),
        (MessageStatus)BinaryPrimitives.ReadInt32BigEndian(source[20..]));

    /// <summary>Writes the 24 bytes.</summary>
    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, Program);
        BinaryPrimitives.WriteUInt32BigEndian(target[4..], Version);
        BinaryPrimitives.WriteInt32BigEndian(target[8..], Procedure);
        BinaryPrimitives.WriteInt32BigEndian(target[12..], (int)Type);
        BinaryPrimitives.WriteUInt32BigEndian(target[16..], Serial);
        BinaryPrimitives.WriteInt32BigEndian(target[20..], (int)Status);
    }
}
