using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using static Vireo.Rpc.Security.OpenSsl;

namespace Vireo.Rpc.Security;

/// <summary>What was read from the files of one side of TLS at one time, as a context of OpenSSL. Messages are those of libvirt.</summary>
sealed unsafe class TlsCredentials : SafeHandleZeroOrMinusOneIsInvalid
{
    readonly TlsRules rules;

    TlsCredentials(TlsRules rules, nint context) : base(ownsHandle: true)
    {
        this.rules = rules;
        SetHandle(context);
    }

    protected override bool ReleaseHandle()
    {
        SSL_CTX_free(handle);
        return true;
    }

    internal static TlsCredentials Load(TlsFiles files, TlsRules rules, ILogger log)
    {
        bool isServer = rules.ServerName is null;
        RequireFile("CA certificate", files.Ca);
        X509Certificate2Collection own = [];
        if (files.Certificate is { } certificate)
        {
            RequireFile("certificate", certificate);
            RequireFile("private key", files.Key!);
            own = Certificates(certificate, $"Unable to import {(isServer ? "server" : "client")} certificate {certificate}");
        }
        X509Certificate2Collection authorities = Certificates(files.Ca, $"Unable to import CA certificate list {files.Ca}");
        if (!rules.NoSanity)
            CertificateChecks.Own(own, files.Certificate, authorities, files.Ca, isServer, log);
        nint context;
        try
        {
            context = SSL_CTX_new(isServer ? TLS_server_method() : TLS_client_method());
        }
        catch (DllNotFoundException e)
        {
            throw Wrong("TLS needs OpenSSL 3, libssl.so.3", e);
        }
        if (context == 0)
            throw Wrong($"Unable to set up TLS: {Reason()}");
        var credentials = new TlsCredentials(rules, context);
        try
        {
            credentials.Set(files, authorities);
            return credentials;
        }
        catch
        {
            credentials.Dispose();
            throw;
        }
    }

    void Set(TlsFiles files, X509Certificate2Collection authorities)
    {
        ERR_clear_error();
        SSL_CTX_set_options(handle, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
        _ = SSL_CTX_set_num_tickets(handle, 0);     // libvirt's client takes a ticket for the lack of the byte that it waits for
        SSL_CTX_set_default_passwd_cb(handle, &NoPassword);
        SSL_CTX_ctrl(handle, SSL_CTRL_SET_SESS_CACHE_MODE, 0, null);
        SSL_CTX_ctrl(handle, SSL_CTRL_MODE, SSL_MODE_RELEASE_BUFFERS, null);
        rules.Priority.Apply(handle);
        SSL_CTX_set_verify(handle, SSL_VERIFY_PEER, &AcceptAny);
        nint parameters = SSL_CTX_get0_param(handle);
        // An authority in the file is trusted whether it signed itself or not; what a certificate is for is looked at by us.
        _ = X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
        _ = X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
        foreach (X509Certificate2 authority in authorities)
            Trust(authority, files.Ca);
        if (files.Crl is { } crl && File.Exists(crl))
            Revoke(crl, parameters);
        if (files is not { Certificate: { } certificate, Key: { } key })
            return;
        string what = $"Unable to set x509 key and certificate: {key}, {certificate}";
        if (SSL_CTX_use_certificate_chain_file(handle, certificate) != 1)
            throw Wrong($"{what}: {Reason()}");
        if (SSL_CTX_use_PrivateKey_file(handle, key, SSL_FILETYPE_PEM) != 1)
        {
            string reason = Reason();
            throw Wrong($"{what}: {(reason.Contains("mismatch", StringComparison.Ordinal) ? "The certificate and the given key do not match." : reason)}");
        }
    }

    void Trust(X509Certificate2 authority, string file)
    {
        byte[] raw = authority.RawData;
        fixed (byte* start = raw)
        {
            byte* at = start;
            nint native = d2i_X509(null, &at, raw.Length);
            bool trusted = native != 0 && X509_STORE_add_cert(SSL_CTX_get_cert_store(handle), native) == 1
                && SSL_CTX_add_client_CA(handle, native) == 1;
            X509_free(native);
            if (!trusted)
                throw Wrong($"Unable to set x509 CA certificate: {file}: {Reason()}");
        }
    }

    void Revoke(string file, nint parameters)
    {
        string what = $"Unable to set x509 certificate revocation list: {file}";
        nint bio = BIO_new_file(file, "r");
        if (bio == 0)
            throw Wrong($"{what}: {Reason()}");
        int count = 0;
        for (nint list; (list = PEM_read_bio_X509_CRL(bio, null, 0, 0)) != 0; count++)
        {
            _ = X509_STORE_add_crl(SSL_CTX_get_cert_store(handle), list);
            X509_CRL_free(list);
        }
        _ = BIO_free(bio);
        if (count == 0)
            throw Wrong($"{what}: {Reason()}");
        ERR_clear_error();
        _ = X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_CRL_CHECK);
    }

    static void RequireFile(string kind, string path)
    {
        try
        {
            using FileStream probe = File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            int errno = e is FileNotFoundException or DirectoryNotFoundException ? 2 : e is UnauthorizedAccessException ? 13 : 5;
            throw VireoException.System(ErrorDomain.Rpc, errno, $"Cannot read {kind} '{path}'");
        }
    }

    static X509Certificate2Collection Certificates(string path, string otherwise)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(File.ReadAllText(path));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Wrong(otherwise, e);
        }
        return found.Count > 0 ? found : throw Wrong(otherwise);
    }

    static VireoException Wrong(string text, Exception? inner = null) => new(VirError.Of(ErrorCode.SystemError, ErrorDomain.Rpc, text), inner);

    /// <summary>What a new connection talks through.</summary>
    internal nint NewSession() => SSL_new(handle);

    /// <summary>What is wrong with the other side's certificate; null: nothing, or nobody cares.</summary>
    /// <param name="certificate">What it showed.</param>
    /// <param name="result">What OpenSSL says of its chain (X509_V_...).</param>
    internal string? Judge(X509Certificate2? certificate, int result) =>
        rules.NoVerify ? null : CertificateChecks.Peer(certificate, result, rules.ServerName);
}
