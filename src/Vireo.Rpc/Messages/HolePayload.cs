using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Messages;

/// <summary>A hole in a stream: hyper length, uint flags (0).</summary>
static class HolePayload
{
    /// <summary>A whole message for the stream of this header.</summary>
    internal static XdrWriter Make(in MessageHeader stream, long length)
    {
        var writer = Frame.Begin(stream with { Type = MessageType.StreamHole, Status = MessageStatus.Continue });
        writer.WriteHyper(length);
        writer.WriteUInt(0);
        Frame.End(ref writer);
        return writer;
    }

    /// <summary>False: that is no hole.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> payload, out long length)
    {
        length = 0;
        var reader = new XdrReader(payload);
        try
        {
            length = reader.ReadHyper();
            return length >= 0 && reader.ReadUInt() is 0;
        }
        catch (XdrException)
        {
            return false;
        }
    }
}
