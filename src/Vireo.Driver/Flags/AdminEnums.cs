namespace Vireo.Driver;

/// <summary>How a client came to a daemon (virClientTransport).</summary>
public enum ClientTransport
{
    /// <summary>VIR_CLIENT_TRANS_UNIX, since libvirt 2.0.0.</summary>
    Unix = 0,
    /// <summary>VIR_CLIENT_TRANS_TCP, since libvirt 2.0.0.</summary>
    Tcp = 1,
    /// <summary>VIR_CLIENT_TRANS_TLS, since libvirt 2.0.0.</summary>
    Tls = 2,
}
