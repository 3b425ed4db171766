using System.Runtime.InteropServices;

namespace Vireo.Rpc.Security;

/// <summary>
/// The functions of OpenSSL 3 that servers and clients need. Loaded when the first is called: a daemon without TLS has nothing of it.
/// Why not SslStream: docs/designs/daemon.md.
/// </summary>
static unsafe partial class OpenSsl
{
    internal const int SSL_ERROR_WANT_READ = 2, SSL_ERROR_ZERO_RETURN = 6;
    internal const int SSL_FILETYPE_PEM = 1, SSL_VERIFY_PEER = 1, SSL_MODE_RELEASE_BUFFERS = 0x10;
    internal const int SSL_CTRL_MODE = 33, SSL_CTRL_SET_SESS_CACHE_MODE = 44, SSL_CTRL_SET_MIN_PROTO_VERSION = 123, SSL_CTRL_SET_MAX_PROTO_VERSION = 124;
    internal const int SSL_CTRL_SET_TLSEXT_HOSTNAME = 55, BIO_CTRL_PENDING = 10;
    internal const ulong SSL_OP_NO_TICKET = 1ul << 14, SSL_OP_NO_COMPRESSION = 1ul << 17, SSL_OP_NO_RENEGOTIATION = 1ul << 30;
    internal const nuint X509_V_FLAG_CRL_CHECK = 4, X509_V_FLAG_PARTIAL_CHAIN = 0x80000;
    internal const int X509_PURPOSE_ANY = 7;

    const string Ssl = "libssl.so.3", Crypto = "libcrypto.so.3";

    [LibraryImport(Ssl)] internal static partial nint TLS_server_method();
    [LibraryImport(Ssl)] internal static partial nint TLS_client_method();
    [LibraryImport(Ssl)] internal static partial nint SSL_CTX_new(nint method);
    [LibraryImport(Ssl)] internal static partial void SSL_CTX_free(nint context);
    [LibraryImport(Ssl)] internal static partial ulong SSL_CTX_set_options(nint context, ulong options);
    [LibraryImport(Ssl)] internal static partial nint SSL_CTX_ctrl(nint context, int command, nint value, void* more);
    [LibraryImport(Ssl)] internal static partial int SSL_CTX_set_num_tickets(nint context, nuint count);
    [LibraryImport(Ssl)] internal static partial void SSL_CTX_set_verify(nint context, int mode, delegate* unmanaged<int, nint, int> callback);
    [LibraryImport(Ssl)] internal static partial nint SSL_CTX_get0_param(nint context);
    [LibraryImport(Ssl)] internal static partial nint SSL_CTX_get_cert_store(nint context);
    [LibraryImport(Ssl)] internal static partial int SSL_CTX_add_client_CA(nint context, nint certificate);
    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)] internal static partial int SSL_CTX_set_cipher_list(nint context, string names);
    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)] internal static partial int SSL_CTX_set_ciphersuites(nint context, string names);
    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)] internal static partial int SSL_CTX_use_certificate_chain_file(nint context, string path);
    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)] internal static partial int SSL_CTX_use_PrivateKey_file(nint context, string path, int type);
    [LibraryImport(Ssl)] internal static partial void SSL_CTX_set_default_passwd_cb(nint context, delegate* unmanaged<byte*, int, int, nint, int> callback);

    [LibraryImport(Ssl)] internal static partial nint SSL_new(nint context);
    [LibraryImport(Ssl)] internal static partial void SSL_free(nint ssl);
    [LibraryImport(Ssl)] internal static partial void SSL_set_accept_state(nint ssl);
    [LibraryImport(Ssl)] internal static partial void SSL_set_connect_state(nint ssl);
    [LibraryImport(Ssl)] internal static partial nint SSL_ctrl(nint ssl, int command, nint value, byte* more);
    [LibraryImport(Ssl)] internal static partial void SSL_set_bio(nint ssl, nint read, nint write);
    [LibraryImport(Ssl)] internal static partial int SSL_do_handshake(nint ssl);
    [LibraryImport(Ssl)] internal static partial int SSL_read(nint ssl, byte* target, int length);
    [LibraryImport(Ssl)] internal static partial int SSL_write(nint ssl, byte* data, int length);
    [LibraryImport(Ssl)] internal static partial int SSL_get_error(nint ssl, int result);
    [LibraryImport(Ssl)] internal static partial nint SSL_get_verify_result(nint ssl);
    [LibraryImport(Ssl)] internal static partial nint SSL_get1_peer_certificate(nint ssl);
    [LibraryImport(Ssl)] internal static partial nint SSL_get_current_cipher(nint ssl);
    [LibraryImport(Ssl)] internal static partial int SSL_CIPHER_get_bits(nint cipher, int* algorithmBits);

    [LibraryImport(Crypto)] internal static partial nint BIO_s_mem();
    [LibraryImport(Crypto)] internal static partial nint BIO_new(nint type);
    [LibraryImport(Crypto)] internal static partial int BIO_write(nint bio, byte* data, int length);
    [LibraryImport(Crypto)] internal static partial int BIO_read(nint bio, byte* target, int length);
    [LibraryImport(Crypto)] internal static partial nint BIO_ctrl(nint bio, int command, nint value, void* more);
    [LibraryImport(Crypto, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint BIO_new_file(string path, string mode);
    [LibraryImport(Crypto)] internal static partial int BIO_free(nint bio);

    [LibraryImport(Crypto)] internal static partial nint d2i_X509(nint* reuse, byte** bytes, nint length);
    [LibraryImport(Crypto)] internal static partial int i2d_X509(nint certificate, byte** target);
    [LibraryImport(Crypto)] internal static partial void X509_free(nint certificate);
    [LibraryImport(Crypto)] internal static partial int X509_STORE_add_cert(nint store, nint certificate);
    [LibraryImport(Crypto)] internal static partial int X509_STORE_add_crl(nint store, nint list);
    [LibraryImport(Crypto)] internal static partial nint PEM_read_bio_X509_CRL(nint bio, nint* reuse, nint callback, nint user);
    [LibraryImport(Crypto)] internal static partial void X509_CRL_free(nint list);
    [LibraryImport(Crypto)] internal static partial int X509_VERIFY_PARAM_set_flags(nint parameters, nuint flags);
    [LibraryImport(Crypto)] internal static partial int X509_VERIFY_PARAM_set_purpose(nint parameters, int purpose);

    [LibraryImport(Crypto)] internal static partial void ERR_clear_error();
    [LibraryImport(Crypto)] internal static partial nuint ERR_get_error();
    [LibraryImport(Crypto)] private static partial nint ERR_reason_error_string(nuint error);

    /// <summary>Why the last call of this thread failed.</summary>
    internal static string Reason()
    {
        nuint error = ERR_get_error();
        ERR_clear_error();
        return (error == 0 ? null : Marshal.PtrToStringUTF8(ERR_reason_error_string(error))) ?? "the peer broke off";
    }

    /// <summary>Lets every certificate pass the handshake: it is judged afterwards, so that the peer hears of it as from libvirtd.</summary>
    [UnmanagedCallersOnly]
    internal static int AcceptAny(int verified, nint store) => 1;

    /// <summary>A key that is locked cannot be used: nobody is asked, be there a terminal or not.</summary>
    [UnmanagedCallersOnly]
    internal static int NoPassword(byte* target, int size, int writing, nint user) => -1;
}
