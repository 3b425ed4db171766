using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;
using Vireo.Rpc.Server;

namespace Vireo.Rpc.Security;

/// <summary>The checks that libvirt makes of certificates, in its words.</summary>
static class CertificateChecks
{
    const string ServerAuth = "1.3.6.1.5.5.7.3.1", ClientAuth = "1.3.6.1.5.5.7.3.2", AnyPurpose = "2.5.29.37.0";

    /// <summary>Our own certificates, at start. A client may have none.</summary>
    internal static void Own(
        X509Certificate2Collection own, string? file, X509Certificate2Collection authorities, string authoritiesFile, bool isServer, ILogger log)
    {
        foreach (X509Certificate2 authority in authorities)
            Require(Problem(authority, authoritiesFile, isServer, isAuthority: true, log));
        if (file is null)
            return;
        Require(Problem(own[0], file, isServer, isAuthority: false, log));
        using X509Chain chain = Chain(authorities, own);
        chain.Build(own[0]);
        if (Verdict(chain, authorities) is { } why)
            Require($"Our own certificate {file} failed validation against {authoritiesFile}: {why}");
    }

    static void Require(string? problem)
    {
        if (problem is not null)
            throw new VireoException(VirError.Of(ErrorCode.SystemError, ErrorDomain.Rpc, problem));
    }

    static X509Chain Chain(X509Certificate2Collection authorities, X509Certificate2Collection extra)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(extra);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain;
    }

    /// <summary>A peer's certificate; null: nothing is wrong with it.</summary>
    /// <param name="certificate">What it showed.</param>
    /// <param name="result">What OpenSSL says of its chain (X509_V_...).</param>
    /// <param name="host">The name that a server must have; null: the peer is a client.</param>
    internal static string? Peer(X509Certificate2? certificate, int result, string? host)
    {
        if (certificate is null)
            return "Unable to verify TLS peer: No certificate was found.";
        if (Problem(certificate, "[session]", isServer: host is not null, isAuthority: false, null) is { } problem)
            return problem;
        if (host is not null && !certificate.MatchesHostname(host))
            return $"Certificate [session] owner does not match the hostname {host}";
        const int Ok = 0, NotYetValid = 9, Expired = 10, CrlExpired = 12, SelfSigned = 18, SelfSignedInChain = 19, NoIssuerLocally = 20,
            NotVerified = 21, NoIssuer = 2, NoCrl = 3, Revoked = 23, KeyTooSmall = 66, AuthorityKeyTooSmall = 67, WeakDigest = 68;
        string? why = result switch
        {
            Ok or NoCrl => null,        // a list of one authority says nothing about the certificates of another
            Revoked => "The certificate has been revoked.",
            CrlExpired => "The revocation data are old and have been superseded.",
            SelfSigned or SelfSignedInChain or NoIssuerLocally or NotVerified or NoIssuer => "The certificate hasn't got a known issuer.",
            KeyTooSmall or AuthorityKeyTooSmall or WeakDigest => "The certificate uses an insecure algorithm",
            Expired or NotYetValid => "The certificate chain uses expired certificate.",
            _ => $"The certificate is not trusted (OpenSSL's error {result}).",
        };
        return why is null ? null : $"Failed to validate remote certificate: {why}";
    }

    /// <summary>What a chain lacks; null: it ends at an authority.</summary>
    static string? Verdict(X509Chain chain, X509Certificate2Collection authorities)
    {
        if (chain.ChainElements.Count == 0)
            return "Invalid certificate";
        // The chain's own word for an authority that is no root is "unknown": look for ourselves.
        bool anchored = chain.ChainElements.Any(element => authorities.Any(known => known.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)));
        if (!anchored)
            return "The certificate hasn't got a known issuer.";
        foreach (X509ChainElement element in chain.ChainElements.SkipLast(1))
            if (element.Certificate.SignatureAlgorithm.Value is "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1")
                return "The certificate uses an insecure algorithm";
        const X509ChainStatusFlags fatal = ~(X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotValidForUsage
            | X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation);
        foreach (X509ChainElement element in chain.ChainElements)
        {
            foreach (X509ChainStatus status in element.ChainElementStatus)
            {
                if ((status.Status & fatal) != 0)
                    return (status.Status & X509ChainStatusFlags.Revoked) != 0 ? "The certificate has been revoked." : "The certificate is not trusted.";
                if (status.Status is X509ChainStatusFlags.NotTimeValid && element != chain.ChainElements[0])
                    return "The certificate is not trusted.";
            }
        }
        return null;
    }

    /// <summary>What is wrong with one certificate by itself.</summary>
    static string? Problem(X509Certificate2 certificate, string file, bool isServer, bool isAuthority, ILogger? log)
    {
        string kind = isAuthority ? "CA" : isServer ? "server" : "client";
        DateTime now = DateTime.Now;
        if (certificate.NotAfter < now)
            return $"The {kind} certificate {file} has expired";
        if (certificate.NotBefore > now)
            return $"The {kind} certificate {file} is not yet active";
        return Constraints(certificate, file, isServer, isAuthority) ?? Usage(certificate, file, isAuthority, log)
            ?? (isAuthority ? null : Purpose(certificate, file, isServer, log));
    }

    static string? Constraints(X509Certificate2 certificate, string file, bool isServer, bool isAuthority)
    {
        var found = certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        if (found is null)
            return isAuthority ? $"The certificate {file} is missing basic constraints for a CA" : null;
        if (found.CertificateAuthority == isAuthority)
            return null;
        return isAuthority ? $"The certificate {file} basic constraints do not show a CA"
            : isServer ? $"The certificate {file} basic constraints show a CA, but we need one for a server"
            : $"The certificate {file} basic constraints show a CA, but we need one for a client";
    }

    static string? Usage(X509Certificate2 certificate, string file, bool isAuthority, ILogger? log)
    {
        if (certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is not { } usage)
            return null;
        (X509KeyUsageFlags Flag, string Text)[] wanted = isAuthority
            ? [(X509KeyUsageFlags.KeyCertSign, "certificate signing")]
            : [(X509KeyUsageFlags.DigitalSignature, "digital signature"), (X509KeyUsageFlags.KeyEncipherment, "key encipherment")];
        foreach ((X509KeyUsageFlags flag, string text) in wanted)
        {
            if ((usage.KeyUsages & flag) != 0)
                continue;
            string complaint = $"Certificate {file} usage does not permit {text}";
            if (usage.Critical)
                return complaint;
            log?.CertificateDoubtful(complaint);
        }
        return null;
    }

    static string? Purpose(X509Certificate2 certificate, string file, bool isServer, ILogger? log)
    {
        string wanted = isServer ? ServerAuth : ClientAuth;
        if (certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is not { } purposes)
            return null;
        foreach (System.Security.Cryptography.Oid purpose in purposes.EnhancedKeyUsages)
            if (purpose.Value == wanted || purpose.Value is AnyPurpose)
                return null;
        string complaint = $"Certificate {file} purpose does not allow use for with a TLS {(isServer ? "server" : "client")}";
        if (purposes.Critical)
            return complaint;
        log?.CertificateDoubtful(complaint);
        return null;
    }
}
