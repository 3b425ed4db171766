using System.Buffers;

namespace Vireo.Rpc.Client;

/// <summary>
/// What a login negotiated for all bytes that follow it. The borders of what goes in and comes out have nothing to do with those of messages.
/// Both ways may be used at the same time.
/// </summary>
public interface ISecurityLayer : IDisposable
{
    /// <summary>Wraps bytes for the server.</summary>
    void Wrap(ReadOnlySpan<byte> plain, IBufferWriter<byte> wire);

    /// <summary>Unwraps bytes of the server; what is incomplete is kept until more comes.</summary>
    void Unwrap(ReadOnlySpan<byte> wire, IBufferWriter<byte> plain);
}
