using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain;

namespace Vireo.Model.Snapshot;

/// <summary>
/// A machine at a moment: the <c>&lt;domainsnapshot&gt;</c> document. Live members are read only where a snapshot is told again
/// (<see cref="SnapshotParse.Redefine"/>); of a new one libvirt finds them out itself.
/// </summary>
[Element("domainsnapshot")]
public sealed partial record SnapshotDef
{
    /// <summary>Null: called by the second it was made in.</summary>
    [Text("name")] public string? Name { get; init; }
    [Text("description")] public string? Description { get; init; }
    [Text("state", Live = true, Bad = "unsupported|Invalid state '{0}' in domain snapshot XML")] public SnapshotState? State { get; init; }
    [Text("parent/name", Live = true)] public string? Parent { get; init; }

    /// <summary>In seconds since 1970.</summary>
    [Text("creationTime", Live = true, Bad = "internal|missing creationTime from existing snapshot")] public long? CreationTime { get; init; }
    [Child(Since = "1.0.1")] public SnapshotMemory? Memory { get; init; }
    [Child("disk", In = "disks", Since = "0.9.5")] public ValueList<SnapshotDisk> Disks { get; init; }
    [Hook("domain", Since = "0.9.5")] public MomentDomain? Domain { get; init; }

    /// <summary>What the machine was to be after its next start, if that differed.</summary>
    [Hook("inactiveDomain")] public DomainDef? InactiveDomain { get; init; }

    /// <summary>What the hypervisor's driver has to remember, kept as it is.</summary>
    [Hook("cookie")] public XmlFragment? Cookie { get; init; }

    /// <summary>In libvirt's own files: whether it is the current one.</summary>
    [Hook("active")] public bool? Active { get; init; }

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    public static SnapshotDef Parse(string xml, SnapshotParse flags = SnapshotParse.None, XmlPositions? positions = null, string? root = "domainsnapshot") => XmlInput.Document(xml, root,
        new XmlInputOptions("domain_snapshot", !flags.HasFlag(SnapshotParse.Redefine), positions, ErrorDomain.DomainSnapshot), ReadXml);

    /// <summary>Reads a document, checks it and fills in what it implies.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="flags">How.</param>
    /// <param name="now">In seconds since 1970; null: the time is found out later.</param>
    /// <param name="root">What the document's element is called; null: whatever it is called.</param>
    public static SnapshotDef Define(string xml, SnapshotParse flags, long? now, string? root = "domainsnapshot")
    {
        var positions = new XmlPositions();
        SnapshotDef snapshot = Parse(xml, flags, positions, root);
        SnapshotRules.Check(snapshot, flags).ThrowFirst(positions);
        return SnapshotDefaults.Apply(snapshot, flags, now);
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml(DomainFormat flags = DomainFormat.None)
    {
        var output = new XmlOutput(new XmlOutputOptions(Secure: flags.HasFlag(DomainFormat.Secure)));
        WriteXml(output);
        return output.ToString();
    }

    static void ReadDomain(XmlInput x, ref MomentDomain? domain) => MomentDomain.Read(x, ref domain);

    void WriteDomain(XmlOutput o) => Domain?.Write(o);

    static void ReadInactiveDomain(XmlInput x, ref DomainDef? domain) =>
        domain ??= x.Inactive ? null : x.Inner(ErrorDomain.Domain, inactive: true, DomainDef.ReadXml);

    void WriteInactiveDomain(XmlOutput o) => InactiveDomain?.WriteXml(o, "inactiveDomain");

    static void ReadCookie(XmlInput x, ref XmlFragment? cookie) => cookie ??= x.Inactive ? null : x.Fragment();

    void WriteCookie(XmlOutput o)
    {
        if (Cookie is not null)
            o.Foreign(Cookie);
    }

    static void ReadActive(XmlInput x, ref bool? active) => MomentDomain.ReadActive(x, ref active);

    void WriteActive(XmlOutput o) => MomentDomain.WriteActive(o, Active);
}

/// <summary>What the machine did at the moment.</summary>
[WireNames]
public enum SnapshotState
{
    Running, Blocked, Paused, Shutdown, Shutoff, Crashed, PmSuspended, [Wire("disk-snapshot")] DiskSnapshot,
}

/// <summary>How a document is read.</summary>
[Flags]
public enum SnapshotParse
{
    /// <summary>A new one.</summary>
    None = 0,
    /// <summary>One that exists and is told again.</summary>
    Redefine = 1,
    /// <summary>From libvirt's own files, which say which one is current.</summary>
    Internal = 2,
    /// <summary>The machine does not run, or its memory is not wanted.</summary>
    Offline = 4,
}

/// <summary>Where the memory is kept.</summary>
[Element("memory")]
public sealed partial record SnapshotMemory
{
    [Attr("snapshot")] public SnapshotLocation? Location { get; init; }
    [Attr("file")] public string? File { get; init; }
}

/// <summary>Where something is kept: nowhere, in the image, beside it, or its owner sees to it.</summary>
[WireNames] public enum SnapshotLocation { No, Internal, External, Manual }
