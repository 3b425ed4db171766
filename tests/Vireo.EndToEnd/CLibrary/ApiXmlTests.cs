using System.Text.RegularExpressions;
using System.Xml.Linq;
using Vireo.Packaging.ApiXml;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>The descriptions that bindings are generated from, which derive from our headers.</summary>
public partial class ApiXmlTests
{
    static readonly string[] own = ["libvirt-qemu", "libvirt-lxc", "libvirt-admin"];

    static IEnumerable<string> Headers(string library) =>
        Directory.GetFiles(Path.Join(CLibraryFiles.Include, "libvirt"), "*.h").Where(path => Path.GetFileNameWithoutExtension(path) is var name &&
            (library is "libvirt" ? name is not "libvirt" && !own.Contains(name) : name == library));

    [Theory, InlineData("libvirt"), InlineData("libvirt-qemu"), InlineData("libvirt-lxc"), InlineData("libvirt-admin")]
    public void Headers_declare_the_functions_of_the_table(string library)
    {
        string[] declared = [.. HeaderReader.Read(Headers(library).Order(StringComparer.Ordinal)).OfType<FunctionDeclaration>().Where(f => !f.IsCallback)
            .Select(f => $"{f.Header}.h: {Plain(f.Returns)} {f.Name}({string.Join(", ", f.Parameters.Select(p => Plain(p.Type)))})").Order(StringComparer.Ordinal)];
        string[] listed = [.. File.ReadLines(CLibraryFiles.Data("functions.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|')).Where(row => row[1] == library)
            .Select(row => $"{row[2]}: {Plain(row[3])} {row[4]}({string.Join(", ", row[5].Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(p => Plain(NamePattern().Replace(p, ""))))})")
            .Order(StringComparer.Ordinal)];
        Assert.Equal(listed, declared);
    }

    [Theory, InlineData("libvirt"), InlineData("libvirt-qemu"), InlineData("libvirt-lxc"), InlineData("libvirt-admin")]
    public void Say_to_a_generator_what_Debians_say(string library)
    {
        string stock = $"/usr/share/libvirt/api/{library}-api.xml";
        Assert.SkipUnless(File.Exists(stock), "Debian's libvirt-dev is not installed");
        XDocument ours = XDocument.Parse(ApiDocument.Write(library, Headers(library)));
        Dictionary<string, string> values = Values(ours), named = Values(XDocument.Load(stock));
        Assert.Equal(Facts(XDocument.Load(stock), named), Facts(ours, values));

        // An enum's value may be said by another's name there; what one library needs of another's is left as it is said.
        static Dictionary<string, string> Values(XDocument document) =>
            document.Descendants("enum").ToDictionary(e => (string)e.Attribute("name")!, e => (string)e.Attribute("value")!);
    }

    static List<string> Facts(XDocument document, Dictionary<string, string> values) => [.. document.Root!.Element("symbols")!.Elements().Select(symbol =>
    {
        string name = (string)symbol.Attribute("name")!, file = (string)symbol.Attribute("file")!;
        return symbol.Name.LocalName switch
        {
            "function" or "functype" =>
                $"{symbol.Name} {name} {file} {(string?)symbol.Attribute("module")} {(string)symbol.Attribute("version")!} {Plain((string)symbol.Element("return")!.Attribute("type")!)}: " + string.Join(", ",
                    symbol.Elements("arg").Select(a => $"{Plain((string)a.Attribute("type")!)} {(string)a.Attribute("name")!}{(symbol.Name == "function" && OptionalPattern().IsMatch((string)a.Attribute("info")!) ? " optional" : "")}")),
            "enum" => $"enum {name} {file} {(string)symbol.Attribute("type")!} {Value((string)symbol.Attribute("value")!)} {(string)symbol.Attribute("version")!}",
            "macro" => $"macro {name} {file} {(string?)symbol.Attribute("string")} {(string)symbol.Attribute("version")!}",
            "struct" => $"struct {name} {file} {(string)symbol.Attribute("type")!} {string.Join(", ", symbol.Elements("field").Select(f => (string)f.Attribute("name")!))}",
            _ => $"{symbol.Name} {name} {file} {(string)symbol.Attribute("type")!}",
        };

        string Value(string said) => values.TryGetValue(said, out string? other) ? Value(other) : long.TryParse(said, out _) ? said : "?";
    }).Where(fact => !fact.EndsWith('?') && !fact.Contains("VIR_DOMAIN_QEMU_AGENT_COMMAND", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    static string Plain(string type) => type.Replace(" ", "", StringComparison.Ordinal).Replace("*const", "*", StringComparison.Ordinal);

    [GeneratedRegex(@"\w+$")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^\(?optional\)?")]
    private static partial Regex OptionalPattern();
}
