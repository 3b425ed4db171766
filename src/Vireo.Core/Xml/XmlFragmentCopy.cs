using System.Globalization;
using System.Text;
using System.Xml;

namespace Vireo.Core.Xml;

/// <summary>
/// Copies an element so that it can stand alone: a namespace that is declared around it is declared on the element itself if something in it uses the
/// prefix, as libxml2 does it.
/// </summary>
sealed class XmlFragmentCopy(StringBuilder text, XmlTextWriter copy)
{
    readonly List<(int Depth, string Prefix)> declared = [];
    readonly StringBuilder missing = new();
    int attributesEnd;

    /// <summary>The element that <paramref name="reader"/> stands on, without the nodes that <paramref name="skip"/> names.</summary>
    /// <exception cref="XmlException">It is malformed, or nested too deep.</exception>
    public static string Of(XmlReader reader, Func<XmlReader, bool> skip)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var copy = new XmlTextWriter(text) { Namespaces = false };
        var made = new XmlFragmentCopy(text.GetStringBuilder(), copy);
        int root = reader.Depth;
        made.Begin(reader);
        bool more = !reader.IsEmptyElement && reader.Read();
        while (more)
        {
            if (skip(reader))
            {
                if (reader.NodeType == XmlNodeType.Element)
                    reader.Skip();
                else
                    more = reader.Read();
                continue;
            }
            made.Node(reader);
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == root)
                break;
            more = reader.Read();
        }
        copy.Flush();
        return text.GetStringBuilder().Insert(made.attributesEnd, made.missing).ToString();
    }

    void Begin(XmlReader node)
    {
        if (node.Depth >= XmlInput.DepthLimit)
            throw new XmlException($"elements are nested more than {XmlInput.DepthLimit} deep");
        bool root = attributesEnd == 0;
        declared.RemoveAll(one => one.Depth >= node.Depth);
        copy.WriteStartElement(node.Name);
        for (bool more = node.MoveToFirstAttribute(); more; more = node.MoveToNextAttribute())
        {
            copy.WriteAttributeString(node.Name, node.Value);
            if (node.NamespaceURI == Declarations)
                declared.Add((node.Depth - 1, node.Prefix.Length == 0 ? "" : node.LocalName));
        }
        node.MoveToElement();
        copy.Flush();
        if (root)
            attributesEnd = text.Length;
        Use(node.Prefix, node.NamespaceURI);
        for (bool more = node.MoveToFirstAttribute(); more; more = node.MoveToNextAttribute())
            if (node.Prefix.Length > 0 && node.NamespaceURI != Declarations)
                Use(node.Prefix, node.NamespaceURI);
        node.MoveToElement();
        if (node.IsEmptyElement)
            copy.WriteEndElement();
    }

    const string Declarations = "http://www.w3.org/2000/xmlns/";

    void Use(string prefix, string space)
    {
        if (space.Length == 0 || prefix == "xml" || declared.Exists(one => one.Prefix == prefix))
            return;
        declared.Add((-1, prefix));
        missing.Append(prefix.Length == 0 ? " xmlns=\"" : $" xmlns:{prefix}=\"").Append(System.Security.SecurityElement.Escape(space)).Append('"');
    }

    void Node(XmlReader node)
    {
        switch (node.NodeType)
        {
            case XmlNodeType.Element:
                Begin(node);
                break;
            case XmlNodeType.EndElement:
                copy.WriteFullEndElement();
                break;
            case XmlNodeType.Text:
                copy.WriteString(node.Value);
                break;
            case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                copy.WriteWhitespace(node.Value);
                break;
            case XmlNodeType.CDATA:
                copy.WriteCData(node.Value);
                break;
            case XmlNodeType.Comment:
                copy.WriteComment(node.Value);
                break;
        }
    }
}
