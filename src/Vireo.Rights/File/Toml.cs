using Tomlyn.Syntax;

namespace Vireo.Rights;

/// <summary>What is wrong, with places that count from 1.</summary>
sealed class Complaints
{
    internal List<RightsComplaint> All { get; } = [];

    internal void Add(SourceSpan place, string message) => All.Add(new(place.Start.Line + 1, place.Start.Column + 1, message));
}

/// <summary>The keys of a table, of which only some are known.</summary>
sealed class Entries
{
    readonly Dictionary<string, ValueSyntax> values = [];
    readonly Complaints complaints;

    internal Entries(InlineTableSyntax table, Complaints complaints, params string[] known)
        : this(table.Items.Select(item => item.KeyValue!), complaints, known) { }

    internal Entries(IEnumerable<KeyValueSyntax> pairs, Complaints complaints, params string[] known)
    {
        this.complaints = complaints;
        foreach (KeyValueSyntax pair in pairs)
        {
            string name = Toml.Name(pair.Key!);
            if (!known.Contains(name))
            {
                string near = Nearest.To(name, known);
                complaints.Add(pair.Span, $"nobody knows '{name}' here{(near.Length is 0 ? $": there are {string.Join(", ", known)}" : $"; did you mean '{near}'?")}");
            }
            else if (pair.Value is { } value)
                values[name] = value;
        }
    }

    internal bool IsEmpty => values.Count is 0;

    internal ValueSyntax? Find(string name) => values.GetValueOrDefault(name);

    internal string[] Texts(string name) => Find(name) is { } value ? [.. Toml.Texts(value, complaints).Select(text => text.Text)] : [];

    internal Pattern[] Patterns(string name) => [.. Texts(name).Select(text => new Pattern(text))];

    internal T[] Each<T>(string name, Func<string, T?> find, Func<string, string> wrong) where T : struct
    {
        if (Find(name) is not { } value)
            return [];
        var all = new List<T>();
        foreach ((string text, SourceSpan place) in Toml.Texts(value, complaints))
        {
            if (find(text) is { } found)
                all.Add(found);
            else
                complaints.Add(place, wrong(text));
        }
        return [.. all];
    }
}

/// <summary>Values of a syntax tree in the shapes that files of rules have.</summary>
static class Toml
{
    internal static string Name(KeySyntax key) => string.Join('.', Path(key));

    internal static string[] Path(KeySyntax key) => [Part(key.Key!), .. key.DotKeys.Select(dotted => Part(dotted.Key!))];

    static string Part(BareKeyOrStringValueSyntax part) => part switch
    {
        BareKeySyntax bare => bare.Key!.Text ?? "",
        StringValueSyntax text => text.Value ?? "",
        _ => "",
    };

    internal static string? Text(ValueSyntax value, Complaints complaints)
    {
        if (value is StringValueSyntax { Value: { Length: > 0 } text })
            return text;
        complaints.Add(value.Span, "this must be a text that is not empty");
        return null;
    }

    /// <summary>A text, or a list of texts.</summary>
    internal static List<(string Text, SourceSpan Place)> Texts(ValueSyntax value, Complaints complaints)
    {
        var all = new List<(string, SourceSpan)>();
        if (value is ArraySyntax { Items: var items })
        {
            foreach (ArrayItemSyntax item in items)
                if (Text(item.Value!, complaints) is { } text)
                    all.Add((text, item.Value!.Span));
            if (all.Count is 0)
                complaints.Add(value.Span, "an empty list");
        }
        else if (Text(value, complaints) is { } text)
            all.Add((text, value.Span));
        return all;
    }

    /// <summary>A table, or a list of tables.</summary>
    internal static List<InlineTableSyntax> Tables(ValueSyntax value, Complaints complaints, string example)
    {
        IEnumerable<ValueSyntax> values = value is ArraySyntax array ? array.Items.Select(item => item.Value!) : [value];
        var all = new List<InlineTableSyntax>();
        foreach (ValueSyntax one in values)
        {
            if (one is InlineTableSyntax table)
                all.Add(table);
            else
                complaints.Add(one.Span, $"this must be a table, as in {example}");
        }
        if (all.Count is 0 && value is ArraySyntax)
            complaints.Add(value.Span, "an empty list");
        return all;
    }
}
