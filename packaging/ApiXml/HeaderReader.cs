using System.Globalization;
using System.Text.RegularExpressions;

namespace Vireo.Packaging.ApiXml;

/// <summary>
/// Reads the headers in packaging/include, which are written so that a few lines of code can: a blank line between declarations, a comment before each that ends with
/// "Since 1.2.3.", perhaps with "Optional: " and the names of parameters that bindings let one leave out before that, and behind a value or a text the release that it came with where that is another one.
/// </summary>
public sealed partial class HeaderReader
{
    readonly List<Declaration> found = [];
    readonly Dictionary<string, IReadOnlyList<Member>> members;
    readonly string header;

    HeaderReader(string header, Dictionary<string, IReadOnlyList<Member>> members) => (this.header, this.members) = (header, members);

    /// <summary>Everything that headers declare, in their order; what a header needs of another one comes first.</summary>
    /// <exception cref="FormatException">One is not written as it should be.</exception>
    public static IReadOnlyList<Declaration> Read(IEnumerable<string> paths)
    {
        var members = new Dictionary<string, IReadOnlyList<Member>>();
        return [.. paths.SelectMany(path => Read(path, members))];
    }

    static List<Declaration> Read(string path, Dictionary<string, IReadOnlyList<Member>> members)
    {
        var reader = new HeaderReader(Path.GetFileNameWithoutExtension(path), members);
        foreach (string block in File.ReadAllText(path).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            Match parts = BlockPattern().Match(block.Trim('\n'));
            if (parts.Success)
                reader.Block(Flat(parts.Groups["about"].Value), parts.Groups["since"].Value, parts.Groups["code"].Value);
            else
                reader.Plain(block.Trim('\n'));
        }
        return reader.found;
    }

    static string Flat(string comment) => SpacePattern().Replace(comment.Replace("\n * ", " ", StringComparison.Ordinal), " ").Trim();

    // Without a comment there are only guards, and lists of texts, each with its release.
    void Plain(string code)
    {
        foreach (Match text in TextPattern().Matches(code))
            found.Add(new MacroDeclaration(text.Groups["name"].Value, header, text.Groups["since"].Value, "", null, text.Groups["body"].Value));
    }

    void Block(string about, string since, string code)
    {
        string[] optional = [];
        if (OptionalPattern().Match(about) is { Success: true } said)
        {
            optional = said.Groups["names"].Value.Split(", ");
            about = about.Remove(said.Index, said.Length);
        }
        if (code.StartsWith("# define", StringComparison.Ordinal))
            code = Macro(about, since, code);
        if (code.Length is 0)
            return;
        if (EnumPattern().Match(code) is { Success: true } declared)
            Enum(about, since, declared);
        else if (CallbackPattern().Match(code) is { Success: true } callback)
            found.Add(new FunctionDeclaration(callback.Groups["name"].Value, header, since, about, callback.Groups["returns"].Value.Trim(), Parameters(callback), optional, true));
        else if (code.StartsWith("typedef", StringComparison.Ordinal))
            Types(about, since, code);
        else if (VariablePattern().Match(code) is { Success: true } variable)
            found.Add(new VariableDeclaration(variable.Groups["name"].Value, header, since, about, variable.Groups["type"].Value));
        else if (FunctionPattern().Match(code) is { Success: true } function)
            found.Add(new FunctionDeclaration(function.Groups["name"].Value, header, since, about, function.Groups["returns"].Value.Trim(), Parameters(function), optional, false));
        else
            throw new FormatException($"{header}: this is no declaration:\n{code}");
    }

    string Macro(string about, string since, string code)
    {
        Match macro = MacroPattern().Match(code);
        string? parameters = macro.Groups["parameters"].Success ? macro.Groups["parameters"].Value : null;
        found.Add(new MacroDeclaration(macro.Groups["name"].Value, header, since, about, parameters, SpacePattern().Replace(macro.Groups["body"].Value.Replace("\\\n", "", StringComparison.Ordinal), " ").Trim()));
        return code[macro.Length..].Trim('\n');
    }

    void Enum(string about, string since, Match declared)
    {
        string name = declared.Groups["name"].Value;
        long next = 0;
        foreach (Match value in ValuePattern().Matches(declared.Groups["values"].Value))
        {
            string text = value.Groups["value"].Value, remark = value.Groups["remark"].Value;
            bool bit = BitPattern().Match(text) is { Success: true };
            long number = text.Length is 0 ? next : bit ? 1L << int.Parse(BitPattern().Match(text).Groups[1].Value, CultureInfo.InvariantCulture) : long.Parse(text, CultureInfo.InvariantCulture);
            Match release = ReleasePattern().Match(remark);
            found.Add(new EnumValue(value.Groups["name"].Value, header, release.Success ? release.Value : since, release.Success ? remark[..release.Index].TrimEnd(' ', ';') : remark, name, number, bit));
            next = number + 1;
        }
        found.Add(new TypeName(name, header, since, about, "enum"));
    }

    void Types(string about, string since, string code)
    {
        foreach (Match body in StructPattern().Matches(code))
            members[body.Groups["tag"].Value] = Members(body.Groups["members"].Value);
        foreach (Match type in TypedefPattern().Matches(code))
        {
            string name = type.Groups["name"].Value, of = type.Groups["type"].Value.Trim();
            if (of.StartsWith("struct ", StringComparison.Ordinal))
                found.Add(new StructDeclaration(name, header, since, about, of[7..], members.GetValueOrDefault(of[7..]) ?? []));
            else
                found.Add(new TypeName(name, header, since, name.EndsWith("Ptr", StringComparison.Ordinal) ? $"Points to a {of.TrimEnd('*', ' ')}." : about, of));
        }
    }

    static List<Member> Members(string text)
    {
        List<Member> arms = [];
        if (UnionPattern().Match(text) is { Success: true } union)
        {
            arms = Members(union.Groups["arms"].Value);
            text = text.Remove(union.Index, union.Length).Insert(union.Index, $"    union {union.Groups["name"].Value};\n");
        }
        return [.. MemberPattern().Matches(text).Select(m => new Member(m.Groups["name"].Value,
            m.Groups["type"].Value.Trim() + (m.Groups["length"].Value is { Length: > 0 } length ? $" {m.Groups["name"].Value}{length}" : ""), m.Groups["about"].Value, m.Groups["type"].Value.Trim() is "union" ? arms : []))];
    }

    static (string Type, string Name)[] Parameters(Match of) =>
        of.Groups["parameters"].Value.Trim() is "void" ? [] : [.. of.Groups["parameters"].Value.Split(',').Select(text =>
        {
            Match parameter = ParameterPattern().Match(SpacePattern().Replace(text, " ").Trim());
            return (parameter.Groups["type"].Value.Trim(), parameter.Groups["name"].Value);
        })];

    [GeneratedRegex(@"\A/\* (?<about>(?:(?!\*/).)*?)(?:\n \*)? ?Since(?:\n \*)? (?<since>[0-9.]+)\. \*/\n(?<code>.*)\z", RegexOptions.Singleline)]
    private static partial Regex BlockPattern();

    [GeneratedRegex(@"^# define (?<name>\w+) (?<body>""[^""]*"") /\* (?<since>[0-9.]+) \*/", RegexOptions.Multiline)]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"\A# define (?<name>\w+)(?:\((?<parameters>[^)]*)\))?[ \\\n]+(?<body>(?:[^\n]*\\\n)*[^\n]*)(?:\n|\z)")]
    private static partial Regex MacroPattern();

    [GeneratedRegex(@"\Atypedef enum \{(?<values>.*)\} (?<name>\w+);\z", RegexOptions.Singleline)]
    private static partial Regex EnumPattern();

    [GeneratedRegex(@"^    (?:, )?(?<name>VIR_\w+)(?: = (?<value>[^,\n/]*[^,\n/ ]))?,?(?: /\* (?<remark>.*) \*/)?$", RegexOptions.Multiline)]
    private static partial Regex ValuePattern();

    [GeneratedRegex(@"^\(1U? << (\d+)\)$")]
    private static partial Regex BitPattern();

    [GeneratedRegex(@"[0-9]+\.[0-9]+\.[0-9]+$")]
    private static partial Regex ReleasePattern();

    [GeneratedRegex(@"\Atypedef (?<returns>[\w *]+)\(\*(?<name>\w+)\)\((?<parameters>[^)]*)\);\z")]
    private static partial Regex CallbackPattern();

    [GeneratedRegex(@"\AVIR_EXPORT_VAR (?<type>\w+) (?<name>\w+);\z")]
    private static partial Regex VariablePattern();

    [GeneratedRegex(@"\A(?<returns>[\w *]+?)(?<name>\w+)\((?<parameters>[^)]*)\);\z")]
    private static partial Regex FunctionPattern();

    [GeneratedRegex(@"^typedef (?<type>[\w ]+[ *])(?<name>\w+);$", RegexOptions.Multiline)]
    private static partial Regex TypedefPattern();

    [GeneratedRegex(@"^struct (?<tag>\w+) \{\n(?<members>.*?)^\};", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex StructPattern();

    [GeneratedRegex(@"^    union \{\n(?<arms>.*?)^    \} (?<name>\w+);\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex UnionPattern();

    [GeneratedRegex(@"^ +(?<type>[\w ]+[ *]+)(?<name>(?!VIR_DEPRECATED)\w+)(?<length>\[\w+\])?(?: VIR_DEPRECATED)?;(?: /\* (?<about>.*) \*/)?$", RegexOptions.Multiline)]
    private static partial Regex MemberPattern();

    [GeneratedRegex(@"^(?<type>.*[ *])(?<name>\w+)$")]
    private static partial Regex ParameterPattern();

    [GeneratedRegex(@" Optional: (?<names>[\w, ]+)\.")]
    private static partial Regex OptionalPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpacePattern();
}
