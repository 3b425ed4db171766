using System.Text;
using System.Xml;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

/// <summary>What other programs keep in a definition's <c>&lt;metadata&gt;</c>: one element for each namespace.</summary>
public static class DomainMetadataText
{
    /// <summary>The element of a namespace in libvirt's layout and without that namespace, as it was given; null for none.</summary>
    public static string? Find(XmlFragment? metadata, string? uri) => Children(metadata).Find(child => child.Namespace == uri) is { } found
        ? XmlFragment.Parse(WithoutNamespace(found.Text, uri)).ToLayout()
        : null;

    /// <summary>The metadata with the element of a namespace replaced, added or, for null, removed.</summary>
    /// <param name="metadata">What is there; null for nothing.</param>
    /// <param name="value">The element that is to be there.</param>
    /// <param name="key">The prefix for its namespace if it brings none.</param>
    /// <param name="uri">Its namespace.</param>
    /// <exception cref="Vireo.Core.Errors.VireoException">XmlDetail for an element that is malformed.</exception>
    public static XmlFragment? Replace(XmlFragment? metadata, string? value, string? key, string? uri)
    {
        var kept = Children(metadata).Where(c => c.Namespace != uri).Select(c => c.Text).ToList();
        if (value is not null) kept.Add(WithNamespace(value, key, uri));
        return kept.Count == 0 ? null : XmlFragment.Parse($"<metadata>{string.Concat(kept)}</metadata>");
    }

    // The caller's element and all below it get the namespace that it is to be found by.
    static string WithNamespace(string value, string? key, string? uri)
    {
        XmlFragment given = XmlFragment.Parse(value);       // refuses what is malformed, in libvirt's way
        return given.Namespace == uri ? given.Text
            : Rewritten(given.Text, (writer, element) =>
            {
                writer.WriteStartElement(key, element.LocalName, uri);
                if (element.Depth is 0 && key is not null)
                    writer.WriteAttributeString("xmlns", key, null, uri);       // before all other attributes
            }, static _ => false);
    }

    // What was written into the namespace is shown as its owner wrote it.
    static string WithoutNamespace(string text, string? uri) => Rewritten(text, (writer, element) =>
    {
        if (element.NamespaceURI == uri)
            writer.WriteStartElement(element.LocalName);
        else
            writer.WriteStartElement(element.Prefix, element.LocalName, element.NamespaceURI);
    }, attribute => attribute.NamespaceURI == Declarations && attribute.Value == uri);

    const string Declarations = "http://www.w3.org/2000/xmlns/";

    /// <summary>An element with others' start tags, and without some attributes.</summary>
    static string Rewritten(string text, Action<XmlWriter, XmlReader> start, Func<XmlReader, bool> skipped)
    {
        var made = new StringBuilder();
        using XmlReader reader = XmlReader.Create(new StringReader(text), Settings);
        using (XmlWriter writer = XmlWriter.Create(made, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            while (reader.Read())
            {
                if (reader.NodeType is not XmlNodeType.Element)
                {
                    if (reader.NodeType is XmlNodeType.EndElement)
                        writer.WriteEndElement();
                    else
                        writer.WriteNodeShallow(reader);
                    continue;
                }
                bool empty = reader.IsEmptyElement;
                start(writer, reader);
                for (bool more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
                    if (!skipped(reader))
                        writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);
                if (empty)
                    writer.WriteEndElement();
            }
        }
        return made.ToString();
    }

    static void WriteNodeShallow(this XmlWriter writer, XmlReader node)
    {
        switch (node.NodeType)
        {
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                writer.WriteString(node.Value);
                break;
            case XmlNodeType.Comment:
                writer.WriteComment(node.Value);
                break;
        }
    }

    static List<XmlFragment> Children(XmlFragment? metadata)
    {
        var found = new List<XmlFragment>();
        if (metadata is null) return found;
        using var reader = XmlReader.Create(new StringReader(metadata.Text), Settings);
        reader.MoveToContent();
        if (reader.IsEmptyElement) return found;
        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element) found.Add(new XmlFragment(reader.Name, reader.NamespaceURI, reader.ReadOuterXml()));
            else reader.Read();
        }
        return found;
    }

    static XmlReaderSettings Settings => new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
}
