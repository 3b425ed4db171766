using System.Security.Cryptography.X509Certificates;
using static Vireo.Rpc.Security.OpenSsl;

namespace Vireo.Rpc.Security;

/// <summary>
/// TLS of one connection. OpenSSL sees no socket, only memory. The handshake is computed by a worker, as it takes a millisecond; after that
/// bytes are decrypted by the epoll thread that received them and encrypted where a message is sent.
/// </summary>
sealed unsafe class TlsLayer : SecurityLayer
{
    readonly Lock gate = new();     // OpenSSL's sessions are of one thread at a time
    readonly TlsService service;
    readonly TlsCredentials credentials;
    readonly WireBuffer output = new();
    nint ssl;
    readonly nint incoming, outgoing;

    internal TlsLayer(TlsService service)
    {
        this.service = service;
        credentials = service.Current;
        ssl = credentials.NewSession();
        if (ssl == 0)
            throw new IOException("no memory for TLS");
        SSL_set_bio(ssl, incoming = BIO_new(BIO_s_mem()), outgoing = BIO_new(BIO_s_mem()));
        SSL_set_accept_state(ssl);
    }

    /// <summary>The peer as its certificate names it, in the order and spelling of GnuTLS; null without one.</summary>
    internal string? PeerName { get; private set; }

    /// <summary>Bits of the cipher's key.</summary>
    internal int KeyBits { get; private set; }

    /// <summary>Goes on with the handshake. True: it is over.</summary>
    /// <param name="answer">What is to be sent to the peer, whether or not it is over.</param>
    /// <param name="refusal">Over, and why the peer is not welcome; null: it is. The peer is told nothing.</param>
    internal bool Shake(out byte[] answer, out string? refusal)
    {
        lock (gate)
        {
            refusal = null;
            ERR_clear_error();
            int result = SSL_do_handshake(ssl);
            int error = result == 1 ? 0 : SSL_get_error(ssl, result);
            if (result == 1)
                refusal = Meet();
            else if (error != SSL_ERROR_WANT_READ)
                refusal = $"TLS handshake failed {Reason()}";
            Collect();
            answer = output.Written.ToArray();
            output.Release();
            return error != SSL_ERROR_WANT_READ;
        }
    }

    string? Meet()
    {
        KeyBits = SSL_CIPHER_get_bits(SSL_get_current_cipher(ssl), null);
        using X509Certificate2? shown = Shown();
        PeerName = shown is null ? null : DistinguishedName.Text(shown.SubjectName);
        return credentials.Judge(shown, (int)SSL_get_verify_result(ssl)) ?? service.Refusal(PeerName);
    }

    X509Certificate2? Shown() => Shown(ssl);

    /// <summary>The certificate of a session's other side.</summary>
    internal static X509Certificate2? Shown(nint ssl)
    {
        nint native = SSL_get1_peer_certificate(ssl);
        if (native == 0)
            return null;
        byte[] raw = new byte[i2d_X509(native, null)];
        fixed (byte* start = raw)
        {
            byte* at = start;
            _ = i2d_X509(native, &at);
        }
        X509_free(native);
        return X509CertificateLoader.LoadCertificate(raw);
    }

    internal override void Feed(ReadOnlySpan<byte> wire)
    {
        fixed (byte* data = wire)
            lock (gate)
                if (ssl != 0)
                    _ = BIO_write(incoming, data, wire.Length);
    }

    internal override int Read(byte[] target, out bool ended)
    {
        fixed (byte* to = target)
        {
            lock (gate)
            {
                ended = ssl == 0;
                if (ended)
                    return 0;
                ERR_clear_error();
                int count = SSL_read(ssl, to, target.Length);
                if (count > 0)
                    return count;
                int error = SSL_get_error(ssl, count);
                ended = error == SSL_ERROR_ZERO_RETURN;
                if (!ended && error != SSL_ERROR_WANT_READ)
                    throw new IOException(Reason());
                return 0;
            }
        }
    }

    internal override ReadOnlySpan<byte> Wrap(ReadOnlySpan<byte> plain)
    {
        fixed (byte* data = plain)
        {
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(ssl == 0, this);
                ERR_clear_error();
                if (SSL_write(ssl, data, plain.Length) <= 0)
                    throw new IOException(Reason());
                Collect();
            }
        }
        return output.Written;
    }

    void Collect()
    {
        for (int left; (left = (int)BIO_ctrl(outgoing, BIO_CTRL_PENDING, 0, null)) > 0;)
            fixed (byte* to = output.Reserve(left))
                if (BIO_read(outgoing, to, left) != left)
                    throw new IOException("TLS lost its output");
    }

    internal override void Wrapped() => output.Release();

    internal override void End()
    {
        lock (gate)
        {
            if (ssl != 0)
                SSL_free(ssl);      // and what it reads from and writes to
            ssl = 0;
            output.Release();
        }
    }
}
