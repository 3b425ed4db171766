using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core.Errors;
using Vireo.Rpc.Security;
using Vireo.Testing.Pki;
using Xunit;

namespace Vireo.Tests.Rpc;

/// <summary>What is said of a server's own files; the words are libvirtd's.</summary>
public sealed class CertificateTests : IDisposable
{
    readonly TestPki pki = new(Directory.CreateTempSubdirectory("vireo-pki").FullName);

    public CertificateTests() => pki.Issue("server", "CN=localhost", TestPki.ServerAuth).Dispose();

    public void Dispose()
    {
        pki.Dispose();
        Directory.Delete(pki.Folder, true);
    }

    string In(string name) => Path.Join(pki.Folder, name);

    string Complaint(string cert = "servercert.pem", string key = "serverkey.pem", string? ca = null, bool sanity = true) =>
        Assert.Throws<VireoException>(() => Load(cert, key, ca, sanity)).Message.Replace(pki.Folder, "DIR", StringComparison.Ordinal);

    TlsService Load(string cert, string key, string? ca, bool sanity) => TlsService.Load(
        new TlsFiles(ca ?? pki.Ca, In(cert), In(key), null), new TlsRules { NoSanity = !sanity }, NullLogger.Instance);

    [Fact, Trait("libvirtd.conf", "ca_file")]
    public void A_file_that_is_missing_is_named()
    {
        Assert.Equal("Cannot read CA certificate 'DIR/none': No such file or directory", Complaint(ca: In("none")));
        Assert.Equal("Cannot read certificate 'DIR/none': No such file or directory", Complaint(cert: "none"));
        Assert.Equal("Cannot read private key 'DIR/none': No such file or directory", Complaint(key: "none"));
    }

    [Fact]
    public void What_is_no_certificate_is_named()
    {
        File.WriteAllText(In("garbage"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Assert.Equal("Unable to import server certificate DIR/garbage", Complaint(cert: "garbage"));
        Assert.Equal("Unable to import CA certificate list DIR/garbage", Complaint(ca: In("garbage")));
        File.WriteAllText(In("garbage"), "nothing");
        Assert.Equal("Unable to import server certificate DIR/garbage", Complaint(cert: "garbage"));
    }

    [Fact, Trait("libvirtd.conf", "tls_no_sanity_certificate")]
    public void Certificates_are_examined_unless_nobody_wants_it()
    {
        pki.Issue("old", "CN=old", TestPki.ServerAuth, until: DateTimeOffset.UtcNow.AddDays(-1)).Dispose();
        pki.Issue("early", "CN=early", TestPki.ServerAuth, from: DateTimeOffset.UtcNow.AddDays(1)).Dispose();
        pki.Issue("authority", "CN=authority", TestPki.ServerAuth, isAuthority: true).Dispose();
        Assert.Equal("The server certificate DIR/oldcert.pem has expired", Complaint("oldcert.pem", "oldkey.pem"));
        Assert.Equal("The server certificate DIR/earlycert.pem is not yet active", Complaint("earlycert.pem", "earlykey.pem"));
        Assert.Equal("The certificate DIR/authoritycert.pem basic constraints show a CA, but we need one for a server",
            Complaint("authoritycert.pem", "authoritykey.pem"));
        Load("oldcert.pem", "oldkey.pem", null, sanity: false);
    }

    [Fact]
    public void A_certificate_of_another_authority_is_no_use()
    {
        using var other = new TestPki(In("other"), "CN=Other CA");
        Assert.Equal("Our own certificate DIR/servercert.pem failed validation against DIR/other/cacert.pem: The certificate hasn't got a known issuer.",
            Complaint(ca: other.Ca));
    }

    [Fact, Trait("libvirtd.conf", "key_file"), Trait("libvirtd.conf", "cert_file")]
    public void A_key_that_is_not_the_certificates_is_no_use()
    {
        pki.Issue("second", "CN=second", TestPki.ServerAuth).Dispose();
        Assert.Equal("Unable to set x509 key and certificate: DIR/secondkey.pem, DIR/servercert.pem: The certificate and the given key do not match.",
            Complaint(key: "secondkey.pem"));
    }

    [Fact]
    public void A_locked_key_is_refused_without_asking_anybody()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        File.WriteAllText(In("locked.pem"), key.ExportEncryptedPkcs8PrivateKeyPem("secret", new System.Security.Cryptography.PbeParameters(
            System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1000)));
        Assert.StartsWith("Unable to set x509 key and certificate: DIR/locked.pem, DIR/servercert.pem: ", Complaint(key: "locked.pem"));
    }

    [Theory]
    [InlineData("C=GB, O=Red Hat, CN=client1", "C=GB,O=Red Hat,CN=client1")]
    [InlineData("CN=\"a, b\"", "CN=a\\, b")]
    [InlineData("OID.0.9.2342.19200300.100.1.25=example, E=a@b.c", "DC=example,EMAIL=a@b.c")]
    public void Names_are_written_as_GnuTLS_writes_them(string name, string text) =>
        Assert.Equal(text, DistinguishedName.Text(new X500DistinguishedName(name, X500DistinguishedNameFlags.None)));
}
