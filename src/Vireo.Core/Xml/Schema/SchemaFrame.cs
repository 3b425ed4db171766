using System.Text;

namespace Vireo.Core.Xml.Schema;

/// <summary>An attribute as it stands in the document.</summary>
readonly record struct WrittenAttribute(string Name, string Value, int Line, int Column);

/// <summary>An element that is being read.</summary>
sealed class SchemaFrame(string name, string path, int line, int column, string? since)
{
    Dictionary<string, int>? seen;
    Dictionary<Shape, (int Rank, string Name)>? last;
    StringBuilder? text;
    IReadOnlyList<string>? childNames, attributeNames;

    public string Name => name;
    public string Path => path;
    public int Line => line;
    public int Column => column;

    /// <summary>The release that brought the element; null: not known.</summary>
    public string? Since => since;

    /// <summary>The shapes that say what stands here: the element's own and the chosen cases.</summary>
    public List<Shape> Parts { get; } = [];

    /// <summary>Attributes that chose a case.</summary>
    public List<ChoiceShape> Tags { get; } = [];

    /// <summary>Alternatives that are still open.</summary>
    public List<OpenChoice> Open { get; } = [];

    /// <summary>It is not known what may stand here, because what chooses is wrong: nobody complains about what is not known.</summary>
    public bool Lenient { get; set; }

    public bool IsOpen => Parts.Exists(part => part.IsOpen);

    public string Text => text?.ToString() ?? "";

    /// <summary>Where the first text that is not blank stands; line 0: there is none.</summary>
    public (int Line, int Column) TextAt { get; private set; }

    public void AddText(string more, int atLine, int atColumn)
    {
        (text ??= new StringBuilder()).Append(more);
        if (TextAt.Line == 0 && !string.IsNullOrWhiteSpace(more))
            TextAt = (atLine, atColumn);
    }

    /// <summary>How often a child of this name has been there, with this one.</summary>
    public int Count(string child)
    {
        seen ??= [];
        return seen[child] = seen.GetValueOrDefault(child) + 1;
    }

    public bool Has(string child) => seen?.ContainsKey(child) is true;

    public ChildShape? Find(string child, string space)
    {
        foreach (Shape part in Parts)
            foreach (ChildShape one in part.Children)
                if (one.Name == child && one.Namespace == space)
                    return one;
        return null;
    }

    /// <summary>The element in front of which a known child should have stood, as far as its order is told; null: it stands well.</summary>
    public string? Before(string child, string space)
    {
        string? late = null;
        int home = Parts.FindIndex(part => IndexIn(part, child, space) >= 0);
        for (int i = 0; i < Parts.Count && (home < 0 || i <= home); i++)
        {
            if (!Parts[i].IsOrdered)
                continue;
            int rank = i == home ? IndexIn(Parts[i], child, space) : int.MaxValue;
            last ??= [];
            if (last.TryGetValue(Parts[i], out var before) && before.Rank > rank)
                late ??= before.Name;
            else
                last[Parts[i]] = (rank, child);
        }
        return late;
    }

    static int IndexIn(Shape part, string child, string space)
    {
        for (int i = 0; i < part.Children.Count; i++)
            if (part.Children[i].Name == child && part.Children[i].Namespace == space)
                return i;
        return -1;
    }

    public AttributeShape? FindAttribute(string attribute)
    {
        foreach (Shape part in Parts)
            foreach (AttributeShape one in part.Attributes)
                if (one.Name == attribute)
                    return one;
        return null;
    }

    /// <summary>The names of elements that may stand here; asked for once all parts are known, as those of attributes.</summary>
    public IReadOnlyList<string> ChildNames => childNames ??= [.. AllShapes.SelectMany(part => part.Children).Select(child => child.Name).Distinct()];

    /// <summary>The names of attributes that may stand here.</summary>
    public IReadOnlyList<string> AttributeNames => attributeNames ??=
        [.. Tags.Select(choice => choice.Tag!).Concat(AllShapes.SelectMany(part => part.Attributes).Select(attribute => attribute.Name)).Distinct()];

    /// <summary>The release that brought an element (<c>name</c>) or attribute (<c>@name</c>) that may stand here; null: not known.</summary>
    public string? SinceOf(string member) => member.StartsWith('@')
        ? AllShapes.SelectMany(part => part.Attributes).FirstOrDefault(attribute => attribute.Name == member[1..])?.Since ?? Tags.Find(choice => choice.Tag == member[1..])?.Since
        : AllShapes.SelectMany(part => part.Children).FirstOrDefault(child => child.Name == member)?.Since;

    IEnumerable<Shape> AllShapes => Parts.Concat(Open.SelectMany(open => open.Choice.Alternatives).Select(one => one.Shape));
}

/// <summary>A choice that is decided by what is there, with the alternatives that are still possible.</summary>
sealed class OpenChoice(ChoiceShape choice)
{
    public ChoiceShape Choice => choice;

    /// <summary>The alternatives that what has been there allows.</summary>
    public List<Shape> Alive { get; set; } = [.. choice.Alternatives.Select(alternative => alternative.Shape)];

    /// <summary>A fault has been reported; one is enough.</summary>
    public bool Reported { get; set; }

    public IEnumerable<AttributeShape> Attributes(string name) =>
        choice.Alternatives.SelectMany(one => one.Shape.Attributes).Where(attribute => attribute.Name == name);

    public bool Knows(string child, string space) =>
        choice.Alternatives.Any(one => one.Shape.Children.Any(known => known.Name == child && known.Namespace == space));
}
