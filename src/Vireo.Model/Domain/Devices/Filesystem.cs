using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A folder of the host in the guest.</summary>
[Element("filesystem")]
public sealed partial record Filesystem : Device
{
    [Attr("type")] public FilesystemType? Type { get; init; }
    [Attr("accessmode", Since = "0.8.5")] [Abi(Text = "Target filesystem access mode does not match source")] public FilesystemAccess? AccessMode { get; init; }
    [Attr("model", Since = "5.2.0")] [Abi(Text = "Target filesystem model does not match source")] public InputModel? Model { get; init; }
    [Attr("multidevs", Since = "6.3.0")] public FilesystemMultiDevs? MultiDevs { get; init; }
    [Attr("fmode", Since = "6.10.0")] public FilePermissions? FileMode { get; init; }
    [Attr("dmode", Since = "6.10.0")] public FilePermissions? DirectoryMode { get; init; }
    [Child(Since = "0.9.7")] [Abi] public FilesystemDriver? Driver { get; init; }
    [Child(Since = "6.2.0")] public FilesystemBinary? Binary { get; init; }
    [Child("source")] public FilesystemSource? Source { get; init; }
    [Attr("dir", In = "target")] [Abi("filesystem guest target")] public string? Target { get; init; }
    [Flag("readonly")] public bool ReadOnly { get; init; }
    [Text("space_hard_limit", Since = "0.9.13")] public ByteSize? SpaceHardLimit { get; init; }
    [Text("space_soft_limit", Since = "0.9.13")] public ByteSize? SpaceSoftLimit { get; init; }
}

[WireNames] public enum FilesystemType { Mount, Block, File, Template, Ram, Bind, Volume }
[WireNames] public enum FilesystemAccess { Passthrough, Mapped, Squash }
[WireNames] public enum FilesystemMultiDevs { Default, Remap, Forbid, Warn }
[WireNames] public enum FilesystemDriverType { Path, Handle, Loop, Nbd, Ploop, MtpFs, VirtioFs }
[WireNames] public enum FilesystemWritePolicy { Immediate }

/// <summary>Who serves it.</summary>
[Element("driver", OmitEmpty = true)]
public sealed partial record FilesystemDriver : IVirtioOptions
{
    [Attr("type")] public FilesystemDriverType? Type { get; init; }
    [Attr("format", Since = "1.0.6")] public StorageFormat? Format { get; init; }
    [Attr("name")] public string? Name { get; init; }
    [Attr("wrpolicy", Since = "0.9.10")] public FilesystemWritePolicy? WritePolicy { get; init; }
    [Attr("queue", Since = "6.2.0")] public ulong? Queue { get; init; }
    [Attr("iommu", OnOff = true, Since = "3.5.0")] [Abi("device iommu option", Quoted = true)] public bool? Iommu { get; init; }
    [Attr("ats", OnOff = true, Since = "3.5.0")] [Abi("device ats option", Quoted = true)] public bool? Ats { get; init; }
    [Attr("packed", OnOff = true, Since = "6.3.0")] [Abi("device packed option", Quoted = true)] public bool? Packed { get; init; }
    [Attr("page_per_vq", OnOff = true, Since = "7.9.0")] [Abi("device page_per_vq option", Quoted = true)] public bool? PagePerVq { get; init; }
}

/// <summary>The program that serves a virtiofs.</summary>
[Element("binary", OmitEmpty = true)]
public sealed partial record FilesystemBinary
{
    [Attr("path")] public string? Path { get; init; }
    [Attr("xattr", OnOff = true)] public bool? XAttr { get; init; }
    [Attr("mode", In = "cache")] public FilesystemCache? Cache { get; init; }
    [Attr("mode", In = "sandbox", Since = "7.2.0")] public FilesystemSandbox? Sandbox { get; init; }
    [Attr("posix", In = "lock", OnOff = true)] public bool? PosixLock { get; init; }
    [Attr("flock", In = "lock", OnOff = true)] public bool? FLock { get; init; }
    [Attr("size", In = "thread_pool", Since = "8.5.0")] public uint? ThreadPoolSize { get; init; }
}

[WireNames] public enum FilesystemCache { None, Always }
[WireNames] public enum FilesystemSandbox { Namespace, Chroot }

/// <summary>Where it is on the host; which of these counts depends on the type.</summary>
[Element("source")]
public sealed partial record FilesystemSource
{
    [Attr("dir")] public string? Directory { get; init; }
    [Attr("socket")] public string? Socket { get; init; }
    [Attr("dev")] public string? Device { get; init; }
    [Attr("file")] public string? File { get; init; }
    [Attr("name")] public string? Name { get; init; }
    [Attr("usage")] public ulong? Usage { get; init; }
    [Attr("units")] public string? Units { get; init; }
    [Attr("pool")] public string? Pool { get; init; }
    [Attr("volume")] public string? Volume { get; init; }
}
