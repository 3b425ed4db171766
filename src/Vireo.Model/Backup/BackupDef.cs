using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Backup;

/// <summary>
/// A backup of a running machine's disks: the <c>&lt;domainbackup&gt;</c> document. Live members are in libvirt's own files only.
/// </summary>
[Element("domainbackup", Unknown = Grammar + "Element domainbackup has extra content: {0}\n")]
public sealed partial record BackupDef
{
    internal const string Grammar = "schema|Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\n";
    internal const string BadDisks = Grammar + "Extra element disks in interleave\nElement domainbackup failed to validate content\n";
    internal const string BadServer = Grammar + "Extra element server in interleave\nElement domainbackup failed to validate content\n";

    /// <summary>Null: push.</summary>
    [Attr("mode", Bad = Grammar + "Invalid attribute mode for element domainbackup\n")] public BackupMode? Mode { get; init; }

    /// <summary>The checkpoint since which changes are wanted; null: everything is.</summary>
    [Text("incremental")] public string? Incremental { get; init; }
    [Child] public BackupServer? Server { get; init; }

    /// <summary>Null: every disk.</summary>
    [Child("disks")] public BackupDisks? Disks { get; init; }

    /// <summary>What the hypervisor's driver has to remember, kept as it is.</summary>
    [Hook("privateData")] public XmlFragment? PrivateData { get; init; }

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="own">It comes from libvirt's own files.</param>
    /// <param name="positions">Where everything stood.</param>
    public static BackupDef Parse(string xml, bool own = false, XmlPositions? positions = null) =>
        XmlInput.Document(xml, "domainbackup", new XmlInputOptions("domain_backup", !own, positions, ErrorDomain.Domain), ReadXml);

    /// <summary>Reads a document and checks it.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="own">It comes from libvirt's own files.</param>
    public static BackupDef Define(string xml, bool own = false)
    {
        var positions = new XmlPositions();
        BackupDef backup = Parse(xml, own, positions);
        BackupRules.Check(backup).ThrowFirst(positions);
        return backup;
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }

    static void ReadPrivateData(XmlInput x, ref XmlFragment? data)
    {
        if (x.Inactive)
            x.Unknown(Grammar + "Element domainbackup has extra content: {0}\n");
        data ??= x.Fragment();
    }

    void WritePrivateData(XmlOutput o)
    {
        if (PrivateData is not null)
            o.Foreign(PrivateData);
    }
}

/// <summary>Whether the hypervisor writes the backup, or offers it to be read.</summary>
[WireNames] public enum BackupMode { Push, Pull }

/// <summary>Where a backup is offered, over NBD.</summary>
[Element("server")]
public sealed partial record BackupServer
{
    [Attr("transport", Bad = BackupDef.BadServer)] public BackupTransport? Transport { get; init; }
    [Attr("tls", Bad = BackupDef.BadServer)] public bool? Tls { get; init; }
    [Attr("name")] public string? Name { get; init; }
    [Attr("port", Bad = BackupDef.BadServer)] public uint? Port { get; init; }
    [Attr("socket")] public string? Socket { get; init; }
}

[WireNames] public enum BackupTransport { Tcp, Unix }

/// <summary>The disks that take part, or do not.</summary>
[Element("disks", OmitEmpty = true)]
public sealed partial record BackupDisks
{
    [Child("disk")] public ValueList<BackupDisk> All { get; init; }
}

/// <summary>One disk.</summary>
[Element("disk", Unknown = BackupDef.BadDisks)]
public sealed partial record BackupDisk
{
    [Attr("name", Missing = BackupDef.BadDisks)] public required string Name { get; init; }

    /// <summary>Null: it takes part, as it is listed.</summary>
    [Attr("backup", Bad = BackupDef.BadDisks)] public bool? Takes { get; init; }
    [Attr("state", Live = true)] public BackupDiskState? State { get; init; }

    /// <summary>Of what type the store is; null: a file.</summary>
    [Attr("type", Bad = BackupDef.BadDisks)] public BackupStoreType? Type { get; init; }
    [Attr("backupmode", Bad = BackupDef.BadDisks)] public BackupExtent? Extent { get; init; }
    [Attr("incremental")] public string? Incremental { get; init; }

    /// <summary>What it is called when it is offered.</summary>
    [Attr("exportname")] public string? ExportName { get; init; }

    /// <summary>What the map of changes is called when it is offered.</summary>
    [Attr("exportbitmap")] public string? ExportBitmap { get; init; }
    [Attr("index", Live = true)] public uint? Index { get; init; }
    [Attr("type", In = "driver", Bad = BackupDef.BadDisks, Missing = BackupDef.BadDisks)] public StorageFormat? Format { get; init; }
    [Hook("target|scratch")] public BackupStore? Store { get; init; }

    static void ReadStore(XmlInput x, ref BackupStore? store) =>
        store ??= new BackupStore(x.Name == "scratch", DiskSource.ReadXml(x, x.Attribute("dev") is null ? "file" : "block"));

    void WriteStore(XmlOutput o) => Store?.Source.WriteXml(o, Store.IsScratch ? "scratch" : "target");
}

/// <summary>How far a disk is.</summary>
[WireNames] public enum BackupDiskState { None, Running, Complete, Failed, Cancelling, Cancelled }

[WireNames] public enum BackupStoreType { File, Block }

/// <summary>Everything, or what changed since a checkpoint.</summary>
[WireNames] public enum BackupExtent { Full, Incremental }

/// <summary>Where a disk's backup goes, or what is overwritten while it is read.</summary>
/// <param name="IsScratch">It keeps what is overwritten while the backup is read, and is thrown away.</param>
/// <param name="Source">The file or device.</param>
public sealed record BackupStore(bool IsScratch, DiskSource Source);
