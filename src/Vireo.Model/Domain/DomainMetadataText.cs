using System.Text;
using System.Xml;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

/// <summary>What other programs keep in a definition's <c>&lt;metadata&gt;</c>: one element for each namespace.</summary>
public static class DomainMetadataText
{
    /// <summary>The element of a namespace, or null.</summary>
    public static string? Find(XmlFragment? metadata, string? uri) => Children(metadata).Find(child => child.Namespace == uri)?.Text;

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

    // The caller's element gets the namespace it is to be found by.
    static string WithNamespace(string value, string? key, string? uri)
    {
        _ = XmlFragment.Parse(value);       // refuses what is malformed, in libvirt's way
        using var reader = XmlReader.Create(new StringReader(value), Settings);
        reader.MoveToContent();
        if (reader.NamespaceURI == uri) return reader.ReadOuterXml();
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement(key, reader.LocalName, uri);
            writer.WriteAttributes(reader, defattr: false);
            bool empty = reader.IsEmptyElement;
            if (!empty)
            {
                reader.Read();
                while (reader.NodeType != XmlNodeType.EndElement) writer.WriteNode(reader, defattr: false);
            }
            writer.WriteEndElement();
        }
        return text.ToString();
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
