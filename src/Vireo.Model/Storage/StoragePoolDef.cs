using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Rules;

namespace Vireo.Model.Storage;

/// <summary>A place that holds volumes, as its owner wrote it: the <c>&lt;pool&gt;</c> document.</summary>
[Element("pool")]
public sealed partial record StoragePoolDef
{
    [Attr("type")] public required StoragePoolType Type { get; init; }

    /// <summary>Null: called as its source is.</summary>
    [Text("name", Since = "0.4.1")] public string? Name { get; init; }
    [Text("uuid", Bad = "xml|malformed uuid element", Since = "0.4.1")] public Uuid? Uuid { get; init; }

    /// <summary>How much fits in; measured, never read.</summary>
    [Text("capacity", Live = true, Unit = "bytes", Since = "0.4.1")] public ByteSize? Capacity { get; init; }
    [Text("allocation", Live = true, Unit = "bytes", Since = "0.4.1")] public ByteSize? Allocation { get; init; }
    [Text("available", Live = true, Unit = "bytes", Since = "0.4.1")] public ByteSize? Available { get; init; }

    /// <summary>Whether files in it share blocks until they are written to.</summary>
    [Attr("state", In = "features/cow", Since = "6.6.0")] public bool? CopyOnWrite { get; init; }
    [Child] public StoragePoolSource? Source { get; init; }
    [Child] public StoragePoolTarget? Target { get; init; }
    [Attr("allocation", In = "refresh/volume", Bad = "unsupported|unknown storage pool volume refresh allocation type {0}")]
    public RefreshAllocation? RefreshAllocation { get; init; }

    /// <summary>Options that only one kind of pool has.</summary>
    [Hook("*", Attributes = true)] public StoragePoolOptions? Options { get; init; }

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    public static StoragePoolDef Parse(string xml, XmlPositions? positions = null) => XmlInput.Document(
        xml, "pool", new XmlInputOptions("storage_pool_definition", Inactive: true, positions, ErrorDomain.Storage), ReadXml);

    /// <summary>Reads a document, checks it and fills in what is implied, as defining it does.</summary>
    public static StoragePoolDef Define(string xml)
    {
        var positions = new XmlPositions();
        StoragePoolDef pool = Parse(xml, positions);
        StoragePoolRules.Check(pool).ThrowFirst(positions);
        return StoragePoolDefaults.Apply(pool);
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions(Secure: true));
        WriteXml(output);
        return output.ToString();
    }
}

[WireNames]
public enum StoragePoolType
{
    Dir, Fs, NetFs, Logical, Disk, Iscsi, [Wire("iscsi-direct")] IscsiDirect, Scsi, Mpath, Rbd, Sheepdog, Gluster, Zfs, VStorage,
}

/// <summary>What a refresh takes for the allocation of a volume.</summary>
[WireNames] public enum RefreshAllocation { Default, Capacity }

/// <summary>Where the pool comes from; its type says which of it counts.</summary>
[Element("source", Block = true)]
public sealed partial record StoragePoolSource
{
    [Child("host", Since = "0.4.1")] public ValueList<StoragePoolHost> Hosts { get; init; }
    [Child("device", Since = "0.4.1")] public ValueList<StoragePoolDevice> Devices { get; init; }
    [Attr("path", In = "dir", Since = "0.4.1")] public string? Directory { get; init; }
    [Child(Since = "0.6.2")] public StorageAdapter? Adapter { get; init; }
    [Text("name", Since = "0.4.5")] public string? Name { get; init; }
    [Attr("name", In = "initiator/iqn", Since = "4.7.0")] public string? Initiator { get; init; }

    /// <summary>A word of the type's own (<see cref="StoragePoolKind.Formats"/>).</summary>
    [Attr("type", In = "format", Since = "0.4.1")] public string? Format { get; init; }
    [Child("auth", Since = "0.9.7")] public Domain.Devices.DiskAuth? Auth { get; init; }
    [Attr("ver", In = "protocol", Since = "5.1.0")] public string? ProtocolVersion { get; init; }
    [Attr("name", In = "vendor", Since = "0.8.4")] public string? Vendor { get; init; }
    [Attr("name", In = "product", Since = "0.8.4")] public string? Product { get; init; }
}

/// <summary>A server.</summary>
[Element("host")]
public sealed partial record StoragePoolHost
{
    [Attr("name", Missing = "xml|missing storage pool host name")] public required string Name { get; init; }

    /// <summary>Null: the usual one.</summary>
    [Attr("port")] public int? Port { get; init; }
}

/// <summary>A device that the pool lies on.</summary>
[Element("device")]
public sealed partial record StoragePoolDevice
{
    [Attr("path", Missing = "xml|missing storage pool source device path")] public required string Path { get; init; }

    /// <summary>Whether a <c>p</c> stands between the names of device and partition; null: whether the device's name ends in a digit decides.</summary>
    [Attr("part_separator", Since = "1.3.1")] public bool? PartitionSeparator { get; init; }
    [Child("freeExtent", Live = true)] public ValueList<StorageExtent> FreeExtents { get; init; }
}

/// <summary>A part of a device, in bytes.</summary>
[Element("freeExtent")]
public sealed partial record StorageExtent
{
    [Attr("start")] public required ulong Start { get; init; }
    [Attr("end")] public required ulong End { get; init; }
}

/// <summary>Where the pool appears on the host.</summary>
[Element("target", Block = true)]
public sealed partial record StoragePoolTarget
{
    [Text("path", Since = "0.4.1")] public string? Path { get; init; }
    [Child(Since = "0.4.1")] public StoragePermissions? Permissions { get; init; }
}
