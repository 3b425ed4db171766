namespace Vireo.Core.Xml.Schema;

/// <summary>Writes shapes as a RELAX NG schema in the XML syntax.</summary>
public sealed class RelaxNg
{
    readonly Dictionary<Shape, string> names = [];
    readonly HashSet<string> taken = ["anything"];
    readonly Queue<Shape> waiting = new();
    readonly XmlOutput o = new(new XmlOutputOptions());

    RelaxNg() { }

    /// <summary>The schema of documents with one of these roots.</summary>
    public static string Of(params ChildShape[] roots)
    {
        var writer = new RelaxNg();
        writer.Grammar(roots);
        return writer.o.ToString();
    }

    void Grammar(ChildShape[] roots)
    {
        o.Open("grammar");
        o.Attribute("xmlns", "http://relaxng.org/ns/structure/1.0");
        o.Attribute("xmlns:a", "http://relaxng.org/ns/compatibility/annotations/1.0");
        o.Attribute("datatypeLibrary", "http://www.w3.org/2001/XMLSchema-datatypes");
        o.Open("start");
        Either(roots, Element);
        o.Close("start");
        while (waiting.TryDequeue(out Shape? shape))
        {
            o.Open("define");
            o.Attribute("name", names[shape]);
            if (shape.Summary is not null)
                o.TextElement("a:documentation", shape.Summary);
            Content(shape);
            o.Close("define");
        }
        Anything();
        o.Close("grammar");
    }

    void Anything()
    {
        o.Open("define");
        o.Attribute("name", "anything");
        o.Open("zeroOrMore");
        o.Open("choice");
        o.Empty("text");
        o.Open("attribute");
        o.Empty("anyName");
        o.Close("attribute");
        o.Open("element");
        o.Empty("anyName");
        o.Open("ref");
        o.Attribute("name", "anything");
        o.Close("ref");
        o.Close("element");
        o.Close("choice");
        o.Close("zeroOrMore");
        o.Close("define");
    }

    string NameOf(Shape shape)
    {
        if (names.TryGetValue(shape, out string? name))
            return name;
        name = shape.Id;
        for (int number = 2; !taken.Add(name); number++)
            name = $"{shape.Id}.{number}";
        names.Add(shape, name);
        waiting.Enqueue(shape);
        return name;
    }

    void Reference(Shape shape)
    {
        if (ReferenceEquals(shape, Shape.Empty))
        {
            o.Empty("empty");
            return;
        }
        o.Open("ref");
        o.Attribute("name", ReferenceEquals(shape, Shape.Any) ? "anything" : NameOf(shape));
        o.Close("ref");
    }

    void Element(ChildShape child)
    {
        o.Open("element");
        o.Attribute("name", child.Name);
        if (child.Namespace.Length > 0)
            o.Attribute("ns", child.Namespace);
        Reference(child.Shape);
        o.Close("element");
    }

    void Content(Shape shape)
    {
        if (shape.IsOpen)
        {
            Reference(Shape.Any);
            return;
        }
        bool mixed = shape.Text is not null && (shape.Children.Count > 0 || shape.Choices.Count > 0);
        int parts = shape.Attributes.Count + shape.Children.Count + shape.Choices.Count + (shape.Text is null ? 0 : 1);
        string? around = parts == 0 ? null : shape.Children.Count + shape.Choices.Count > 0 && !shape.IsOrdered ? "interleave" : "group";
        if (around is null)
        {
            o.Empty("empty");
            return;
        }
        o.Open(around);
        foreach (AttributeShape attribute in shape.Attributes)
            Attribute(attribute);
        foreach (ChildShape child in shape.Children)
            Wrapped(child switch { { Max: 0, Min: 0 } => "zeroOrMore", { Max: 0 } => "oneOrMore", { Min: 0 } => "optional", _ => null }, () => Element(child));
        foreach (ChoiceShape choice in shape.Choices)
            Either(choice.Alternatives, alternative => One(choice, alternative));
        if (mixed)
            o.Empty("text");
        else if (shape.Text is { } text)
            Wrapped(shape.TextRequired || text is AnyText ? null : "optional", () => Value(text));
        o.Close(around);
    }

    void One(ChoiceShape choice, Alternative alternative)
    {
        if (choice.Tag is null || alternative.Tag is null)
        {
            Reference(alternative.Shape);
            return;
        }
        o.Open("group");
        Wrapped(choice.Default == alternative.Tag ? "optional" : null, () =>
        {
            o.Open("attribute");
            o.Attribute("name", choice.Tag);
            o.TextElement("value", alternative.Tag);
            o.Close("attribute");
        });
        Reference(alternative.Shape);
        o.Close("group");
    }

    void Attribute(AttributeShape attribute) => Wrapped(attribute.Required ? null : "optional", () =>
    {
        o.Open("attribute");
        o.Attribute("name", attribute.Name);
        if (attribute.Summary is not null)
            o.TextElement("a:documentation", attribute.Summary);
        Value(attribute.Value);
        o.Close("attribute");
    });

    void Value(ValueShape value)
    {
        switch (value)
        {
            case OneOfWords words:
                Either(words.Words, word => o.TextElement("value", word));
                break;
            case EitherValue either:
                Either(either.Kinds, Value);
                break;
            case WholeNumber number:
                Data("integer", [("minInclusive", $"{number.Min}"), ("maxInclusive", $"{number.Max}"), .. number.Min < 0 ? [] : ((string, string)[])[("pattern", "[0-9]+")]]);
                break;
            case PatternText pattern:
                Data("string", ("pattern", pattern.Pattern));
                break;
            case TypedText { Pattern: { } typed }:
                Data("string", ("pattern", typed));
                break;
            default:
                o.Empty("text");
                break;
        }
    }

    void Data(string type, params (string Name, string Value)[] limits)
    {
        o.Open("data");
        o.Attribute("type", type);
        foreach ((string name, string value) in limits)
        {
            o.Open("param");
            o.Attribute("name", name);
            o.Text(value);
            o.Close("param");
        }
        o.Close("data");
    }

    void Either<T>(IReadOnlyCollection<T> all, Action<T> write) => Wrapped(all.Count == 1 ? null : "choice", () =>
    {
        foreach (T one in all)
            write(one);
    });

    void Wrapped(string? element, Action write)
    {
        if (element is not null)
            o.Open(element);
        write();
        if (element is not null)
            o.Close(element);
    }
}
