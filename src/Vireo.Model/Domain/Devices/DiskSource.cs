using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>Where an image is; the disk's <c>type</c> decides.</summary>
[Union(TagOnParent = true, Default = "file", Without = "file")]
public abstract partial record DiskSource
{
    [Attr("startupPolicy", Since = "0.9.7")] public StartupPolicy? StartupPolicy { get; init; }
    [Attr("index", Live = true)] public uint? Index { get; init; }
    /// <summary>Parts of the image that are used, in place of the whole.</summary>
    [Child("slice", In = "slices", Since = "6.1.0")] public ValueList<SourceSlice> Slices { get; init; }
    [Child("seclabel", Since = "0.9.9")] public ValueList<DeviceLabel> SecurityLabels { get; init; }
    [Child("auth", Since = "3.9.0")] public DiskAuth? Auth { get; init; }
    [Child("encryption", Since = "3.9.0")] public DiskEncryption? Encryption { get; init; }
    [Child(Since = "4.4.0")] public Reservations? Reservations { get; init; }
    /// <summary>What the driver remembers about the image while the machine runs.</summary>
    [Child("privateData", Status = true)] public XmlFragment? PrivateData { get; init; }

    /// <summary>A file.</summary>
    [Case("file")]
    public sealed partial record OfFile : DiskSource
    {
        [Attr("file")] public string? Path { get; init; }
        [Attr("fdgroup", Since = "9.0.0")] public string? FdGroup { get; init; }
    }

    /// <summary>A block device.</summary>
    [Case("block")]
    public sealed partial record OfBlock : DiskSource
    {
        [Attr("dev")] public string? Path { get; init; }
    }

    /// <summary>A folder shown as a FAT disk.</summary>
    [Case("dir")]
    public sealed partial record OfDirectory : DiskSource
    {
        [Attr("dir")] public string? Path { get; init; }
    }

    /// <summary>A server.</summary>
    [Case("network")]
    public sealed partial record OfNetwork : DiskSource
    {
        [Attr("protocol")] public required NetworkDiskProtocol Protocol { get; init; }
        [Attr("name")] public string? Name { get; init; }
        [Attr("tls", Since = "4.5.0")] public bool? Tls { get; init; }
        [Attr("tlsHostname", Since = "8.2.0")] public string? TlsHostname { get; init; }
        [Attr("query", Since = "6.2.0")] public string? Query { get; init; }
        /// <summary>1: TLS was asked for in the driver's configuration, not for this disk.</summary>
        [Attr("tlsFromConfig", Status = true)] public uint? TlsFromConfig { get; init; }
        [Child("host")] public ValueList<DiskHost> Hosts { get; init; }
        [Attr("name", In = "snapshot", Since = "1.2.11")] public string? Snapshot { get; init; }
        [Attr("file", In = "config", Since = "1.2.11")] public string? ConfigFile { get; init; }
        [Attr("name", In = "initiator/iqn", Since = "4.7.0")] public string? InitiatorIqn { get; init; }
        [Attr("verify", In = "ssl", Since = "6.2.0")] public bool? SslVerify { get; init; }
        [Child("cookie", In = "cookies", Since = "6.2.0")] public ValueList<DiskCookie> Cookies { get; init; }
        [Attr("size", In = "readahead", Since = "6.2.0")] public ulong? ReadAhead { get; init; }
        [Attr("seconds", In = "timeout", Since = "6.2.0")] public ulong? Timeout { get; init; }
        [Child("reconnect")] public Reconnect? Reconnect { get; init; }
        [Child("identity", Since = "7.0.0")] public DiskIdentity? Identity { get; init; }
    }

    /// <summary>A volume of a storage pool.</summary>
    [Case("volume")]
    public sealed partial record OfVolume : DiskSource
    {
        [Attr("pool")] public string? Pool { get; init; }
        [Attr("volume")] public string? Volume { get; init; }
        [Attr("mode", Since = "1.1.1")] public VolumeMode? Mode { get; init; }
    }

    /// <summary>A namespace of an NVMe controller.</summary>
    [Case("nvme")]
    public sealed partial record OfNvme : DiskSource
    {
        [Attr("type")] public string? Type { get; init; }
        [Attr("managed")] public bool? Managed { get; init; }
        [Attr("namespace")] public ulong? Namespace { get; init; }
        [Child("address")] public HostPciAddress? Address { get; init; }
    }

    /// <summary>A program that speaks vhost-user.</summary>
    [Case("vhostuser")]
    public sealed partial record OfVhostUser : DiskSource
    {
        [Attr("type")] public string? Type { get; init; }
        [Attr("path")] public string? Path { get; init; }
        [Child("reconnect")] public Reconnect? Reconnect { get; init; }
    }
}

[WireNames] public enum StartupPolicy { Mandatory, Requisite, Optional }
[WireNames] public enum VolumeMode { Host, Direct }
[WireNames] public enum DiskHostTransport { Tcp, Unix, Rdma }

[WireNames]
public enum NetworkDiskProtocol { Nbd, Rbd, Sheepdog, Gluster, Iscsi, Http, Https, Ftp, Ftps, Tftp, Ssh, Vxhs, Nfs }

[WireNames]
public enum StorageFormat
{
    None, Raw, Dir, Bochs, Cloop, Dmg, Iso, [Wire("vpc")] Vpc, Vdi, Fat, Vhd, Ploop, Cow, Qcow, Qcow2, Qed, Vmdk, [Wire("auto")] Auto,
}

/// <summary>A server's address.</summary>
[Element("host")]
public sealed partial record DiskHost
{
    [Attr("name")] public string? Name { get; init; }
    [Attr("port")] public string? Port { get; init; }
    [Attr("transport")] public DiskHostTransport? Transport { get; init; }
    [Attr("socket")] public string? Socket { get; init; }
}

/// <summary>A cookie for a web server.</summary>
[Element("cookie")]
public sealed partial record DiskCookie
{
    [Attr("name")] public required string Name { get; init; }
    [Text] public string? Value { get; init; }
}

/// <summary>Whose name NFS sees.</summary>
[Element("identity")]
public sealed partial record DiskIdentity
{
    [Attr("user")] public string? User { get; init; }
    [Attr("group")] public string? Group { get; init; }
}

/// <summary>Whether and how fast to connect again.</summary>
[Element("reconnect")]
public sealed partial record Reconnect
{
    [Attr("enabled")] public bool? Enabled { get; init; }
    [Attr("timeout")] public uint? Timeout { get; init; }
    [Attr("delay")] public uint? Delay { get; init; }
}

/// <summary>A part of an image, in bytes.</summary>
[Element("slice")]
public sealed partial record SourceSlice
{
    [Attr("type")] public required SliceKind Type { get; init; }
    [Attr("offset")] public required ulong Offset { get; init; }
    [Attr("size", NonZero = true)] public required ulong Size { get; init; }
}

[WireNames] public enum SliceKind { Storage, Format }

/// <summary>SCSI persistent reservations through a helper.</summary>
[Element("reservations")]
public sealed partial record Reservations
{
    [Attr("managed")] public required bool Managed { get; init; }
    [Attr("type", In = "source")] public string? SourceType { get; init; }
    [Attr("path", In = "source")] public string? Path { get; init; }
    [Attr("mode", In = "source")] public string? Mode { get; init; }
    [Child("reconnect", In = "source")] public Reconnect? Reconnect { get; init; }
}

/// <summary>A PCI address without the word <c>type</c>.</summary>
[Element("address")]
public sealed partial record HostPciAddress
{
    [Attr("domain", Hex = 4)] public uint Domain { get; init; }
    [Attr("bus", Hex = 2)] public uint Bus { get; init; }
    [Attr("slot", Hex = 2)] public uint Slot { get; init; }
    [Attr("function", Hex = 1)] public uint Function { get; init; }
}
