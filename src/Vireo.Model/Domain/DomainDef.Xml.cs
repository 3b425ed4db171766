using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

public sealed partial record DomainDef
{
    const string Schemas = "http://libvirt.org/schemas/domain/";

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    public static DomainDef Parse(string xml, DomainParse flags = DomainParse.Inactive) => Parse(xml, flags, null);

    /// <summary>As the other, and tells <paramref name="positions"/> where everything stood.</summary>
    public static DomainDef Parse(string xml, DomainParse flags, XmlPositions? positions)
    {
        var options = new XmlInputOptions("domain_definition", flags.HasFlag(DomainParse.Inactive), positions, Status: flags.HasFlag(DomainParse.Status));
        DomainDef machine = XmlInput.Document(xml, "domain", options, ReadXml);
        return machine.Os.Arch is not { } arch || OsDef.Architectures.Contains(arch) ? machine
            : throw XmlInput.At(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, $"Unknown architecture {arch}", positions?.Find(machine.Os));
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml(DomainFormat flags = DomainFormat.Inactive)
    {
        var output = new XmlOutput(new XmlOutputOptions(flags.HasFlag(DomainFormat.Inactive), flags.HasFlag(DomainFormat.Secure),
            Status: flags.HasFlag(DomainFormat.Status)));
        WriteXml(output);
        return output.ToString();
    }

    static void ReadGenerationId(XmlInput x, ref GenerationId? id) => id ??= new GenerationId(x.Uuid(XmlInput.NonEmpty(x.Text()), null));

    void WriteGenerationId(XmlOutput o)
    {
        if (GenerationId is { Value: null })
            o.Empty("genid");
        else
            o.TextElement("genid", GenerationId?.Value.ToString());
    }

    static void ReadForeign(XmlInput x, ref ValueListBuilder<XmlFragment> foreign)
    {
        if (x.IsForeign && x.Namespace.StartsWith(Schemas, StringComparison.Ordinal))
            foreign.Add(x.Fragment());
    }

    void WriteForeignAttributes(XmlOutput o)
    {
        string? before = null;
        foreach (XmlFragment fragment in Foreign)
            if (fragment.Namespace != before)
                o.Attribute($"xmlns:{fragment.Name.Split(':')[0]}", before = fragment.Namespace);
    }

    void WriteForeign(XmlOutput o)
    {
        foreach (XmlFragment fragment in Foreign)
            o.Foreign(fragment);
    }
}
