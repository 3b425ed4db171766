using Vireo.Rpc.Security;

namespace Vireo.Rpc.Client.Tls;

/// <summary>Where a client's certificates are.</summary>
public static class TlsClientFiles
{
    /// <summary>
    /// As libvirt finds them: all in the folder that a URI names, else the user's in <c>~/.pki/libvirt</c>, and the system's for what the user has not. A key
    /// and its certificate are taken from the same place; a client may have none.
    /// </summary>
    /// <param name="folder">The URI's pkipath.</param>
    /// <param name="home">The user's folder; null for root, who has the system's only.</param>
    /// <param name="system">The folder of the system's settings, usually <c>/etc</c>.</param>
    /// <param name="exists">Whether a file is there.</param>
    public static TlsFiles Find(string? folder, string? home, string system, Func<string, bool> exists)
    {
        if (folder is not null)
            return In(folder);
        string pki = Path.Join(system, "pki");
        TlsFiles all = Pair(
            Path.Join(pki, "CA/cacert.pem"), Path.Join(pki, "CA/cacrl.pem"), Path.Join(pki, "libvirt/clientcert.pem"), Path.Join(pki, "libvirt/private/clientkey.pem"));
        if (home is null)
            return all;
        TlsFiles mine = In(Path.Join(home, ".pki/libvirt")), pair = mine.Certificate is null ? all : mine;
        return new(exists(mine.Ca) ? mine.Ca : all.Ca, pair.Certificate, pair.Key, exists(mine.Crl!) ? mine.Crl : all.Crl);

        TlsFiles In(string at) =>
            Pair(Path.Join(at, "cacert.pem"), Path.Join(at, "cacrl.pem"), Path.Join(at, "clientcert.pem"), Path.Join(at, "clientkey.pem"));

        TlsFiles Pair(string ca, string crl, string certificate, string key) =>
            exists(certificate) && exists(key) ? new(ca, certificate, key, crl) : new(ca, null, null, crl);
    }
}
