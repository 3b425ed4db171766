using System.Text;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Servers' images as URLs.</summary>
static class SourceUri
{
    /// <summary>The URL of an image that a web or FTP server has.</summary>
    public static string Of(DiskSource.OfNetwork source)
    {
        string scheme = source.Protocol.ToXml();
        if (source.Hosts is not [{ } host])
            throw DiskErrors.Hosts($"protocol '{scheme}' accepts only one host");
        if (host.Transport is DiskHostTransport.Unix or DiskHostTransport.Rdma)
            scheme += "+" + host.Transport.Value.ToXml();
        var url = new StringBuilder(scheme).Append("://");
        if (host.Name is { } name)
            url.Append(name.Contains(':', StringComparison.Ordinal) ? $"[{name}]" : name).Append(':').Append(PortOf(host, source.Protocol));
        if (source.Name is { Length: > 0 } path)
            Escape(path[0] == '/' ? path : "/" + path, url);
        if (host.Transport is DiskHostTransport.Unix)
            url.Append("?socket=").Append(host.Socket);
        else if (source.Query is { } query)
            url.Append('?').Append(query);
        return url.ToString();
    }

    /// <summary>The port as written, or the protocol's.</summary>
    public static string PortOf(DiskHost host, NetworkDiskProtocol protocol) => host.Port is { Length: > 0 } port ? port : protocol switch
    {
        NetworkDiskProtocol.Http => "80",
        NetworkDiskProtocol.Https => "443",
        NetworkDiskProtocol.Ftp => "21",
        NetworkDiskProtocol.Ftps => "990",
        NetworkDiskProtocol.Tftp => "69",
        NetworkDiskProtocol.Sheepdog => "7000",
        NetworkDiskProtocol.Nbd => "10809",
        NetworkDiskProtocol.Ssh => "22",
        NetworkDiskProtocol.Iscsi => "3260",
        NetworkDiskProtocol.Gluster => "24007",
        NetworkDiskProtocol.Vxhs => "9999",
        NetworkDiskProtocol.Nfs => "2049",
        _ => "0",
    };

    // RFC 2396's path, as the library escapes it that libvirt uses: a colon is escaped too.
    static void Escape(string path, StringBuilder into)
    {
        foreach (byte b in Encoding.UTF8.GetBytes(path))
            if (char.IsAsciiLetterOrDigit((char)b) || "-_.!~*'()/;@&=+$,".Contains((char)b, StringComparison.Ordinal))
                into.Append((char)b);
            else
                into.Append('%').Append(b.ToString("X2"));
    }
}

/// <summary>Names that are of two parts.</summary>
static class SourceName
{
    /// <summary>Pool (or volume) and image of RBD and Gluster, which stand in one name.</summary>
    public static (string Pool, string Image) Split(DiskSource.OfNetwork source)
    {
        string name = source.Name ?? "";
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? (name[..slash], name[(slash + 1)..]) : throw DiskErrors.BadPath(source.Name);
    }
}
