using System.Text;
using System.Xml;

namespace Vireo.Hypervisor.Stores;

/// <summary>Pieces of status files as text.</summary>
static class StatusText
{
    public static XmlReaderSettings Settings { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, XmlResolver = null,
    };

    /// <summary>The children of the element that the reader is at, each as it was written, two spaces less deep.</summary>
    public static IEnumerable<(string Name, string Text)> Children(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            yield break;
        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement && !reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                string name = reader.Name;
                yield return (name, Shift(Outer(reader), -2));
            }
            else
                reader.Read();
        }
    }

    /// <summary>The children of an element, given as text.</summary>
    public static IEnumerable<(string Name, string Text)> Children(string element)
    {
        using var reader = Open(element);
        foreach (var child in Children(reader))
            yield return child;
    }

    /// <summary>An attribute of an element.</summary>
    public static string? Attribute(string element, string name)
    {
        using var reader = Open(element);
        return reader.GetAttribute(name);
    }

    /// <summary>What stands in an element.</summary>
    public static string Content(string element)
    {
        using var reader = Open(element);
        return reader.ReadElementContentAsString();
    }

    /// <summary>Two spaces deeper.</summary>
    public static string Indent(string text) => Shift(text, 2);

    /// <summary>As libvirt writes text and attributes.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>'\"") < 0)
            return text;
        return text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("'", "&apos;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);
    }

    static XmlReader Open(string element)
    {
        var reader = XmlReader.Create(new StringReader(element), Settings);
        reader.MoveToContent();
        return reader;
    }

    // Only white space between two tags is moved: newlines within a text are the user's.
    static string Shift(string text, int by)
    {
        var moved = new StringBuilder(text.Length + text.Length / 8);
        for (int i = 0; i < text.Length; i++)
        {
            moved.Append(text[i]);
            if (text[i] != '\n' || i == 0 || text[i - 1] != '>')
                continue;
            int next = i + 1;
            while (next < text.Length && text[next] == ' ')
                next++;
            if (next < text.Length && text[next] == '<')
            {
                moved.Append(' ', Math.Max(0, next - i - 1 + by));
                i = next - 1;
            }
        }
        return moved.ToString();
    }

    // As XmlReader.ReadOuterXml, in libvirt's quoting, so that what we do not know is written back as it was.
    static string Outer(XmlReader reader)
    {
        var text = new StringBuilder();
        int depth = reader.Depth;
        bool single = reader.IsEmptyElement;
        while (true)
        {
            Append(text, reader);
            bool last = single || reader.Depth == depth && reader.NodeType == XmlNodeType.EndElement;
            reader.Read();
            if (last)
                return text.ToString();
        }
    }

    static void Append(StringBuilder text, XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                bool empty = reader.IsEmptyElement;
                text.Append('<').Append(reader.Name);
                while (reader.MoveToNextAttribute())
                    text.Append(' ').Append(reader.Name).Append("='").Append(EscapeAttribute(reader.Value)).Append('\'');
                reader.MoveToElement();
                text.Append(empty ? "/>" : ">");
                break;
            case XmlNodeType.EndElement:
                text.Append("</").Append(reader.Name).Append('>');
                break;
            case XmlNodeType.CDATA:
                text.Append("<![CDATA[").Append(reader.Value).Append("]]>");
                break;
            case XmlNodeType.ProcessingInstruction:
                text.Append("<?").Append(reader.Name).Append(' ').Append(reader.Value).Append("?>");
                break;
            default:
                text.Append(Escape(reader.Value));
                break;
        }
    }

    static string EscapeAttribute(string value) =>
        Escape(value).Replace("\n", "&#10;", StringComparison.Ordinal).Replace("\t", "&#9;", StringComparison.Ordinal)
            .Replace("\r", "&#13;", StringComparison.Ordinal);
}
