using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vireo.Testing.Pki;

/// <summary>An authority of a test's own, and certificates by it, as files.</summary>
public sealed class TestPki : IDisposable
{
    /// <summary>What a certificate is for.</summary>
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1", ClientAuth = "1.3.6.1.5.5.7.3.2";

    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Makes the authority and writes its certificate as cacert.pem.</summary>
    public TestPki(string folder, string name = "CN=Test CA")
    {
        Folder = folder;
        Directory.CreateDirectory(folder);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
        File.WriteAllText(Ca, Authority.ExportCertificatePem());
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>The authority with its key.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The authority's certificate.</summary>
    public string Ca => Path.Join(Folder, "cacert.pem");

    /// <summary>Makes a certificate with its key: NAMEcert.pem and NAMEkey.pem.</summary>
    public X509Certificate2 Issue(
        string name, string subject, string purpose, DateTimeOffset? from = null, DateTimeOffset? until = null, bool isAuthority = false)
    {
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.Create(
            Authority, from ?? DateTimeOffset.UtcNow.AddDays(-5), until ?? DateTimeOffset.UtcNow.AddDays(5), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Join(Folder, name + "cert.pem"), made.ExportCertificatePem());
        File.WriteAllText(Path.Join(Folder, name + "key.pem"), own.ExportPkcs8PrivateKeyPem());
        return made.CopyWithPrivateKey(own);
    }

    /// <summary>Takes certificates back, by a list that is written as cacrl.pem.</summary>
    public string Revoke(DateTimeOffset next, params X509Certificate2[] certificates)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (X509Certificate2 one in certificates)
            list.AddEntry(one);
        byte[] bytes = list.Build(Authority, 1, next, HashAlgorithmName.SHA256, thisUpdate: DateTimeOffset.UtcNow.AddDays(-3));
        string path = Path.Join(Folder, "cacrl.pem");
        File.WriteAllText(path, PemEncoding.WriteString("X509 CRL", bytes));
        return path;
    }

    /// <summary>A folder as pkipath= wants it.</summary>
    public string ClientFolder(string? name)
    {
        string folder = Path.Join(Folder, "client-" + name);
        Directory.CreateDirectory(folder);
        File.Copy(Ca, Path.Join(folder, "cacert.pem"), true);
        if (name is not null)
        {
            File.Copy(Path.Join(Folder, name + "cert.pem"), Path.Join(folder, "clientcert.pem"), true);
            File.Copy(Path.Join(Folder, name + "key.pem"), Path.Join(folder, "clientkey.pem"), true);
        }
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        key.Dispose();
    }
}
