using Microsoft.CodeAnalysis.CSharp;

namespace Vireo.Generators.Xml;

static class Names
{
    /// <summary>A property's name as a local variable.</summary>
    public static string Local(string property)
    {
        string name = char.ToLowerInvariant(property[0]) + property.Substring(1);
        return name is "x" or "o" or "at" || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name + "_" : name;
    }

    /// <summary>A string as C# source, or null.</summary>
    public static string Literal(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);
}
