using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Core.Xml.Schema;

namespace Vireo.Model.Documents;

/// <summary>One of libvirt's kinds of documents.</summary>
/// <param name="Name">What its schema is called, as libvirt's file is: <c>domainsnapshot</c>.</param>
/// <param name="Summary">What it describes, in a few words.</param>
/// <param name="Roots">The elements that it may consist of.</param>
public sealed record DocumentKind(string Name, string Summary, params ChildShape[] Roots)
{
    /// <summary>A kind with one root.</summary>
    public DocumentKind(string name, string summary, string root, Func<Shape> of) : this(name, summary, new ChildShape(root, of, 1, 1)) { }

    /// <summary>Its roots are other documents' too, so that one has to say that a document is of this kind.</summary>
    public bool IsPart { get; init; }

    /// <summary>Elements that are passed over wherever they stand: what only drivers read in libvirt's own files.</summary>
    public IReadOnlyCollection<string> Ignored { get; init; } = [];

    /// <summary>What may stand in the root of this name; null: it is no root of this kind.</summary>
    public Shape? Find(string root) => Array.Find(Roots, one => one.Name == root)?.Shape;

    /// <summary>Its RELAX NG schema.</summary>
    public string ToRelaxNg() => RelaxNg.Of(Roots);

    /// <summary>Everything that is wrong with a document of this kind.</summary>
    public IReadOnlyList<XmlFinding> Check(string xml) => SchemaCheck.Run(new StringReader(xml), Find, Ignored);

    /// <summary>Refuses a document that is not valid, with what is wrong first and where; one that is not XML or begins otherwise is left to whoever reads it.</summary>
    /// <exception cref="VireoException">VIR_ERR_XML_INVALID_SCHEMA.</exception>
    public void Validate(string xml)
    {
        if (Check(xml) is [{ Kind: not (XmlFindingKind.Malformed or XmlFindingKind.UnknownDocument) } first, ..])
            throw XmlInput.At(ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, first.Sentence, new XmlPosition(first.Line, first.Column, first.Path));
    }
}
