using System.Xml;

namespace Vireo.Core.Xml;

/// <summary>A piece of a document kept as it is: metadata, elements of foreign namespaces.</summary>
/// <param name="Name">The element's name with its prefix.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Text">The element without layout, with every namespace declaration it needs.</param>
public sealed record XmlFragment(string Name, string Namespace, string Text)
{
    /// <summary>Reads one element of any name.</summary>
    public static XmlFragment Parse(string xml, string what = "metadata_xml")
    {
        using XmlInput input = XmlInput.Open(xml, null, new XmlInputOptions(what));
        XmlFragment fragment = input.Fragment();
        input.Finish();
        return fragment;
    }

    /// <summary>Without children of no namespace and without all but the first of each namespace, as libvirt keeps metadata.</summary>
    public XmlFragment OnePerNamespace() => XmlFragmentText.OnePerNamespace(Text) is { } text && text != Text ? this with { Text = text } : this;

    /// <summary>The element by itself in libxml2's layout: two blanks of indent for each level, and no new line at its end.</summary>
    public string ToLayout()
    {
        var text = new XmlBuffer();
        XmlFragmentText.Write(text, Text, 0, '"', null);
        return text.ToString();
    }

    /// <summary>Opens the piece to read it.</summary>
    public XmlInput Open(string what) => XmlInput.Open(Text, null, new XmlInputOptions(what));
}

/// <summary>Copies elements out of documents and lays them out anew, as libxml2 does.</summary>
static class XmlFragmentText
{
    static readonly XmlReaderSettings Fragments = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, ConformanceLevel = ConformanceLevel.Fragment, MaxCharactersInDocument = XmlInput.SizeLimit,
    };

    /// <summary>The element that <paramref name="reader"/> stands on, which is then at its end.</summary>
    internal static string Copy(XmlReader reader, Action<Action> guard)
    {
        string text = "";
        guard(() => text = XmlFragmentCopy.Of(reader, static _ => false));
        return text;
    }

    /// <summary>
    /// Writes the element with two blanks of indent for each level, from <paramref name="level"/> on; an element with text stays on one line.
    /// <paramref name="hide"/> is a namespace that the surroundings declare.
    /// </summary>
    internal static void Write(XmlBuffer output, string text, int level, char quote, string? hide)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(text), Fragments);
        reader.Read();
        Write(output, Load(reader), level, quote, hide, pretty: true);
    }

    internal static string OnePerNamespace(string text)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(text), Fragments);
        reader.Read();
        if (reader.IsEmptyElement)
            return text;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return XmlFragmentCopy.Of(reader, node => node.Depth == 1 && node.NodeType switch
        {
            XmlNodeType.Element => node.NamespaceURI.Length == 0 || !seen.Add(node.NamespaceURI),
            XmlNodeType.EndElement or XmlNodeType.Comment => false,
            _ => true,
        });
    }

    sealed class Node(XmlNodeType type, string text)
    {
        public XmlNodeType Type { get; } = type;
        public string Text { get; } = text;
        public List<(string Name, string Value)> Attributes { get; } = [];
        public List<Node> Children { get; } = [];
    }

    static Node Load(XmlReader reader)
    {
        var node = new Node(reader.NodeType, reader.NodeType == XmlNodeType.Element ? reader.Name : reader.Value);
        if (reader.NodeType != XmlNodeType.Element)
            return node;
        for (bool more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            node.Attributes.Add((reader.Name, reader.Value));
        reader.MoveToElement();
        if (!reader.IsEmptyElement)
            while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
                if (reader.NodeType is not (XmlNodeType.Whitespace or XmlNodeType.ProcessingInstruction))
                    node.Children.Add(Load(reader));
        return node;
    }

    static void Write(XmlBuffer output, Node node, int level, char quote, string? hide, bool pretty)
    {
        switch (node.Type)
        {
            case XmlNodeType.Comment:
                output.Raw("<!--");
                output.Raw(node.Text);
                output.Raw("-->");
                return;
            case not XmlNodeType.Element:
                output.Escaped(node.Text, XmlEscape.Text);
                return;
        }
        output.Raw('<');
        output.Raw(node.Text);
        foreach ((string name, string value) in node.Attributes)
        {
            if (value == hide && name.StartsWith("xmlns", StringComparison.Ordinal))
                continue;
            output.Raw(' ');
            output.Raw(name);
            output.Raw('=');
            output.Raw(quote);
            output.Escaped(value, quote == '"' ? XmlEscape.DoubleQuoted : XmlEscape.All);
            output.Raw(quote);
        }
        if (node.Children.Count == 0)
        {
            output.Raw("/>");
            return;
        }
        output.Raw('>');
        bool lines = pretty && node.Children.TrueForAll(child => child.Type is XmlNodeType.Element or XmlNodeType.Comment);
        foreach (Node child in node.Children)
        {
            if (lines)
                output.Line(level + 1);
            Write(output, child, level + 1, quote, hide, lines);
        }
        if (lines)
            output.Line(level);
        output.Raw("</");
        output.Raw(node.Text);
        output.Raw('>');
    }
}
