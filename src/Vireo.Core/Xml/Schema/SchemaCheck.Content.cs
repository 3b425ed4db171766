namespace Vireo.Core.Xml.Schema;

public sealed partial class SchemaCheck
{
    void Attributes(SchemaFrame frame)
    {
        foreach (WrittenAttribute written in attributes)
        {
            if (frame.Tags.Exists(choice => choice.Tag == written.Name))
                continue;
            if (frame.FindAttribute(written.Name) is { } known)
            {
                if (!known.Value.Accepts(written.Value))
                    Bad(frame, written, known.Value, known.Since);
            }
            else if (!frame.Open.Exists(open => open.Attributes(written.Name).Any()) && !frame.IsOpen && !frame.Lenient)
                Unknown(frame, written);
        }
        foreach (Shape part in frame.Parts)
            foreach (AttributeShape attribute in part.Attributes)
                if (attribute.Required && !Has(attribute.Name))
                    Missing(frame, attribute.Name, attribute.Value, attribute.Since);
        foreach (OpenChoice open in frame.Open)
            Narrow(frame, open);
    }

    bool Has(string attribute) => names.ContainsKey(attribute);

    /// <summary>Drops the alternatives that the attributes do not allow.</summary>
    void Narrow(SchemaFrame frame, OpenChoice open)
    {
        foreach (WrittenAttribute written in attributes)
        {
            AttributeShape[] meanings = [.. open.Attributes(written.Name)];
            if (meanings.Length == 0)
                continue;
            if (!Array.Exists(meanings, meaning => meaning.Value.Accepts(written.Value)))
            {
                Bad(frame, written, new EitherValue([.. meanings.Select(meaning => meaning.Value).Distinct()]), meanings[0].Since);
                open.Reported = true;
                return;
            }
            List<Shape> left = open.Alive.FindAll(one => one.Attributes.Any(attribute => attribute.Name == written.Name && attribute.Value.Accepts(written.Value)));
            if (left.Count == 0)
            {
                Conflict(open, frame, $"{frame.Path}/@{written.Name}", $"{written.Name}='{written.Value}'", written);
                return;
            }
            open.Alive = left;
        }
        List<Shape> whole = open.Alive.FindAll(one => one.Attributes.All(attribute => !attribute.Required || Has(attribute.Name)));
        if (whole.Count > 0)
        {
            open.Alive = whole;
            return;
        }
        AttributeShape[] wanted = [.. open.Alive.Select(one => one.Attributes.First(attribute => attribute.Required && !Has(attribute.Name))).DistinctBy(attribute => attribute.Name)];
        open.Reported = true;
        if (wanted.Length == 1)
            Missing(frame, wanted[0].Name, wanted[0].Value, wanted[0].Since);
        else
            Add(new XmlFinding(XmlFindingKind.MissingAttribute, frame.Line, frame.Column, frame.Path, $"<{frame.Name}> needs one of the attributes {string.Join(", ", wanted.Select(one => one.Name))}")
            {
                Expected = [.. wanted.Select(one => one.Name)],
            });
    }

    void End(SchemaFrame frame)
    {
        if (frame.IsOpen)
            return;
        foreach (Shape part in frame.Parts)
            foreach (ChildShape child in part.Children)
                if (child.Min > 0 && !frame.Has(child.Name))
                    Missing(frame, [child]);
        foreach (OpenChoice open in frame.Open)
        {
            if (!open.Reported && !open.Alive.Exists(one => Lacks(one, frame) is null))
                Missing(frame, [.. open.Alive.Select(one => Lacks(one, frame)!).DistinctBy(child => child.Name)]);
        }
        Text(frame);
    }

    static ChildShape? Lacks(Shape shape, SchemaFrame frame) => shape.Children.FirstOrDefault(child => child.Min > 0 && !frame.Has(child.Name));

    void Text(SchemaFrame frame)
    {
        Shape? part = frame.Parts.Find(part => part.Text is not null);
        string text = frame.Text;
        if (part is null)
        {
            if (frame.TextAt.Line > 0 && !frame.Lenient)
                Add(new XmlFinding(XmlFindingKind.UnexpectedText, frame.TextAt.Line, frame.TextAt.Column, frame.Path, $"<{frame.Name}> holds no text"));
            return;
        }
        if (part.Text!.Accepts(text) || frame.TextAt.Line == 0 && !part.TextRequired)
            return;
        (int line, int column) = frame.TextAt.Line > 0 ? frame.TextAt : (frame.Line, frame.Column);
        string value = text.Trim();
        string? meant = Spelling.Nearest(value, part.Text.Words);
        Add(new XmlFinding(XmlFindingKind.BadValue, line, column, frame.Path, value.Length == 0 ? $"<{frame.Name}> must not be empty" : $"<{frame.Name}> cannot be '{Short(value)}'")
        {
            Expected = ExpectedOf(part.Text), Suggestion = meant, Since = frame.Since,
            Fix = meant is null ? [] : [new XmlEdit(line, column, value, meant)],
        });
    }

    void Unknown(SchemaFrame frame, WrittenAttribute written)
    {
        if (findings.Count >= FindingLimit)
            return;
        string? meant = Spelling.Nearest(written.Name, frame.AttributeNames.Where(name => !Has(name)));
        Add(new XmlFinding(XmlFindingKind.UnknownAttribute, written.Line, written.Column, $"{frame.Path}/@{written.Name}",
            $"the attribute {written.Name} means nothing on <{frame.Name}>; libvirt drops it without a word")
        {
            Suggestion = meant, Expected = frame.AttributeNames, Since = meant is null ? null : frame.SinceOf("@" + meant),
            Fix = meant is null ? [] : [new XmlEdit(written.Line, written.Column, written.Name, meant)],
        });
    }

    void Bad(SchemaFrame frame, WrittenAttribute written, ValueShape wanted, string? since)
    {
        string? meant = Spelling.Nearest(written.Value.Trim(), wanted.Words);
        Add(new XmlFinding(XmlFindingKind.BadValue, written.Line, written.Column, $"{frame.Path}/@{written.Name}", $"the attribute {written.Name} of <{frame.Name}> cannot be '{Short(written.Value)}'")
        {
            Expected = ExpectedOf(wanted), Suggestion = meant, Since = since ?? frame.Since,
            Fix = meant is null ? [] : [new XmlEdit(written.Line, written.Column + written.Name.Length, written.Value, meant)],
        });
    }

    void Missing(SchemaFrame frame, string attribute, ValueShape wanted, string? since) =>
        Add(new XmlFinding(XmlFindingKind.MissingAttribute, frame.Line, frame.Column, frame.Path, $"<{frame.Name}> needs the attribute {attribute}")
        {
            Expected = ExpectedOf(wanted), Since = since ?? frame.Since,
            Fix = wanted.Words.Count == 1 ? [new XmlEdit(frame.Line, frame.Column, frame.Name, $"{frame.Name} {attribute}='{wanted.Words[0]}'")] : [],
        });

    void Missing(SchemaFrame frame, IReadOnlyList<ChildShape> children) =>
        Add(new XmlFinding(XmlFindingKind.MissingElement, frame.Line, frame.Column, frame.Path, $"<{frame.Name}> needs {string.Join(" or ", children.Select(child => $"<{child.Name}>"))}")
        {
            Expected = [.. children.Select(child => child.Name)], Since = children[0].Since,
        });

    void Conflict(OpenChoice open, SchemaFrame frame, string path, string what, WrittenAttribute? at = null)
    {
        if (!open.Reported)
            Add(new XmlFinding(XmlFindingKind.Conflict, at?.Line ?? place.LineNumber, at?.Column ?? place.LinePosition, path, $"{what} cannot stand beside what else is in <{frame.Name}>")
            {
                Expected = [.. open.Alive.SelectMany(one => one.Attributes.Select(attribute => attribute.Name).Concat(one.Children.Select(child => $"<{child.Name}>"))).Distinct()],
            });
        open.Reported = true;
    }

    static IReadOnlyList<string> ExpectedOf(ValueShape wanted) => wanted.Words.Count > 0 ? wanted.Words : [wanted.Expected];

    static string Short(string value) => value.Length <= 60 ? value : value[..57] + "...";
}
