using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>What disks are refused for when their nodes are made.</summary>
static class DiskErrors
{
    public static VireoException NoNode(DiskSource source) => new(ErrorCode.InternalError, ErrorDomain.Qemu, source switch
    {
        DiskSource.OfVolume => "storage source pool 'volume' was not resolved",
        _ => "storage source has no block node",
    });

    public static VireoException Hosts(string text) => new(ErrorCode.InternalError, ErrorDomain.Qemu, text);

    public static VireoException Unsupported(string text) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu, text);

    public static VireoException BadPath(string? path) => new(ErrorCode.XmlError, ErrorDomain.Domain, $"can't split path '{path}' into pool name and image name");
}
