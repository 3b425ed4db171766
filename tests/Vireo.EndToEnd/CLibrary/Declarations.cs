using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>What headers declare, as clang understands them: functions, types, structures, values and macros, comments, order and the names of parameters left out.</summary>
static partial class Declarations
{
    internal static async Task<SortedDictionary<string, string>> ReadAsync(string include)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string[] options = [$"-I{include}", "-DVIR_ENUM_SENTINELS", CLibraryFiles.Data("headers.c")];
        CommandResult tree = await Command.RunAsync(Needs.Program("clang"), ["-fsyntax-only", "-Xclang", "-ast-dump=json", .. options]);
        using (JsonDocument document = JsonDocument.Parse(tree.Output, new JsonDocumentOptions { MaxDepth = 256 }))
            Walk(document.RootElement, found);
        CommandResult macros = await Command.RunAsync(Needs.Program("clang"), ["-E", "-dM", .. options]);
        foreach (Match macro in MacroPattern().Matches(macros.Output))
            found["#define " + macro.Groups[1].Value] = macro.Groups[2].Value.Replace(" ", "", StringComparison.Ordinal);
        return found;
    }

    static void Walk(JsonElement node, SortedDictionary<string, string> found)
    {
        foreach (JsonElement child in Inner(node))
        {
            string name = Text(child, "name");
            switch (Text(child, "kind"))
            {
                case "FunctionDecl" when name.StartsWith("vir", StringComparison.Ordinal):
                    found["function " + name] = Type(child) + Attributes(child);
                    break;
                case "VarDecl" or "TypedefDecl" when name.StartsWith("vir", StringComparison.Ordinal):
                    found[Text(child, "kind") + " " + name] = Type(child);
                    break;
                case "RecordDecl" when name.StartsWith("_vir", StringComparison.Ordinal) && child.TryGetProperty("completeDefinition", out _):
                    found["struct " + name] = string.Join("; ", Fields(child));
                    break;
                case "EnumDecl":
                    Values(child, found);
                    break;
                case "LinkageSpecDecl":
                    Walk(child, found);
                    break;
            }
        }
    }

    static IEnumerable<string> Fields(JsonElement record) => Inner(record).SelectMany(field => Text(field, "kind") switch
    {
        "FieldDecl" => [$"{UnnamedPattern().Replace(Type(field), "union")} {Text(field, "name")}{Attributes(field)}"],
        "RecordDecl" => Fields(field),
        _ => Enumerable.Empty<string>(),
    });

    static void Values(JsonElement declared, SortedDictionary<string, string> found)
    {
        long value = -1;
        foreach (JsonElement constant in Inner(declared).Where(c => Text(c, "kind") == "EnumConstantDecl" && Text(c, "name").StartsWith("VIR_", StringComparison.Ordinal)))
        {
            value = Value(constant) ?? value + 1;
            found["value " + Text(constant, "name")] = value.ToString(CultureInfo.InvariantCulture);
        }
    }

    static long? Value(JsonElement node)
    {
        foreach (JsonElement child in Inner(node))
        {
            if (child.TryGetProperty("value", out JsonElement value))
                return long.Parse(value.GetString()!, CultureInfo.InvariantCulture);
            if (Value(child) is { } deeper)
                return deeper;
        }
        return null;
    }

    static IEnumerable<JsonElement> Inner(JsonElement node) => node.TryGetProperty("inner", out JsonElement inner) ? inner.EnumerateArray() : [];

    static string Text(JsonElement node, string member) => node.TryGetProperty(member, out JsonElement text) ? text.GetString() ?? "" : "";

    static string Type(JsonElement node) => Text(node.GetProperty("type"), "qualType");

    static string Attributes(JsonElement node) => string.Concat(Inner(node).Select(a => Text(a, "kind")).Where(kind => kind.EndsWith("Attr", StringComparison.Ordinal)).Select(kind => " " + kind));

    [GeneratedRegex(@"^#define ((?!LIBVIRT_|__)\w*(?:VIR_|_vir)\w*(?:\([^)]*\))?) (.*)$", RegexOptions.Multiline)]
    private static partial Regex MacroPattern();

    [GeneratedRegex(@"union \(unnamed.*\)")]
    private static partial Regex UnnamedPattern();
}
