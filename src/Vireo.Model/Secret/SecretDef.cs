using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Secret;

/// <summary>A secret without its value: the <c>&lt;secret&gt;</c> document.</summary>
[Element("secret")]
public sealed partial record SecretDef
{
    /// <summary>Kept in memory only.</summary>
    [Attr("ephemeral", Bad = "xml|invalid value of 'ephemeral'")] public bool? Ephemeral { get; init; }

    /// <summary>The value is never given to a client.</summary>
    [Attr("private", Bad = "xml|invalid value of 'private'")] public bool? Private { get; init; }
    [Text("uuid")] public Uuid? Uuid { get; init; }
    [Text("description")] public string? Description { get; init; }

    /// <summary>What it opens; null: nothing in particular.</summary>
    [Child("usage")] public SecretUsage? Usage { get; init; }

    /// <summary>Reads a document as it was written.</summary>
    public static SecretDef Parse(string xml, XmlPositions? positions = null) =>
        XmlInput.Document(xml, "secret", new XmlInputOptions("definition_of_secret", Positions: positions, From: ErrorDomain.Secret), ReadXml);

    /// <summary>Reads and completes a document; the uuid is the driver's.</summary>
    public static SecretDef Define(string xml)
    {
        SecretDef secret = Parse(xml);
        return secret with { Ephemeral = secret.Ephemeral ?? false, Private = secret.Private ?? false, Usage = secret.Usage is SecretUsage.OfNone ? null : secret.Usage };
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

/// <summary>What a secret opens, and the word it is found by.</summary>
[Union(Bad = "unsupported|unknown secret usage type {0}", Missing = "xml|unknown secret usage type")]
public abstract partial record SecretUsage
{
    /// <summary>Nothing in particular.</summary>
    [Case("none")]
    public sealed partial record OfNone : SecretUsage;

    /// <summary>An encrypted volume, by its path.</summary>
    [Case("volume")]
    public sealed partial record OfVolume : SecretUsage
    {
        [Text("volume", Missing = "internal|volume usage specified, but volume path is missing")] public required string Path { get; init; }
    }

    /// <summary>A Ceph server.</summary>
    [Case("ceph")]
    public sealed partial record OfCeph : SecretUsage
    {
        [Text("name", Missing = "internal|Ceph usage specified, but name is missing")] public required string Name { get; init; }
    }

    /// <summary>An iSCSI target.</summary>
    [Case("iscsi")]
    public sealed partial record OfIscsi : SecretUsage
    {
        [Text("target", Missing = "internal|iSCSI usage specified, but target is missing")] public required string Target { get; init; }
    }

    /// <summary>A TLS key.</summary>
    [Case("tls")]
    public sealed partial record OfTls : SecretUsage
    {
        [Text("name", Missing = "internal|TLS usage specified, but name is missing")] public required string Name { get; init; }
    }

    /// <summary>The state of an emulated TPM.</summary>
    [Case("vtpm")]
    public sealed partial record OfVtpm : SecretUsage
    {
        [Text("name", Missing = "internal|vTPM usage specified, but name is missing")] public required string Name { get; init; }
    }
}
