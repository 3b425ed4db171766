using Vireo.Rpc.Security;

namespace Vireo.Rpc.Server;

/// <summary>How bytes reach a server; the numbers are libvirt's (virClientTransport).</summary>
public enum RpcTransport
{
    /// <summary>A unix socket.</summary>
    Unix = 0,
    /// <summary>TCP in clear, or wrapped by SASL.</summary>
    Tcp = 1,
    /// <summary>TCP in TLS.</summary>
    Tls = 2,
}

/// <summary>What a listening socket is for: all its clients share it.</summary>
public sealed record RpcService
{
    /// <summary>Its clients may only look.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How its clients come.</summary>
    public RpcTransport Transport { get; init; }

    /// <summary>Certificates of a TLS service; null with every other transport.</summary>
    public TlsService? Tls { get; init; }

    /// <summary>
    /// The largest message in bytes that is taken from a client that has not logged in; who sends more is disconnected. A login by
    /// SASL needs <see cref="SaslMessage"/>.
    /// </summary>
    public int MaxMessageBeforeLogin { get; init; } = 4096;

    /// <summary>The largest SASL message: 65,536 bytes of data, of which the protocol sends each as a word.</summary>
    public const int SaslMessage = 65_536 * 4 + 4096;

    internal static RpcService UnixReadWrite { get; } = new();

    internal static RpcService UnixReadOnly { get; } = new() { ReadOnly = true };
}
