using System.Globalization;
using System.Text;
using System.Xml;

namespace Vireo.Packaging.ApiXml;

/// <summary>The description of a library that language bindings are generated from: libvirt-api.xml and its three sisters.</summary>
public static class ApiDocument
{
    static readonly string[] kinds = ["macro", "enum", "typedef", "struct", "variable", "function"];

    /// <summary>Writes what the headers of a library declare.</summary>
    public static string Write(string library, IEnumerable<string> headers)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" }))
        {
            IGrouping<string, Declaration>[] files = [.. HeaderReader.Read(headers.Order(StringComparer.Ordinal)).GroupBy(d => d.Header).OrderBy(f => f.Key, StringComparer.Ordinal)];
            xml.WriteStartElement("api");
            xml.WriteAttributeString("name", library);
            xml.WriteStartElement("files");
            foreach (IGrouping<string, Declaration> file in files)
                File(xml, file);
            xml.WriteEndElement();
            xml.WriteStartElement("symbols");
            foreach (Declaration declared in files.SelectMany(f => f).OrderBy(d => Array.IndexOf(kinds, Kind(d))).ThenBy(d => d.Name, StringComparer.Ordinal))
                Symbol(xml, declared);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text + "\n";
    }

    static string Kind(Declaration declared) => declared switch
    {
        MacroDeclaration => "macro",
        EnumValue => "enum",
        TypeName => "typedef",
        StructDeclaration => "struct",
        VariableDeclaration => "variable",
        _ => "function",
    };

    static void File(XmlWriter xml, IGrouping<string, Declaration> file)
    {
        xml.WriteStartElement("file");
        xml.WriteAttributeString("name", file.Key);
        foreach (Declaration declared in file.OrderBy(d => Array.IndexOf(kinds, Kind(d))).ThenBy(d => d.Name, StringComparer.Ordinal))
        {
            xml.WriteStartElement("exports");
            xml.WriteAttributeString("symbol", declared.Name);
            xml.WriteAttributeString("type", declared is StructDeclaration ? "typedef" : Kind(declared));
            xml.WriteEndElement();
        }
        foreach (StructDeclaration declared in file.OfType<StructDeclaration>().Where(s => s.Members.Count > 0).DistinctBy(s => s.Tag))
        {
            xml.WriteStartElement("exports");
            xml.WriteAttributeString("symbol", declared.Tag);
            xml.WriteAttributeString("type", "struct");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    static void Symbol(XmlWriter xml, Declaration declared)
    {
        xml.WriteStartElement(declared is FunctionDeclaration { IsCallback: true } ? "functype" : Kind(declared));
        xml.WriteAttributeString("name", declared.Name);
        xml.WriteAttributeString("file", declared.Header);
        switch (declared)
        {
            case MacroDeclaration macro:
                Macro(xml, macro);
                break;
            case EnumValue value:
                Value(xml, value);
                break;
            case TypeName type:
                xml.WriteAttributeString("type", type.Type);
                break;
            case StructDeclaration structure:
                xml.WriteAttributeString("type", $"struct {structure.Tag}");
                break;
            case VariableDeclaration variable:
                xml.WriteAttributeString("type", variable.Type);
                break;
            case FunctionDeclaration function:
                xml.WriteAttributeString("module", Module(function));
                break;
        }
        xml.WriteAttributeString("version", declared.Since);
        if (declared is EnumValue)
        {
            if (declared.About.Length > 0)
                xml.WriteAttributeString("info", declared.About);
        }
        else if (declared is StructDeclaration { Members: var members })
        {
            foreach (Member member in members)
                Field(xml, member);
        }
        else
        {
            if (declared.About.Length > 0 || declared is not MacroDeclaration)
                xml.WriteElementString("info", declared.About);
        }
        if (declared is FunctionDeclaration signed)
            Signature(xml, signed);
        if (declared is MacroDeclaration { Parameters: { } parameters })
        {
            foreach (string parameter in parameters.Split(','))
                Argument(xml, parameter.Trim(), null, "");
        }
        xml.WriteEndElement();
    }

    // Where libvirt implements it: the Python binding's generator leaves out what is not in the modules it knows.
    static string Module(FunctionDeclaration function) => function switch
    {
        { IsCallback: true } => function.Header,
        { Header: "virterror" } => "virerror",
        { Name: "virConnectOpen" or "virConnectOpenAuth" or "virConnectOpenReadOnly" or "virConnectClose" or "virInitialize" or "virGetVersion" } => "libvirt",
        _ when function.Name.StartsWith("virTypedParams", StringComparison.Ordinal) => "virtypedparam-public",
        _ when function.Name.StartsWith("virEvent", StringComparison.Ordinal) => "virevent",
        _ => function.Header,
    };

    static void Macro(XmlWriter xml, MacroDeclaration macro)
    {
        if (macro.Parameters is { } parameters)
            xml.WriteAttributeString("params", parameters.Replace(" ", "", StringComparison.Ordinal));
        if (macro.Body.StartsWith('"'))
            xml.WriteAttributeString("string", macro.Body.Trim('"'));
        else
            xml.WriteAttributeString("raw", macro.Body);
    }

    static void Value(XmlWriter xml, EnumValue value)
    {
        xml.WriteAttributeString("value", value.Value.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("value_hex", (value.Value < 0 ? "-" : "") + "0x" + Math.Abs(value.Value).ToString("x", CultureInfo.InvariantCulture));
        if (value.IsBit)
            xml.WriteAttributeString("value_bitshift", long.Log2(value.Value).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("type", value.Enum);
    }

    static void Field(XmlWriter xml, Member member)
    {
        xml.WriteStartElement("field");
        xml.WriteAttributeString("name", member.Name);
        xml.WriteAttributeString("type", member.Type);
        xml.WriteAttributeString("info", member.About);
        if (member.Arms.Count > 0)
        {
            xml.WriteStartElement("union");
            foreach (Member arm in member.Arms)
                Field(xml, arm);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    static void Signature(XmlWriter xml, FunctionDeclaration function)
    {
        xml.WriteStartElement("return");
        xml.WriteAttributeString("type", function.Returns);
        xml.WriteEndElement();
        foreach ((string type, string name) in function.Parameters)
            Argument(xml, name, type, function.Optional.Contains(name) ? "(optional)" : "");
    }

    static void Argument(XmlWriter xml, string name, string? type, string about)
    {
        xml.WriteStartElement("arg");
        xml.WriteAttributeString("name", name);
        if (type is not null)
            xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("info", about);
        xml.WriteEndElement();
    }
}
