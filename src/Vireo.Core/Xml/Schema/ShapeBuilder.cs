namespace Vireo.Core.Xml.Schema;

/// <summary>
/// Builds a shape. The code that is made from a definition says what its members are; a definition's own <c>DescribeXml</c> adds what members
/// cannot say (<see cref="ShapeRefinements"/>).
/// </summary>
public sealed class ShapeBuilder
{
    readonly List<AttributeShape> attributes = [];
    readonly List<ChildShape> children = [];
    readonly List<ChoiceShape> choices = [];
    readonly Dictionary<string, ShapeBuilder> groups = [];
    readonly string id;
    readonly string? summary;
    ValueShape? text;
    bool textRequired, open, ordered;
    Shape? built;

    ShapeBuilder(string id, string? summary) => (this.id, this.summary) = (id, summary);

    internal List<AttributeShape> Attributes => attributes;
    internal List<ChildShape> Children => children;
    internal List<ChoiceShape> Choices => choices;
    internal string Id => id;

    /// <summary>The shape that <paramref name="describe"/> describes.</summary>
    public static Shape Build(string id, string? summary, Action<ShapeBuilder> describe)
    {
        var builder = new ShapeBuilder(id, summary);
        describe(builder);
        return builder.Done();
    }

    /// <summary>An attribute. Of several with one name the first counts.</summary>
    public ShapeBuilder Attribute(string name, ValueShape value, bool required = false, string? summary = null, string? since = null)
    {
        if (!attributes.Exists(attribute => attribute.Name == name))
            attributes.Add(new AttributeShape(name, value, required) { Summary = summary, Since = since });
        return this;
    }

    /// <summary>An amount with its unit as attributes.</summary>
    public ShapeBuilder Amount(string name, bool required = false, string? summary = null, string? since = null) =>
        Attribute(name, ValueShapes.Amount, required, summary, since).Attribute("unit", ValueShapes.Unit);

    /// <summary>The element's text.</summary>
    public ShapeBuilder Text(ValueShape value, bool required = false)
    {
        text = value;
        textRequired = required;
        if (value == ValueShapes.Amount)
            Attribute("unit", ValueShapes.Unit);
        return this;
    }

    /// <summary>An element; <paramref name="max"/> 0: any number of them.</summary>
    public ShapeBuilder Child(string name, Func<Shape> of, int min = 0, int max = 1, string? summary = null, string? since = null, string space = "")
    {
        if (!children.Exists(child => child.Name == name && child.Namespace == space))
            children.Add(new ChildShape(name, of, min, max) { Summary = summary, Since = since, Namespace = space });
        return this;
    }

    /// <summary>An element with nothing in it.</summary>
    public ShapeBuilder Flag(string name, string? summary = null, string? since = null) => Child(name, static () => Shape.Empty, summary: summary, since: since);

    /// <summary>An element with <c>state='on|off'</c>, on without it.</summary>
    public ShapeBuilder Switch(string name, string? summary = null, string? since = null) => Child(name, static () => SwitchShape, summary: summary, since: since);

    /// <summary>An element of nothing but text.</summary>
    public ShapeBuilder TextChild(string name, ValueShape value, int min = 0, int max = 1, string? summary = null, string? since = null)
    {
        ShapeBuilder inner = Group(name, min, max, summary, since);
        inner.Text(value, required: true);
        return this;
    }

    /// <summary>An element between this one and members of it; the same one for the same name.</summary>
    public ShapeBuilder Group(string name, int min = 0, int max = 1, string? summary = null, string? since = null)
    {
        if (groups.TryGetValue(name, out ShapeBuilder? group))
            return group;
        groups[name] = group = new ShapeBuilder($"{id}.{name}", null);
        children.RemoveAll(child => child.Name == name);
        Child(name, group.Done, min, max, summary, since);
        return group;
    }

    /// <summary>Anything may stand in the element.</summary>
    public ShapeBuilder Open()
    {
        open = true;
        return this;
    }

    /// <summary>The elements must stand in the order in which they are described.</summary>
    public ShapeBuilder Ordered()
    {
        ordered = true;
        return this;
    }

    /// <summary>Alternatives of which the attribute <paramref name="tag"/> chooses one.</summary>
    public ShapeBuilder Choice(string? tag, string? without, IReadOnlyList<Alternative> alternatives, string? since = null)
    {
        choices.Add(new ChoiceShape { Tag = tag, Default = without, Alternatives = alternatives, Since = since });
        return this;
    }

    /// <summary>What stands in <paramref name="shape"/> stands here.</summary>
    public ShapeBuilder Inline(Shape shape)
    {
        foreach (AttributeShape attribute in shape.Attributes)
            Attribute(attribute.Name, attribute.Value, attribute.Required, attribute.Summary, attribute.Since);
        foreach (ChildShape child in shape.Children)
            if (!children.Exists(known => known.Name == child.Name && known.Namespace == child.Namespace))
                children.Add(child);
        choices.AddRange(shape.Choices);
        ordered |= shape.IsOrdered;
        return this;
    }

    /// <summary>The element <paramref name="name"/>, whose shape this element's attribute chooses.</summary>
    /// <param name="name">The element.</param>
    /// <param name="union">The family.</param>
    /// <param name="bare">Whether an alternative may do without the element.</param>
    /// <param name="optional">Neither attribute nor element need be there.</param>
    public ShapeBuilder Tagged(string name, Shape union, Func<string, bool> bare, bool optional)
    {
        ChoiceShape family = union.Choices[0];
        IEnumerable<Alternative> alternatives = family.Alternatives.Select(one =>
            new Alternative(one.Tag, () => Build($"{id}.{one.Tag}", null, s => s.Child(name, () => one.Shape, bare(one.Tag!) ? 0 : 1))));
        if (optional && family.Default is null)
            alternatives = alternatives.Append(new Alternative(null, static () => Shape.Empty));
        return Choice(family.Tag, family.Default, [.. alternatives]);
    }

    internal Shape Done() => built ??= new Shape(id)
    {
        Summary = summary, Attributes = [.. attributes], Children = [.. children], Choices = [.. choices], Text = text, TextRequired = textRequired, IsOpen = open, IsOrdered = ordered,
    };

    static readonly Shape SwitchShape = Build("switch", null, static s => s.Attribute("state", ValueShapes.OnOff));
}
