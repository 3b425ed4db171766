using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Model.Checkpoint;

/// <summary>
/// A moment from which a disk's changes are tracked: the <c>&lt;domaincheckpoint&gt;</c> document. Live members are read only where a checkpoint
/// is told again.
/// </summary>
[Element("domaincheckpoint", Unknown = Grammar + "Element domaincheckpoint has extra content: {0}")]
public sealed partial record CheckpointDef
{
    internal const string Grammar = "schema|Unable to validate doc against /usr/share/libvirt/schemas/domaincheckpoint.rng\n";
    internal const string Rest = "\nElement domaincheckpoint failed to validate content\n";

    /// <summary>Null: called by the second it was made in. An empty one is no name.</summary>
    [Hook("name")] public string? Name { get; init; }
    [Text("description")] public string? Description { get; init; }
    [Text("parent/name", Live = true)] public string? Parent { get; init; }

    /// <summary>In seconds since 1970.</summary>
    [Text("creationTime", Live = true, Bad = Grammar + "Extra element creationTime in interleave" + Rest)] public long? CreationTime { get; init; }

    /// <summary>Null: every disk that can.</summary>
    [Child("disks")] public CheckpointDisks? Disks { get; init; }
    [Hook("domain")] public MomentDomain? Domain { get; init; }

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="redefine">It exists and is told again.</param>
    /// <param name="positions">Where everything stood.</param>
    public static CheckpointDef Parse(string xml, bool redefine, XmlPositions? positions = null) => XmlInput.Document(xml, "domaincheckpoint",
        new XmlInputOptions("domain_checkpoint", !redefine, positions, ErrorDomain.DomainCheckpoint), ReadXml);

    /// <summary>Reads a document, checks it and fills in what it implies.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="redefine">It exists and is told again.</param>
    /// <param name="now">In seconds since 1970; null: the time is found out later.</param>
    public static CheckpointDef Define(string xml, bool redefine, long? now)
    {
        var positions = new XmlPositions();
        CheckpointDef checkpoint = Parse(xml, redefine, positions);
        CheckpointRules.Check(checkpoint, redefine).ThrowFirst(positions);
        return CheckpointDefaults.Apply(checkpoint, redefine, now);
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml(DomainFormat flags = DomainFormat.None)
    {
        var output = new XmlOutput(new XmlOutputOptions(Secure: flags.HasFlag(DomainFormat.Secure)));
        WriteXml(output);
        return output.ToString();
    }

    static void ReadName(XmlInput x, ref string? name) => name ??= x.Text() ?? "";

    void WriteName(XmlOutput o) => o.TextElement("name", Name);

    static void ReadDomain(XmlInput x, ref MomentDomain? domain) => MomentDomain.Read(x, ref domain);

    void WriteDomain(XmlOutput o) => Domain?.Write(o);
}

/// <summary>The disks that take part, or do not.</summary>
[Element("disks", OmitEmpty = true)]
public sealed partial record CheckpointDisks
{
    [Child("disk")] public ValueList<CheckpointDisk> All { get; init; }
}

/// <summary>One disk.</summary>
[Element("disk")]
public sealed partial record CheckpointDisk
{
    [Attr("name", Missing = CheckpointDef.Grammar + "Extra element disks in interleave" + CheckpointDef.Rest)] public required string Name { get; init; }
    [Attr("checkpoint", Bad = CheckpointDef.Grammar + "Extra element disks in interleave" + CheckpointDef.Rest)] public CheckpointType? Type { get; init; }

    /// <summary>The dirty bitmap's name; the checkpoint's own unless said otherwise.</summary>
    [Attr("bitmap")] public string? Bitmap { get; init; }

    /// <summary>How many bytes were written since; only where the driver was asked for it.</summary>
    [Attr("size", Live = true)] public ulong? Size { get; init; }
}

/// <summary>Whether changes are tracked, and by what.</summary>
[WireNames] public enum CheckpointType { No, Bitmap }
