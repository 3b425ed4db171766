using System.Text;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks;

/// <summary>What an image is told that the image below it is called: a path or a URL where that says all, else json: with QEMU's options.</summary>
public static class BackingName
{
    /// <summary>The name.</summary>
    /// <param name="source">The image below.</param>
    /// <param name="write">How options are written as text; null: on one line.</param>
    public static string Of(DiskSource source, Func<QemuProperties, string>? write = null)
    {
        if (source.Slices.IsEmpty)
            switch (source)
            {
                case DiskSource.OfFile file: return file.Path ?? "";
                case DiskSource.OfBlock block: return block.Path ?? "";
                case DiskSource.OfDirectory directory: return "fat:" + directory.Path;
                case DiskSource.OfNetwork { Hosts: [{ Transport: not DiskHostTransport.Unix } host] } network when Url(network, host) is { } url: return url;
            }
        QemuProperties target = StorageNode.Target(source);
        if (source.Slices.FirstOrDefault(static s => s.Type is SliceKind.Storage) is { } slice)
            target = new QemuProperties { { "driver", "raw" }, { "offset", slice.Offset }, { "size", slice.Size }, { "file", target } };
        return "json:" + (write is null ? new QemuProperties { { "file", target } }.ToJson() : $"{{\"file\":{write(target)}}}");
    }

    static string? Url(DiskSource.OfNetwork source, DiskHost host) => source.Protocol switch
    {
        NetworkDiskProtocol.Nbd or NetworkDiskProtocol.Iscsi or NetworkDiskProtocol.Gluster => SourceUri.Of(source),
        NetworkDiskProtocol.Http or NetworkDiskProtocol.Https or NetworkDiskProtocol.Ftp or NetworkDiskProtocol.Ftps or NetworkDiskProtocol.Tftp or NetworkDiskProtocol.Ssh
            when source is { SslVerify: null, Timeout: null, ReadAhead: null, Cookies.IsEmpty: true } => SourceUri.Of(source),
        _ => null,
    };
}
