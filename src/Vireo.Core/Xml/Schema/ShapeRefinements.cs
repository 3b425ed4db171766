namespace Vireo.Core.Xml.Schema;

/// <summary>
/// What the members of a definition cannot say. Attributes are named <c>@name</c>, elements <c>name</c>.
/// </summary>
public static class ShapeRefinements
{
    /// <summary>What an attribute, or an element that is nothing but text, may hold.</summary>
    public static ShapeBuilder Form(this ShapeBuilder builder, string member, ValueShape value)
    {
        if (!member.StartsWith('@'))
        {
            builder.Group(member).Text(value, required: true);
            return builder;
        }
        int at = AttributeAt(builder, member);
        builder.Attributes[at] = builder.Attributes[at] with { Value = value };
        return builder;
    }

    /// <summary>These must be there.</summary>
    public static ShapeBuilder Required(this ShapeBuilder builder, params string[] members) => builder.Must(true, members);

    /// <summary>These need not be there.</summary>
    public static ShapeBuilder Optional(this ShapeBuilder builder, params string[] members) => builder.Must(false, members);

    /// <summary>These elements may stand here any number of times.</summary>
    public static ShapeBuilder Repeated(this ShapeBuilder builder, params string[] elements)
    {
        foreach (string element in elements)
        {
            int at = Element(builder, element);
            builder.Children[at] = builder.Children[at] with { Max = 0 };
        }
        return builder;
    }

    /// <summary>These elements may stand here once.</summary>
    public static ShapeBuilder Once(this ShapeBuilder builder, params string[] elements)
    {
        foreach (string element in elements)
        {
            int at = Element(builder, element);
            builder.Children[at] = builder.Children[at] with { Max = 1 };
        }
        return builder;
    }

    /// <summary>What stands in the element <paramref name="element"/>, described anew from what it was.</summary>
    public static ShapeBuilder Inside(this ShapeBuilder builder, string element, Action<ShapeBuilder> describe)
    {
        int at = Element(builder, element);
        ChildShape old = builder.Children[at];
        builder.Children[at] = old with
        {
            Of = () => ShapeBuilder.Build(old.Shape.Id, old.Shape.Summary, s =>
            {
                if (old.Shape.Text is { } text)
                    s.Text(text, old.Shape.TextRequired);
                describe(s.Inline(old.Shape));
            }),
        };
        return builder;
    }

    /// <summary>
    /// The attribute <paramref name="tag"/>, which means <paramref name="whole"/> when it is not there, decides whether everything but <paramref name="always"/>
    /// may stand here (<paramref name="whole"/>) or nothing of it (<paramref name="bare"/>).
    /// </summary>
    public static ShapeBuilder Whole(this ShapeBuilder builder, string tag, string whole, string[] bare, params string[] always)
    {
        AttributeShape[] attributes = [.. builder.Attributes.Where(one => one.Name != tag && !always.Contains("@" + one.Name))];
        ChildShape[] children = [.. builder.Children.Where(one => !always.Contains(one.Name))];
        ChoiceShape[] choices = [.. builder.Choices];
        builder.Attributes.RemoveAll(one => one.Name == tag || attributes.Contains(one));
        builder.Children.RemoveAll(children.Contains);
        builder.Choices.Clear();
        Shape all = ShapeBuilder.Build($"{builder.Id}.{whole}", null, s =>
        {
            s.Attributes.AddRange(attributes);
            s.Children.AddRange(children);
            s.Choices.AddRange(choices);
        });
        return builder.Choice(tag, whole, [Fixed(whole, all), .. bare.Select(word => Fixed(word, Shape.Empty))]);
    }

    /// <summary>Of the words that <paramref name="tag"/> may be only these.</summary>
    public static ShapeBuilder OnlyCases(this ShapeBuilder builder, string tag, params string[] words)
    {
        for (int i = 0; i < builder.Choices.Count; i++)
            if (builder.Choices[i] is { } choice && choice.Tag == tag)
                builder.Choices[i] = new ChoiceShape
                {
                    Tag = tag, Default = choice.Default, Since = choice.Since, Alternatives = [.. choice.Alternatives.Where(one => one.Tag is null || words.Contains(one.Tag))],
                };
        return builder;
    }

    /// <summary>These may not stand here.</summary>
    public static ShapeBuilder Without(this ShapeBuilder builder, params string[] members)
    {
        foreach (string member in members)
        {
            builder.Attributes.RemoveAll(attribute => "@" + attribute.Name == member);
            builder.Children.RemoveAll(child => child.Name == member);
        }
        return builder;
    }

    /// <summary>In the element <paramref name="child"/>, when it is chosen by the word <paramref name="tag"/> (null: by any), these may not stand.</summary>
    public static ShapeBuilder Narrowed(this ShapeBuilder builder, string child, string? tag, params string[] members)
    {
        ChoiceShape[] choices = [.. builder.Choices];
        builder.Choices.Clear();
        foreach (ChoiceShape choice in choices)
            builder.Choice(choice.Tag, choice.Default, [.. choice.Alternatives.Select(one => tag is not null && one.Tag != tag ? one : Fixed(one.Tag, ShapeBuilder.Build(one.Shape.Id, one.Shape.Summary, s =>
            {
                s.Inline(one.Shape);
                if (s.Children.FindIndex(c => c.Name == child) is >= 0 and var at)
                {
                    ChildShape old = s.Children[at];
                    s.Children[at] = old with { Of = () => ShapeBuilder.Build(old.Shape.Id, old.Shape.Summary, inner => inner.Inline(old.Shape).Without(members)) };
                }
            })))], choice.Since);
        return builder;
    }

    /// <summary>The element <paramref name="child"/> may not be chosen to be <paramref name="tag"/>, nor left without a choice.</summary>
    public static ShapeBuilder WithoutCase(this ShapeBuilder builder, string child, string tag)
    {
        int at = Element(builder, child);
        ChildShape old = builder.Children[at];
        builder.Children[at] = old with
        {
            Of = () => ShapeBuilder.Build(old.Shape.Id, old.Shape.Summary, s =>
            {
                foreach (ChoiceShape choice in old.Shape.Choices)
                    s.Choice(choice.Tag, null, [.. choice.Alternatives.Where(one => one.Tag != tag)], choice.Since);
            }),
        };
        return builder;
    }

    /// <summary>The release of libvirt that brought these.</summary>
    public static ShapeBuilder Since(this ShapeBuilder builder, string release, params string[] members)
    {
        foreach (string member in members)
        {
            if (member.StartsWith('@'))
            {
                int at = AttributeAt(builder, member);
                builder.Attributes[at] = builder.Attributes[at] with { Since = release };
            }
            else
            {
                int at = Element(builder, member);
                builder.Children[at] = builder.Children[at] with { Since = release };
            }
        }
        return builder;
    }

    /// <summary>
    /// Takes members out and lets them stand in alternatives only: each is a list of members; <c>!</c> behind one says that it must be there,
    /// <c>=a|b</c> behind an attribute that it must be there and be one of these words, <c>?a|b</c> that it may.
    /// </summary>
    public static ShapeBuilder Either(this ShapeBuilder builder, params string[][] alternatives)
    {
        Func<IReadOnlyList<string>, Shape> part = Parts(builder, alternatives);
        return builder.Choice(null, null, [.. alternatives.Select(members => Fixed(null, part(members)))]);
    }

    /// <summary>
    /// As <see cref="Either"/>, where the attribute <paramref name="tag"/> chooses: each list begins with the words that choose it, as <c>a|b</c>; a tag
    /// that is not there means the word <paramref name="without"/>.
    /// </summary>
    public static ShapeBuilder Cases(this ShapeBuilder builder, string tag, string? without, params string[][] cases)
    {
        string? since = builder.Attributes.Find(attribute => attribute.Name == tag)?.Since;
        builder.Attributes.RemoveAll(attribute => attribute.Name == tag);
        Func<IReadOnlyList<string>, Shape> part = Parts(builder, [.. cases.Select(one => one[1..])]);
        return builder.Choice(tag, without, [.. cases.SelectMany(one =>
        {
            Shape shape = part(one[1..]);
            return one[0].Split('|').Select(word => Fixed(word, shape));
        })], since);
    }

    static Alternative Fixed(string? tag, Shape shape) => new(tag, () => shape);

    static Func<IReadOnlyList<string>, Shape> Parts(ShapeBuilder builder, string[][] alternatives)
    {
        AttributeShape[] attributes = [.. builder.Attributes];
        ChildShape[] children = [.. builder.Children];
        foreach (string name in alternatives.SelectMany(members => members).Select(Name))
        {
            builder.Attributes.RemoveAll(attribute => "@" + attribute.Name == name);
            builder.Children.RemoveAll(child => child.Name == name);
        }
        int number = 0;
        return members => ShapeBuilder.Build($"{builder.Id}.{++number}", null, s =>
        {
            foreach (string member in members)
                Take(s, member, attributes, children);
        });
    }

    static void Take(ShapeBuilder to, string member, AttributeShape[] attributes, ChildShape[] children)
    {
        string name = Name(member);
        bool must = member.Contains('!', StringComparison.Ordinal) || member.Contains('=', StringComparison.Ordinal);
        if (!name.StartsWith('@'))
        {
            ChildShape child = Array.Find(children, child => child.Name == name) ?? throw new ArgumentException($"no element '{name}'", nameof(member));
            to.Child(name, () => child.Shape, must ? 1 : child.Min, child.Max, child.Summary, child.Since);
            return;
        }
        AttributeShape attribute = Array.Find(attributes, attribute => "@" + attribute.Name == name) ?? throw new ArgumentException($"no attribute '{name}'", nameof(member));
        int equals = member.AsSpan().IndexOfAny('=', '?');
        ValueShape value = equals < 0 ? attribute.Value : new OneOfWords(member[(equals + 1)..].Split('|'));
        to.Attribute(attribute.Name, value, must || attribute.Required, attribute.Summary, attribute.Since);
    }

    static string Name(string member)
    {
        int end = member.AsSpan().IndexOfAny('!', '=', '?');
        return end < 0 ? member : member[..end];
    }

    static ShapeBuilder Must(this ShapeBuilder builder, bool must, string[] members)
    {
        foreach (string member in members)
        {
            if (member.StartsWith('@'))
            {
                int at = AttributeAt(builder, member);
                builder.Attributes[at] = builder.Attributes[at] with { Required = must };
            }
            else
            {
                int at = Element(builder, member);
                builder.Children[at] = builder.Children[at] with { Min = must ? 1 : 0 };
            }
        }
        return builder;
    }

    static int AttributeAt(ShapeBuilder builder, string member)
    {
        int at = builder.Attributes.FindIndex(attribute => "@" + attribute.Name == member);
        return at >= 0 ? at : throw new ArgumentException($"{builder.Id} has no attribute '{member}'", nameof(member));
    }

    static int Element(ShapeBuilder builder, string name)
    {
        int at = builder.Children.FindIndex(child => child.Name == name);
        return at >= 0 ? at : throw new ArgumentException($"{builder.Id} has no element '{name}'", nameof(name));
    }
}
