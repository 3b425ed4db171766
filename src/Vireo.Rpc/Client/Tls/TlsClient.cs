using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core.Errors;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Security;
using static Vireo.Rpc.Security.OpenSsl;

namespace Vireo.Rpc.Client.Tls;

/// <summary>
/// A client's TLS. The handshake happens on the caller's thread, up to the byte by which the server says that it accepted us; then it is a layer that bytes
/// pass on whatever thread sends or reads them.
/// </summary>
public sealed unsafe class TlsClient : ISecurityLayer
{
    const int PieceSize = 16 * 1024, EIO = 5;

    readonly Lock gate = new();     // OpenSSL's sessions are of one thread at a time
    readonly TlsCredentials credentials;
    readonly nint incoming, outgoing;
    nint ssl;

    TlsClient(TlsCredentials credentials, string host)
    {
        this.credentials = credentials;
        ssl = credentials.NewSession();
        if (ssl == 0)
            throw Failed("no memory for TLS");
        SSL_set_bio(ssl, incoming = BIO_new(BIO_s_mem()), outgoing = BIO_new(BIO_s_mem()));
        SSL_set_connect_state(ssl);
        fixed (byte* name = Encoding.ASCII.GetBytes(host + "\0"))
            SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, 0, name);
    }

    static VireoException Failed(string text) => new(VirError.Of(ErrorCode.SystemError, ErrorDomain.Rpc, text));

    /// <summary>Reads the files, shakes hands over a connected socket and hears whether the server takes us.</summary>
    /// <param name="socket">The socket, which stays the caller's.</param>
    /// <param name="files">Our certificates.</param>
    /// <param name="rules">Whom we trust; with the server's name.</param>
    /// <exception cref="VireoException">A file is wrong, the server is not to be trusted, or does not trust us.</exception>
    public static TlsClient Connect(int socket, TlsFiles files, TlsRules rules)
    {
        TlsCredentials credentials = TlsCredentials.Load(files, rules, NullLogger.Instance);
        try
        {
            var client = new TlsClient(credentials, rules.ServerName!);
            try
            {
                client.Shake(socket);
                client.HearVerdict(socket);
                return client;
            }
            catch
            {
                client.Dispose();
                throw;
            }
        }
        catch
        {
            credentials.Dispose();
            throw;
        }
    }

    void Shake(int socket)
    {
        while (true)
        {
            ERR_clear_error();
            int result = SSL_do_handshake(ssl), error = result == 1 ? 0 : SSL_get_error(ssl, result);
            SendWaiting(socket);
            if (result == 1)
                break;
            if (error != SSL_ERROR_WANT_READ)
                throw Failed($"TLS handshake failed: {Reason()}");
            if (!Receive(socket))
                throw Failed("TLS handshake failed: The TLS connection was non-properly terminated.");
        }
        using X509Certificate2? shown = TlsLayer.Shown(ssl);
        if (credentials.Judge(shown, (int)SSL_get_verify_result(ssl)) is { } complaint)
            throw Failed(complaint);
    }

    void HearVerdict(int socket)
    {
        byte verdict;
        while (SSL_read(ssl, &verdict, 1) is var count && count != 1)
        {
            if (SSL_get_error(ssl, count) != SSL_ERROR_WANT_READ || !Receive(socket))
                throw VireoException.System(ErrorDomain.Rpc, EIO, "Unable to read TLS confirmation");
            SendWaiting(socket);
        }
        if (verdict != 1)
            throw new VireoException(ErrorCode.Rpc, ErrorDomain.Rpc, "server verification (of our certificate or IP address) failed");
    }

    bool Receive(int socket)
    {
        byte* piece = stackalloc byte[PieceSize];
        while (true)
        {
            nint count = Libc.recv(socket, piece, PieceSize, Libc.MSG_DONTWAIT);
            if (count > 0)
            {
                _ = BIO_write(incoming, piece, (int)count);
                return true;
            }
            if (count == 0 || Libc.LastError is not (Libc.EAGAIN or Libc.EINTR))
                return false;
            UnixSocket.Wait(socket, input: true, output: false);
        }
    }

    void SendWaiting(int socket)
    {
        byte* piece = stackalloc byte[PieceSize];
        for (int length; (length = BIO_read(outgoing, piece, PieceSize)) > 0;)
        {
            for (int sent = 0; sent < length;)
            {
                nint count = Libc.send(socket, piece + sent, length - sent, Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL);
                if (count >= 0)
                    sent += (int)count;
                else if (Libc.LastError is Libc.EAGAIN or Libc.EINTR)
                    UnixSocket.Wait(socket, input: false, output: true);
                else
                    throw VireoException.System(ErrorDomain.Rpc, Libc.LastError, "Cannot write data");
            }
        }
    }

    /// <summary>Bits of the cipher's key.</summary>
    public int KeyBits => SSL_CIPHER_get_bits(SSL_get_current_cipher(ssl), null);

    /// <inheritdoc/>
    public void Wrap(ReadOnlySpan<byte> plain, IBufferWriter<byte> wire)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(ssl == 0, this);
            ERR_clear_error();
            fixed (byte* data = plain)
                if (!plain.IsEmpty && SSL_write(ssl, data, plain.Length) <= 0)
                    throw Failed($"Cannot write data: {Reason()}");
            for (int left; (left = (int)BIO_ctrl(outgoing, BIO_CTRL_PENDING, 0, null)) > 0;)
            {
                fixed (byte* to = wire.GetSpan(left))
                    wire.Advance(BIO_read(outgoing, to, left));
            }
        }
    }

    /// <inheritdoc/>
    public void Unwrap(ReadOnlySpan<byte> wire, IBufferWriter<byte> plain)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(ssl == 0, this);
            fixed (byte* data = wire)
                _ = BIO_write(incoming, data, wire.Length);
            while (true)
            {
                ERR_clear_error();
                int count;
                fixed (byte* to = plain.GetSpan(PieceSize))
                    count = SSL_read(ssl, to, PieceSize);
                if (count > 0)
                {
                    plain.Advance(count);
                    continue;
                }
                // After "nothing follows" the socket's end follows.
                if (SSL_get_error(ssl, count) is not (SSL_ERROR_WANT_READ or SSL_ERROR_ZERO_RETURN))
                    throw Failed($"Cannot read data: {Reason()}");
                return;
            }
        }
    }

    /// <summary>Ends the session; the socket is the channel's.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (ssl == 0)
                return;
            SSL_free(ssl);
            ssl = 0;
            credentials.Dispose();
        }
    }
}
