using System.Text;
using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Tests.Schema;

/// <summary>The reference page of a kind of documents, from the definitions.</summary>
sealed class ReferencePage
{
    const int MostWords = 40;

    readonly StringBuilder page = new();
    readonly Dictionary<Shape, string> anchors = [];
    readonly HashSet<string> taken = [];
    readonly Queue<(string Path, Shape Shape)> waiting = new();

    /// <summary>What another page describes, with its anchors; null: everything is described here.</summary>
    readonly ReferencePage? elsewhere;

    ReferencePage(ReferencePage? elsewhere) => this.elsewhere = elsewhere;

    /// <summary>The page's text. What snapshots, checkpoints and backups have in common with machines is on the page of those.</summary>
    public static string Of(DocumentKind kind) =>
        Make(kind, kind == DocumentKinds.Snapshot || kind == DocumentKinds.Checkpoint || kind == DocumentKinds.Backup ? Make(DocumentKinds.Domain, null) : null).page.ToString();

    static ReferencePage Make(DocumentKind kind, ReferencePage? elsewhere)
    {
        var made = new ReferencePage(elsewhere);
        made.page.Append($"# {kind.Name}: {kind.Summary}\n\n");
        made.page.Append("Made by a test from the definitions (`VIREO_UPDATE_DOCS=1` writes it anew); not written by hand. Elements may stand in any order, unless it is said that they may not. ")
            .Append($"`vireo schema {kind.Name}` prints the same as RELAX NG, `vireo xml check` compares a document with it ([xml-check](../xml-check.md)).\n");
        foreach (ChildShape root in kind.Roots)
            made.Anchor(root.Name, root.Shape);
        while (made.waiting.TryDequeue(out var next))
            made.Section(next.Path, next.Shape);
        return made;
    }

    string Anchor(string path, Shape shape)
    {
        if (anchors.TryGetValue(shape, out string? anchor))
            return anchor;
        anchor = shape.Id;
        for (int number = 2; !taken.Add(anchor); number++)
            anchor = $"{shape.Id}.{number}";
        anchors.Add(shape, anchor);
        waiting.Enqueue((path, shape));
        return anchor;
    }

    void Section(string path, Shape shape)
    {
        page.Append($"\n<a id=\"{anchors[shape]}\"></a>\n## {path}\n");
        if (shape.Summary is not null)
            page.Append($"\n{Escape(shape.Summary)}\n");
        Content(path, shape, "");
    }

    void Content(string path, Shape shape, string when)
    {
        if (shape.IsOpen)
            page.Append("\nAnything may stand here.\n");
        if (shape.Text is { } text)
            page.Append($"\nText{when}: {Value(text)}{(shape.TextRequired ? "" : "; may be left out")}.\n");
        if (shape.Attributes.Count > 0)
        {
            page.Append($"\n| attribute{when} | value | must | since | |\n|---|---|---|---|---|\n");
            foreach (AttributeShape one in shape.Attributes)
                page.Append($"| `{one.Name}` | {Value(one.Value)} | {(one.Required ? "yes" : "")} | {one.Since} | {Escape(one.Summary ?? "")} |\n");
        }
        if (shape.Children.Count > 0)
        {
            page.Append($"\n| element{when}{(shape.IsOrdered ? ", in this order" : "")} | how often | since | |\n|---|---|---|---|\n");
            foreach (ChildShape one in shape.Children)
                page.Append($"| {Link(path, one)} | {(one.Min, one.Max) switch { (0, 0) => "any", (_, 0) => "1 or more", (0, _) => "0 or 1", _ => "1" }} | {one.Since} | {About(one)} |\n");
        }
        foreach (ChoiceShape choice in shape.Choices)
            Choice(path, choice);
    }

    void Choice(string path, ChoiceShape choice)
    {
        if (choice.Tag is null)
        {
            page.Append("\nOne of these:\n");
            foreach (Alternative one in choice.Alternatives)
            {
                page.Append(Is(one.Shape, Shape.Empty) || Bare(one.Shape) ? "\n- nothing more\n" : "\n- what follows\n");
                Content(path, one.Shape, "");
            }
            return;
        }
        page.Append($"\nThe attribute `{choice.Tag}`{(choice.Since is null ? "" : $" (since {choice.Since})")} chooses{(choice.Default is null ? "" : $"; without it, as with `{choice.Default}`")}:\n");
        foreach (var same in choice.Alternatives.GroupBy(one => one.Shape))
        {
            string words = string.Join(", ", same.Select(one => one.Tag is null ? "no attribute" : $"`{one.Tag}`"));
            page.Append($"\n**{choice.Tag}**: {words}{(same.Key.Summary is null ? "" : $". {Escape(same.Key.Summary)}")}\n");
            if (!Bare(same.Key))
                Content(path, same.Key, "");
        }
    }

    static bool Is(Shape one, Shape other) => ReferenceEquals(one, other);

    static bool Bare(Shape shape) => shape is { IsOpen: false, Text: null, Attributes.Count: 0, Children.Count: 0, Choices.Count: 0 };

    string Link(string path, ChildShape child) => Is(child.Shape, Shape.Any) || Bare(child.Shape)
        ? $"`<{child.Name}>`"
        : elsewhere?.anchors.GetValueOrDefault(child.Shape) is { } there ? $"[`<{child.Name}>`](domain.md#{there})"
        : $"[`<{child.Name}>`](#{Anchor($"{path}/{child.Name}", child.Shape)})";

    string About(ChildShape child)
    {
        string text = child.Summary ?? child.Shape.Summary ?? "";
        return Escape(text) + (Is(child.Shape, Shape.Any) ? (text.Length > 0 ? " " : "") + "Anything may stand in it." : "")
            + (child.Namespace.Length > 0 ? $" Namespace `{child.Namespace}`." : "");
    }

    static string Value(ValueShape value) => value.Words.Count is > 0 and <= MostWords && value is OneOfWords
        ? string.Join(", ", value.Words.Select(word => $"`{word}`"))
        : Escape(value.Expected);

    static string Escape(string text) => text.Replace("|", "\\|").Replace("<", "&lt;");
}
