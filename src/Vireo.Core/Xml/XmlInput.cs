using System.Text;
using System.Xml;
using Vireo.Core.Errors;

namespace Vireo.Core.Xml;

/// <summary>How a document is to be read.</summary>
/// <param name="What">What it is called in messages about malformed XML, as in <c>(domain_definition)</c>.</param>
/// <param name="Inactive">Members that only a running machine has are dropped.</param>
/// <param name="Positions">Where elements stood, if somebody wants to know.</param>
/// <param name="From">The part of libvirt that complains about this document.</param>
/// <param name="Subject">The name of what the document describes, for messages that say it; null: the text of the root's <c>name</c>.</param>
/// <param name="Status">It is of a status file, which has more than a definition.</param>
/// <param name="IsFile">It is called as a file is: <c>/node.xml:1: ...</c> instead of <c>(domain_definition):1: ...</c>.</param>
public sealed record XmlInputOptions(
    string What, bool Inactive = false, XmlPositions? Positions = null, ErrorDomain From = ErrorDomain.Domain, string? Subject = null,
    bool Status = false, bool IsFile = false)
{
    /// <summary>What a message about the document as such begins with.</summary>
    internal string Title => IsFile ? What : $"({What})";
}

/// <summary>
/// A document read forward, element by element, without a tree. A reader of an element calls <see cref="Enter"/>, looks at the attributes, and goes
/// through the children with <see cref="NextChild(int)"/>; children that nobody reads are skipped. Every error says line, column and path.
/// </summary>
public sealed partial class XmlInput : IDisposable
{
    /// <summary>The longest document, in characters.</summary>
    public const int SizeLimit = 16 * 1024 * 1024;

    /// <summary>The deepest nesting.</summary>
    public const int DepthLimit = 256;

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = false,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = SizeLimit,
        CloseInput = true,
    };

    readonly XmlReader reader;
    readonly IXmlLineInfo lines;
    XmlInputOptions options;
    (string Name, int Line, int Column)[] path = new (string, int, int)[8];

    XmlInput(XmlReader reader, XmlInputOptions options)
    {
        this.reader = reader;
        this.options = options;
        lines = (IXmlLineInfo)reader;
    }

    /// <summary>Opens a document and stands on its root, which must be called <paramref name="root"/> unless that is null.</summary>
    public static XmlInput Open(string xml, string? root, XmlInputOptions options)
    {
        if (xml.Length > SizeLimit)
            throw new VireoException(ErrorCode.XmlDetail, options.From, $"{options.Title}:1: document of more than {SizeLimit} characters");
        var input = new XmlInput(XmlReader.Create(new StringReader(xml), CommonNames.With(Settings)), options);
        try
        {
            while (input.Read() && input.reader.NodeType != XmlNodeType.Element) { }
            input.Push();
            if (root is not null && input.Name != root)
                throw input.Fail(ErrorCode.XmlError, ErrorDomain.Xml, $"expecting root element of '{root}', not '{input.Name}'");
            return input;
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads a whole document. When <paramref name="read"/> refuses it, the rest is still looked at: that a document is malformed comes before
    /// whatever else is wrong with it.
    /// </summary>
    public static T Document<T>(string xml, string? root, XmlInputOptions options, Func<XmlInput, T> read)
    {
        using XmlInput input = Open(xml, root, options);
        try
        {
            T document = read(input);
            input.Finish();
            return document;
        }
        catch (VireoException refused) when (refused.InnerException is not XmlException)
        {
            input.Finish();
            if (refused.Message.Contains(XmlFault.SubjectMark, StringComparison.Ordinal))
                throw new VireoException(refused.Error with { Message = refused.Message.Replace(XmlFault.SubjectMark.ToString(), options.Subject ?? NameIn(xml, options)) });
            throw;
        }
    }

    /// <summary>The text of the root's <c>name</c>, which may stand behind what is wrong.</summary>
    static string NameIn(string xml, XmlInputOptions options)
    {
        using XmlInput input = Open(xml, null, options);
        for (int at = input.Enter(); input.NextChild(at);)
            if (input.Name == "name")
                return input.Text() ?? "";
        return "";
    }

    /// <summary>Reads what follows the root, which must be nothing.</summary>
    public void Finish()
    {
        while (Read()) { }
    }

    /// <summary>Reads a document of another kind that stands here as an element of this one.</summary>
    /// <param name="from">The part of libvirt that complains about it.</param>
    /// <param name="inactive">Members that only a running machine has are dropped.</param>
    /// <param name="read">Its reader.</param>
    public T Inner<T>(ErrorDomain from, bool inactive, Func<XmlInput, T> read)
    {
        XmlInputOptions outer = options;
        options = outer with { From = from, Inactive = inactive };
        T inner = read(this);
        options = outer;
        return inner;
    }

    /// <summary>Whether what only a running machine has is to be dropped.</summary>
    public bool Inactive => options.Inactive;

    /// <summary>Whether what only a status file has is to be read.</summary>
    public bool Status => options.Status;

    /// <summary>The element that the input stands on; with its prefix if it is of a foreign namespace, so that it equals no name of ours.</summary>
    public string Name => IsForeign ? $"{reader.Prefix}:{reader.LocalName}" : reader.LocalName;

    /// <summary>The element is of a namespace, which libvirt's own elements are not.</summary>
    public bool IsForeign => reader.NamespaceURI.Length > 0;

    /// <summary>The namespace of the element.</summary>
    public string Namespace => reader.NamespaceURI;

    /// <summary>Begins to read the element that the input stands on; the result is its depth, which the other calls want.</summary>
    public int Enter() => reader.Depth;

    /// <summary>Goes to the next child of the element entered at <paramref name="depth"/>; false behind its end.</summary>
    public bool NextChild(int depth)
    {
        if (reader.Depth == depth && (reader.NodeType == XmlNodeType.EndElement || reader.IsEmptyElement))
            return false;
        while (Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
            {
                Push();
                return true;
            }
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth)
                return false;
        }
        return false;
    }

    /// <summary>As <see cref="NextChild(int)"/>, and adds the text on the way to <paramref name="text"/>.</summary>
    public bool NextChild(int depth, ref string? text)
    {
        if (reader.Depth == depth && (reader.NodeType == XmlNodeType.EndElement || reader.IsEmptyElement))
            return false;
        while (Read())
        {
            if (reader.Depth == depth + 1)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    Push();
                    return true;
                }
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                    text += Content();
            }
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth)
                return false;
        }
        return false;
    }

    /// <summary>The value of an attribute of the element that the input stands on.</summary>
    public string? Attribute(string name) => reader.GetAttribute(name);

    /// <summary>Every attribute of no namespace, in the order they were written.</summary>
    public IReadOnlyList<(string Name, string Value)> Attributes()
    {
        var all = new List<(string, string)>(reader.AttributeCount);
        for (bool more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            if (reader.NamespaceURI.Length == 0)
                all.Add((reader.LocalName, reader.Value));
        reader.MoveToElement();
        return all;
    }

    /// <summary>The element's text; null if there is none.</summary>
    public string? Text()
    {
        int depth = Enter();
        string? text = null;
        while (NextChild(depth, ref text)) { }
        return text;
    }

    /// <summary>The element as it is, with every namespace declaration it needs.</summary>
    public XmlFragment Fragment()
    {
        (string name, string space) = (Name, Namespace);
        return new XmlFragment(name, space, XmlFragmentText.Copy(reader, Guard));
    }

    /// <summary>An element that may not stand here; one of a foreign namespace may stand anywhere.</summary>
    public void Unknown(string fault)
    {
        if (IsForeign)
            return;
        (ErrorCode code, ErrorDomain domain, string text) = XmlFault.Parse(fault, Name, options.From);
        throw Fail(code, domain, text);
    }

    /// <summary>Remembers where <paramref name="value"/>, read from the element entered at <paramref name="depth"/>, stood.</summary>
    public T Done<T>(int depth, T value) where T : class
    {
        options.Positions?.Add(value, path[depth].Line, path[depth].Column, PathAt(depth));
        return value;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    bool Read()
    {
        try
        {
            bool more = reader.Read();
            if (reader.Depth >= DepthLimit)
                throw Fail(ErrorCode.XmlError, ErrorDomain.Xml, $"elements are nested more than {DepthLimit} deep");
            return more;
        }
        catch (XmlException malformed)
        {
            throw Malformed(malformed);
        }
    }

    /// <summary>The text here; long text is parsed only when it is asked for, and may be malformed.</summary>
    string Content()
    {
        try
        {
            return reader.Value;
        }
        catch (XmlException malformed)
        {
            throw Malformed(malformed);
        }
    }

    void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (XmlException malformed)
        {
            throw Malformed(malformed);
        }
    }

    void Push()
    {
        int depth = reader.Depth;
        if (depth >= path.Length)
            Array.Resize(ref path, path.Length * 2);
        path[depth] = (Name, lines.LineNumber, lines.LinePosition);
    }

    string PathAt(int depth)
    {
        var text = new StringBuilder();
        for (int i = 0; i <= depth && i < path.Length; i++)
            text.Append('/').Append(path[i].Name);
        return text.ToString();
    }
}
