using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Drivers.Qemu.Status;

/// <summary>What the driver remembers about an image while a machine uses it; a status file has it inside the image's source.</summary>
[Element("privateData", OmitEmpty = true)]
public sealed partial record SourcePrivateData
{
    [Child("nodename", In = "nodenames")] public ValueList<SourceNode> Nodes { get; init; }

    /// <summary>The alias of the helper for persistent reservations.</summary>
    [Attr("mgralias", In = "reservations")] public string? ReservationsAlias { get; init; }

    /// <summary>The image's name as the image above it says it.</summary>
    [Text("relPath")] public string? RelativePath { get; init; }
    [Child("secret", In = "objects")] public ValueList<SourceSecret> Secrets { get; init; }

    /// <summary>The alias of its TLS credentials.</summary>
    [Attr("alias", In = "objects/TLSx509")] public string? TlsAlias { get; init; }

    /// <summary>The event of a write threshold names the image by its index.</summary>
    [Attr("indexUsed", In = "thresholdEvent")] public bool? ThresholdByIndex { get; init; }

    /// <summary>Of what a status file holds.</summary>
    public static SourcePrivateData Of(XmlFragment? kept)
    {
        if (kept is null)
            return new SourcePrivateData();
        using XmlInput input = kept.Open("domain_status");
        return ReadXml(input);
    }

    /// <summary>As a status file holds it; null if there is nothing to remember.</summary>
    public XmlFragment? ToFragment()
    {
        if (this == new SourcePrivateData())
            return null;
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return XmlFragment.Parse(output.ToString(), "domain_status");
    }

    /// <summary>The alias of the secret of a kind.</summary>
    public string? Secret(SourceSecretKind kind)
    {
        foreach (SourceSecret secret in Secrets)
            if (secret.Kind == kind)
                return secret.Alias;
        return null;
    }

    /// <summary>With a secret of a kind, unless there is one.</summary>
    public SourcePrivateData WithSecret(SourceSecretKind kind, string alias) => Secret(kind) is not null ? this : this with
    {
        Secrets = Secrets.Add(new SourceSecret { Kind = kind, Alias = alias }).OrderBy(static s => s.Kind).ToValueList(),
    };

    /// <summary>With a block node of a kind, unless there is one.</summary>
    public SourcePrivateData WithNode(SourceNodeKind kind, string name)
    {
        foreach (SourceNode node in Nodes)
            if (node.Kind == kind)
                return this;
        return this with { Nodes = Nodes.Add(new SourceNode { Kind = kind, Name = name }).OrderBy(static n => n.Kind).ToValueList() };
    }
}

/// <summary>A block node of the emulator's.</summary>
[Element("nodename")]
public sealed partial record SourceNode
{
    [Attr("type")] public required SourceNodeKind Kind { get; init; }
    [Attr("name")] public required string Name { get; init; }
}

/// <summary>What a block node does for the image, in the order they are written.</summary>
[WireNames] public enum SourceNodeKind { Storage, Format, [Wire("slice-storage")] SliceStorage }

/// <summary>A secret object of the emulator's.</summary>
[Element("secret")]
public sealed partial record SourceSecret
{
    [Attr("type")] public required SourceSecretKind Kind { get; init; }
    [Attr("alias")] public required string Alias { get; init; }
}

/// <summary>What a secret is for, in the order they are written.</summary>
[WireNames] public enum SourceSecretKind { Auth, Encryption, HttpCookie, TlsKey }
