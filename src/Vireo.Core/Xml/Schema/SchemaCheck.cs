using System.Xml;

namespace Vireo.Core.Xml.Schema;

/// <summary>
/// Compares a document with a shape while it reads it, once, without a tree, and says everything that is wrong. Time and memory grow with the
/// document's length; nesting and size have the limits of <see cref="XmlInput"/>.
/// </summary>
public sealed partial class SchemaCheck
{
    /// <summary>After this many findings the rest of the document is only looked at for being XML.</summary>
    public const int FindingLimit = 1000;

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = XmlInput.SizeLimit,
    };

    readonly List<XmlFinding> findings = [];
    readonly List<WrittenAttribute> attributes = [];
    readonly Dictionary<string, int> names = [];
    readonly XmlReader reader;
    readonly IXmlLineInfo place;

    readonly IReadOnlyCollection<string> ignored;

    SchemaCheck(XmlReader reader, IReadOnlyCollection<string> ignored) => (this.reader, place, this.ignored) = (reader, (IXmlLineInfo)reader, ignored);

    /// <summary>Checks a document whose root is one of those that <paramref name="roots"/> knows (by name).</summary>
    /// <param name="document">The text.</param>
    /// <param name="roots">The shape of a root; null: no such document.</param>
    /// <param name="ignored">Elements that are passed over wherever they stand; null: none.</param>
    /// <returns>Everything that was found, in the order of the document; nothing: the document is valid.</returns>
    public static IReadOnlyList<XmlFinding> Run(TextReader document, Func<string, Shape?> roots, IReadOnlyCollection<string>? ignored = null)
    {
        using XmlReader reader = XmlReader.Create(document, Settings);
        var check = new SchemaCheck(reader, ignored ?? []);
        try
        {
            check.Document(roots);
        }
        catch (XmlException malformed)
        {
            int end = malformed.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
            return [.. check.InOrder(), new XmlFinding(XmlFindingKind.Malformed, Math.Max(1, malformed.LineNumber), Math.Max(1, malformed.LinePosition), "",
                (end > 0 ? malformed.Message[..end] : malformed.Message).TrimEnd('.'))];
        }
        return [.. check.InOrder()];
    }

    /// <summary>Checks a document against one shape.</summary>
    public static IReadOnlyList<XmlFinding> Run(string xml, string root, Shape shape) => Run(new StringReader(xml), name => name == root ? shape : null);

    IEnumerable<XmlFinding> InOrder() => findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column);

    void Document(Func<string, Shape?> roots)
    {
        while (Read() && reader.NodeType != XmlNodeType.Element) { }
        Shape? shape = reader.NamespaceURI.Length == 0 ? roots(reader.LocalName) : null;
        if (shape is null)
        {
            Add(new XmlFinding(XmlFindingKind.UnknownDocument, place.LineNumber, place.LinePosition, "/" + reader.Name, $"no document of libvirt's begins with <{reader.Name}>"));
            while (Read()) { }
            return;
        }
        var frames = new Stack<SchemaFrame>();
        if (Begin("/" + reader.LocalName, shape) is { } root)
            frames.Push(root);
        while (Read())
        {
            if (findings.Count >= FindingLimit)
                continue;
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when frames.TryPeek(out SchemaFrame? parent):
                    if (Child(parent) is { } child)
                        frames.Push(child);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when frames.TryPeek(out SchemaFrame? around):
                    (int line, int column) = (place.LineNumber, place.LinePosition);
                    around.AddText(reader.Value, line, column);
                    break;
                case XmlNodeType.EndElement when frames.TryPop(out SchemaFrame? done):
                    End(done);
                    break;
            }
        }
    }

    bool Read()
    {
        bool more = reader.Read();
        if (reader.Depth >= XmlInput.DepthLimit)
            throw new XmlException($"elements are nested more than {XmlInput.DepthLimit} deep", null, place.LineNumber, place.LinePosition);
        return more;
    }

    void Add(XmlFinding finding)
    {
        if (findings.Count < FindingLimit)
            findings.Add(finding);
    }

    /// <summary>Reads past the element; says where its end tag's name stands, line 0 if it has none.</summary>
    (int Line, int Column) Skip()
    {
        if (reader.IsEmptyElement)
            return default;
        int depth = reader.Depth;
        while (Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth)) { }
        return (place.LineNumber, place.LinePosition);
    }

    /// <summary>The element that the reader stands on, inside <paramref name="parent"/>; null: it is done with.</summary>
    SchemaFrame? Child(SchemaFrame parent)
    {
        (string name, string space) = (reader.LocalName, reader.NamespaceURI);
        ChildShape? known = parent.Find(name, space);
        int count = parent.Count(name);
        string path = $"{parent.Path}/{reader.Name}{(count > 1 ? $"[{count}]" : "")}";
        foreach (OpenChoice open in parent.Open)
        {
            if (known is not null || !open.Knows(name, space))
                continue;
            List<Shape> left = open.Alive.FindAll(one => one.Children.Any(child => child.Name == name && child.Namespace == space));
            if (left.Count > 0)
                open.Alive = left;
            else
                Conflict(open, parent, path, $"<{name}>");
            known = (left.Count > 0 ? left : [.. open.Choice.Alternatives.Select(one => one.Shape)])
                .SelectMany(one => one.Children).First(child => child.Name == name && child.Namespace == space);
        }
        if (known is null && ignored.Contains(name))
        {
            Skip();
            return null;
        }
        if (known is null)
        {
            Unknown(parent, path);
            return null;
        }
        if (known.Max == 1 && count == 2)
            Add(new XmlFinding(XmlFindingKind.Repeated, place.LineNumber, place.LinePosition, path, $"<{name}> may stand in <{parent.Name}> only once; libvirt takes the first"));
        if (parent.Before(name, space) is { } late)
            Add(new XmlFinding(XmlFindingKind.Misplaced, place.LineNumber, place.LinePosition, path, $"<{name}> belongs in front of <{late}> in <{parent.Name}>; libvirt reads it all the same"));
        return Begin(path, known.Shape, known.Since);
    }

    void Unknown(SchemaFrame parent, string path)
    {
        (string name, int line, int column) = (reader.Name, place.LineNumber, place.LinePosition);
        (int endLine, int endColumn) = Skip();
        if (parent.IsOpen || parent.Lenient || findings.Count >= FindingLimit)
            return;
        string? meant = name.Contains(':', StringComparison.Ordinal) ? null : Spelling.Nearest(name, parent.ChildNames.Where(child => !parent.Has(child) || parent.Find(child, "")?.Max != 1));
        Add(new XmlFinding(XmlFindingKind.UnknownElement, line, column, path, $"<{name}> means nothing in <{parent.Name}>; libvirt drops it without a word")
        {
            Suggestion = meant, Since = meant is null ? null : parent.SinceOf(meant),
            Expected = parent.ChildNames,
            Fix = meant is null ? [] : endLine == 0 ? [new XmlEdit(line, column, name, meant)] : [new XmlEdit(line, column, name, meant), new XmlEdit(endLine, endColumn, name, meant)],
        });
    }

    /// <summary>The element that the reader stands on begins; null: it is done with.</summary>
    SchemaFrame? Begin(string path, Shape shape, string? since = null)
    {
        var frame = new SchemaFrame(reader.LocalName, path, place.LineNumber, place.LinePosition, since);
        if (ReferenceEquals(shape, Shape.Any))
        {
            Skip();
            return null;
        }
        attributes.Clear();
        names.Clear();
        for (bool more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == "http://www.w3.org/2000/xmlns/")
                continue;
            names[reader.Name] = attributes.Count;
            attributes.Add(new WrittenAttribute(reader.Name, reader.Value, place.LineNumber, place.LinePosition));
        }
        reader.MoveToElement();
        Take(frame, shape);
        Attributes(frame);
        if (!reader.IsEmptyElement)
            return frame;
        End(frame);
        return null;
    }

    /// <summary>Adds a shape to an element's, and the cases that its attributes choose.</summary>
    void Take(SchemaFrame frame, Shape shape)
    {
        frame.Parts.Add(shape);
        foreach (ChoiceShape choice in shape.Choices)
        {
            if (choice.Tag is null)
                frame.Open.Add(new OpenChoice(choice));
            else if (Chosen(frame, choice) is { } chosen)
                Take(frame, chosen.Shape);
        }
    }

    Alternative? Chosen(SchemaFrame frame, ChoiceShape choice)
    {
        int at = names.GetValueOrDefault(choice.Tag!, -1);
        string? word = at < 0 ? choice.Default : attributes[at].Value.Trim();
        Alternative? chosen = choice.Alternatives.FirstOrDefault(one => one.Tag == word);
        frame.Tags.Add(choice);
        if (chosen is not null)
            return chosen;
        frame.Lenient = true;
        if (at < 0)
            Missing(frame, choice.Tag!, new OneOfWords([.. choice.Words]), choice.Since);
        else
            Bad(frame, attributes[at], new OneOfWords([.. choice.Words]), choice.Since);
        return null;
    }
}
