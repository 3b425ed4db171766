using Tomlyn.Parsing;
using Tomlyn.Syntax;
using Vireo.Core;
using Vireo.Driver;

namespace Vireo.Rights;

/// <summary>Reads a file of rules: everything that is wrong with it is said at once, with its place.</summary>
sealed class RightsReader
{
    /// <summary>Files beyond this many characters are refused.</summary>
    internal const int SizeLimit = 1024 * 1024;

    readonly Dictionary<string, RightSet> roles = [];
    readonly List<Rule> rules = [];
    readonly Complaints complaints = new();

    internal static RightsFile Read(string text, string file)
    {
        if (text.Length > SizeLimit)
            throw new RightsException(file, [new(1, 1, $"a file of more than {SizeLimit} characters")]);
        DocumentSyntax document = SyntaxParser.Parse(text, file, validate: true);
        var reader = new RightsReader();
        foreach (DiagnosticMessage message in document.Diagnostics)
            if (message.Kind is DiagnosticMessageKind.Error)
                reader.complaints.Add(message.Span, message.Message);
        if (reader.complaints.All.Count is 0)
            reader.Document(document);
        return reader.complaints.All.Count is 0
            ? new RightsFile { Rules = reader.rules, Roles = reader.roles }
            : throw new RightsException(file, [.. reader.complaints.All.OrderBy(c => c.Line).ThenBy(c => c.Column)]);
    }

    void Document(DocumentSyntax document)
    {
        foreach (KeyValueSyntax pair in document.KeyValues)
            complaints.Add(pair.Span, $"'{Toml.Name(pair.Key!)}' stands outside of [[rules]] and [roles.NAME]");
        foreach (TableSyntaxBase table in document.Tables)
            if (Toml.Path(table.Name!) is ["roles", ..])
                Role(table);
        foreach (TableSyntaxBase table in document.Tables)
        {
            switch (Toml.Path(table.Name!))
            {
                case ["rules"] when table is TableArraySyntax:
                    Rule(table);
                    break;
                case ["rules"]:
                    complaints.Add(table.Name!.Span, "rules are a list: write [[rules]]");
                    break;
                case ["roles", _]:
                    break;
                case var path:
                    complaints.Add(table.Name!.Span, $"nobody knows [{string.Join('.', path)}]: there are [[rules]] and [roles.NAME]");
                    break;
            }
        }
    }

    void Role(TableSyntaxBase table)
    {
        if (Toml.Path(table.Name!) is not [_, var name] || table is TableArraySyntax)
        {
            complaints.Add(table.Name!.Span, "a role is written [roles.NAME]");
            return;
        }
        var role = new RightSet();
        if (BuiltInRoles.Find(name) is not null || name.Contains('.') || name.Contains('*'))
            complaints.Add(table.Name!.Span, $"'{name}' cannot be the name of a role: it means something already");
        var entries = new Entries(table.Items, complaints, "may");
        if (entries.Find("may") is { } may)
            Rights(role, may);
        else
            complaints.Add(table.Name!.Span, $"role '{name}' has no 'may'");
        roles[name] = role; // one that stands twice is a complaint of the parser's
    }

    void Rule(TableSyntaxBase table)
    {
        SourceSpan head = table.Name!.Span;
        var entries = new Entries(table.Items, complaints, "name", "who", "may", "refuse", "on");
        (ValueSyntax? may, ValueSyntax? refuse, ValueSyntax? who) = (entries.Find("may"), entries.Find("refuse"), entries.Find("who"));
        if (may is null == refuse is null)
            complaints.Add(head, may is null ? "a rule needs 'may' or 'refuse'" : "a rule has 'may' or 'refuse', not both");
        if (who is null)
            complaints.Add(head, "a rule needs 'who'; everybody is who = \"everybody\"");
        var set = new RightSet();
        string[] words = (may ?? refuse) is { } rights ? Rights(set, rights) : [];
        ObjectMatch[]? on = entries.Find("on") is { } objects ? Objects(objects) : null;
        if (on is not null && words.Length > 0 && !Array.Exists(on, one => Enum.GetValues<AccessObject>().Any(kind => set.HasAny(kind) && one.Concerns(kind))))
            complaints.Add(entries.Find("on")!.Span, "none of the rule's rights is about such objects");
        rules.Add(new Rule
        {
            Name = entries.Find("name") is { } name ? Toml.Text(name, complaints) : null,
            Line = head.Start.Line + 1,
            Refuses = refuse is not null,
            Who = who is null ? [] : Callers(who),
            Rights = set,
            Words = words,
            On = on,
        });
    }

    string[] Rights(RightSet set, ValueSyntax value)
    {
        var words = new List<string>();
        foreach ((string word, SourceSpan place) in Toml.Texts(value, complaints))
        {
            words.Add(word);
            if ((BuiltInRoles.Find(word) ?? roles.GetValueOrDefault(word)) is { } role)
                set.Add(role);
            else if (!set.TryAdd(word))
                complaints.Add(place, Nothing(word));
        }
        return [.. words];
    }

    string Nothing(string word)
    {
        string near = Nearest.To(word, AccessRight.All.Select(right => right.Name).Concat(roles.Keys).Concat(["viewer", "operator", "admin"]));
        return $"there is no right and no role '{word}'{(near.Length is 0 ? "" : $"; did you mean '{near}'?")}";
    }

    WhoMatch[] Callers(ValueSyntax value)
    {
        if (value is StringValueSyntax { Value: "everybody" })
            return [new WhoMatch()];
        var all = new List<WhoMatch>();
        foreach (InlineTableSyntax table in Toml.Tables(value, complaints, "who = { user = \"alice\" }"))
        {
            var entries = new Entries(table, complaints, "user", "group", "tls", "sasl", "label");
            if (entries.IsEmpty)
                complaints.Add(table.Span, "nobody is said; everybody is who = \"everybody\"");
            all.Add(new WhoMatch
            {
                Users = entries.Texts("user"),
                Groups = entries.Texts("group"),
                Tls = entries.Patterns("tls"),
                Sasl = entries.Patterns("sasl"),
                Labels = entries.Patterns("label"),
            });
        }
        return [.. all];
    }

    ObjectMatch[] Objects(ValueSyntax value)
    {
        var all = new List<ObjectMatch>();
        foreach (InlineTableSyntax table in Toml.Tables(value, complaints, "on = { kind = \"domain\", name = \"web-*\" }"))
        {
            var entries = new Entries(table, complaints, "kind", "name", "uuid", "pool", "network", "owner", "tag");
            if (entries.IsEmpty)
                complaints.Add(table.Span, "nothing is said; a rule about everything has no 'on'");
            all.Add(new ObjectMatch
            {
                Kinds = entries.Each("kind", static word => AccessRight.FindObject(word),
                    word => $"there is no kind '{word}': there are {string.Join(", ", Enum.GetValues<AccessObject>().Select(AccessRight.NameOf))}"),
                Names = entries.Patterns("name"),
                Uuids = entries.Each<Uuid>("uuid", static word => Uuid.TryParse(word, out Uuid uuid) ? uuid : null, static word => $"'{word}' is no uuid"),
                Pools = entries.Patterns("pool"),
                Networks = entries.Patterns("network"),
                Owners = entries.Patterns("owner"),
                Tags = entries.Patterns("tag"),
            });
        }
        return [.. all];
    }
}
