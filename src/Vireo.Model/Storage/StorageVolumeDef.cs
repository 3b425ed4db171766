using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Storage;

/// <summary>A volume of a storage pool: the <c>&lt;volume&gt;</c> document.</summary>
[Element("volume")]
public sealed partial record StorageVolumeDef
{
    /// <summary>Null: a file.</summary>
    [Attr("type", Bad = "unsupported|unknown volume type '{0}'")] public StorageVolumeType? Type { get; init; }
    [Text("name", Missing = "xml|missing volume name element", Since = "0.4.1")] public required string Name { get; init; }

    /// <summary>What names it on the whole host; the pool's driver decides.</summary>
    [Text("key", Since = "0.4.1")] public string? Key { get; init; }

    /// <summary>The parts of devices that it lies on; only a volume that exists has them.</summary>
    [Child("device", In = "source", Live = true)] public ValueList<StorageVolumeDevice> Devices { get; init; }
    [Text("capacity", Unit = "bytes", Bad = "xml|malformed capacity element", Since = "0.4.1")] public ByteSize? Capacity { get; init; }

    /// <summary>Null: all of the capacity.</summary>
    [Text("allocation", Unit = "bytes", Bad = "xml|malformed capacity element", Since = "0.4.1")] public ByteSize? Allocation { get; init; }
    [Text("physical", Unit = "bytes", Live = true, Since = "3.0.0")] public ByteSize? Physical { get; init; }
    [Child(Since = "0.4.1")] public StorageVolumeTarget? Target { get; init; }
    [Child(Since = "0.6.0")] public StorageBackingStore? BackingStore { get; init; }

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    public static StorageVolumeDef Parse(string xml, XmlPositions? positions = null) => XmlInput.Document(
        xml, "volume", new XmlInputOptions("storage_volume_definition", Inactive: true, positions, ErrorDomain.Storage), ReadXml);

    /// <summary>Reads a document, checks it and fills in what a pool of <paramref name="kind"/> implies, as creating it there does.</summary>
    public static StorageVolumeDef Define(string xml, StoragePoolKind kind, StorageVolumeParse flags = StorageVolumeParse.None)
    {
        var positions = new XmlPositions();
        StorageVolumeDef volume = Parse(xml, positions);
        StorageVolumeRules.Check(volume, kind, flags).ThrowFirst(positions);
        return StorageVolumeDefaults.Apply(volume, kind);
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions(Secure: true));
        WriteXml(output);
        return output.ToString();
    }
}

[WireNames] public enum StorageVolumeType { File, Block, Dir, Network, NetDir, Ploop }

/// <summary>What a document may leave out.</summary>
[Flags]
public enum StorageVolumeParse
{
    /// <summary>The capacity has to be there.</summary>
    None = 0,
    /// <summary>It may be left out: somebody else knows it.</summary>
    NoCapacity = 1,
    /// <summary>It may be left out if a backing store tells it.</summary>
    OptionalCapacity = 2,
}

/// <summary>A device and what of it the volume takes.</summary>
[Element("device")]
public sealed partial record StorageVolumeDevice
{
    [Attr("path")] public required string Path { get; init; }
    [Child("extent")] public ValueList<StorageExtent> Extents { get; init; }
}

/// <summary>The volume on the host.</summary>
[Element("target", Block = true)]
public sealed partial record StorageVolumeTarget
{
    [Text("path", Since = "0.4.1")] public string? Path { get; init; }

    /// <summary>A word of the pool's kind (<see cref="StoragePoolKind.VolumeFormats"/>).</summary>
    [Attr("type", In = "format", Since = "0.4.1")] public string? Format { get; init; }
    [Child(Since = "0.4.1")] public StoragePermissions? Permissions { get; init; }
    [Child("timestamps", Live = true, Since = "0.10.0")] public VolumeTimestamps? Timestamps { get; init; }
    [Child("encryption")] public DiskEncryption? Encryption { get; init; }

    /// <summary>The version of qcow2, as <c>0.10</c> or <c>1.1</c>.</summary>
    [Text("compat", Since = "1.1.0")] public string? Compatibility { get; init; }

    /// <summary>No copy-on-write on btrfs; an order for making the file, never written.</summary>
    [Hook("nocow", Since = "1.2.7")] public bool? NoCopyOnWrite { get; init; }
    [Text("clusterSize", Unit = "B", Bad = "xml@xml|Invalid value '{0}' for element or attribute './target/clusterSize'")]
    public ByteSize? ClusterSize { get; init; }
    [Child(Since = "1.1.0")] public StorageVolumeFeatures? Features { get; init; }

    static void ReadNoCopyOnWrite(XmlInput x, ref bool? noCopyOnWrite) => noCopyOnWrite = true;

    static void WriteNoCopyOnWrite(XmlOutput o) { }
}

/// <summary>Features of qcow2.</summary>
[Element("features", Unknown = "unsupported|unsupported feature {0}")]
public sealed partial record StorageVolumeFeatures
{
    [Flag("lazy_refcounts")] public bool LazyRefcounts { get; init; }
    [Flag("extended_l2")] public bool ExtendedL2 { get; init; }
}

/// <summary>The image below.</summary>
[Element("backingStore")]
public sealed partial record StorageBackingStore
{
    /// <summary>Null: there is none, whatever else is said.</summary>
    [Text("path", Since = "0.6.0")] public string? Path { get; init; }
    [Attr("type", In = "format", Since = "0.6.0")] public string? Format { get; init; }
    [Child(Since = "0.6.0")] public StoragePermissions? Permissions { get; init; }
    [Child("timestamps", Live = true)] public VolumeTimestamps? Timestamps { get; init; }
}
