using System.Text;
using System.Xml;
using System.Xml.XPath;
using Vireo.Shell.Parsing;

namespace Vireo.Shell.Text;

/// <summary>Looks into the documents that a hypervisor gives.</summary>
static class XmlQuery
{
    /// <summary>Opens a document for questions.</summary>
    public static XPathNavigator Open(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return new XPathDocument(reader, XmlSpace.Preserve).CreateNavigator();
    }

    /// <summary>The text that an expression gives, or null if it is empty.</summary>
    public static string? Text(this XPathNavigator node, string path) =>
        node.SelectSingleNode(path)?.Value is { Length: > 0 } text ? text : null;

    /// <summary>The nodes that an expression selects, each on its own line; or all in one root element.</summary>
    public static string Select(string xml, string path, bool wrap)
    {
        XPathNavigator[] nodes;
        try
        {
            nodes = Open(xml).Evaluate(path) is XPathNodeIterator found ? [.. found.Cast<XPathNavigator>().Select(node => node.Clone())] : [];
        }
        catch (XPathException failure)
        {
            throw new CommandFailure($"xpath expression '{path}' is invalid: {failure.Message}");
        }
        if (nodes.Length is 0)
            return "";
        var text = new StringBuilder();
        foreach (XPathNavigator node in nodes)
            text.Append(wrap ? "  " : "").Append(node.NodeType is XPathNodeType.Attribute ? $" {node.Name}=\"{node.Value}\"" : Outer(node)).Append('\n');
        return wrap ? $"<nodes>\n{text}</nodes>\n" : text.ToString();
    }

    static string Outer(XPathNavigator node)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment, NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(text, settings))
            node.WriteSubtree(writer);
        return text.Replace(" />", "/>").ToString();
    }
}
