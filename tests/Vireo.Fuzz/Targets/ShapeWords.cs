using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Fuzz.Targets;

/// <summary>The words that documents are made of, from their definitions.</summary>
static class ShapeWords
{
    /// <summary>Elements, attributes and words of values of all kinds of documents.</summary>
    public static IEnumerable<string> OfAllKinds()
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<Shape>();
        foreach (ChildShape root in DocumentKinds.All.SelectMany(static kind => kind.Roots))
            Add(root, words, seen);
        return words;
    }

    static void Add(ChildShape child, SortedSet<string> words, HashSet<Shape> seen)
    {
        words.Add($"<{child.Name}/>");
        Add(child.Shape, words, seen);
    }

    static void Add(Shape shape, SortedSet<string> words, HashSet<Shape> seen)
    {
        if (!seen.Add(shape))
            return;
        foreach (AttributeShape attribute in shape.Attributes)
        {
            words.Add($"{attribute.Name}='1'");
            words.UnionWith(attribute.Value.Words);
        }
        foreach (ChildShape child in shape.Children)
            Add(child, words, seen);
        foreach (ChoiceShape choice in shape.Choices)
        {
            words.UnionWith(choice.Words);
            foreach (Alternative one in choice.Alternatives)
                Add(one.Shape, words, seen);
        }
    }
}
