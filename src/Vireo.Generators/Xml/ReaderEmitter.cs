using System.Collections.Generic;
using System.Linq;

namespace Vireo.Generators.Xml;

/// <summary>Writes the C# that reads an element.</summary>
static class ReaderEmitter
{
    /// <summary>A static method that reads the whole element.</summary>
    public static void Method(Source source, ElementSpec element, string hides)
    {
        Node root = Node.Of(element.Members);
        source.Line("/// <summary>Reads the element that <paramref name=\"x\"/> stands on.</summary>");
        source.Open($"public static {hides}{element.Name} ReadXml(XmlInput x)");
        source.Line("int at = x.Enter();");
        foreach (MemberSpec member in element.Members)
            source.Line(Declaration(member));
        int counter = 0;
        Attributes(source, root);
        Children(source, root, "at", ref counter, element.Unknown);
        source.Open($"return x.Done(at, new {element.Name}");
        foreach (MemberSpec member in element.Members)
            source.Line($"{member.Property} = {Result(member)},");
        source.Close(");");
        source.Close();
    }

    /// <summary>A class that collects a case's members while the parent's element is read.</summary>
    public static void Collector(Source source, ElementSpec element, string union)
    {
        Node root = Node.Of(element.Members);
        source.Open("internal sealed new class Collector : " + union + ".Collector");
        foreach (MemberSpec member in element.Members)
            source.Line(Declaration(member));
        source.Line();
        source.Open("internal Collector(XmlInput x)");
        Attributes(source, root);
        source.Close();
        source.Line();
        source.Open("internal override bool Child(XmlInput x)");
        int counter = 0;
        foreach (MemberSpec member in root.Members.Where(m => m.Kind == MemberKind.Inline))
            source.Line($"if ({member.Local}!.Child(x)) return true;");
        if (root.Items.Any(item => item is not MemberSpec { Kind: MemberKind.Inline }))
        {
            source.Open("switch (x.Name)");
            Cases(source, root, ref counter, "return true;");
            source.Close();
        }
        source.Line("return false;");
        source.Close();
        source.Line();
        source.Open($"internal override {union} Done(XmlInput x, int at) => x.Done(at, new {element.Name}");
        foreach (MemberSpec member in element.Members)
            source.Line($"{member.Property} = {Result(member)},");
        source.Close(");");
        source.Close();
    }

    static string Declaration(MemberSpec member) => member switch
    {
        { IsList: true } => $"ValueListBuilder<{member.Type}> {member.Local} = new();",
        { Kind: MemberKind.Flag } => $"bool {member.Local} = false;",
        { Kind: MemberKind.Inline } => $"{member.Type}.Collector? {member.Local} = null;",
        { ParentTag: not null } => $"string? {member.Local}Tag = null;\n        {member.Type}? {member.Local} = null;".Replace("\n        ", " "),
        _ => $"{member.Type}? {member.Local} = null;",
    };

    static string Result(MemberSpec member)
    {
        if (member.IsList)
            return $"{member.Local}.ToList()";
        if (member.Kind == MemberKind.Flag)
            return member.Local;
        if (member.Kind == MemberKind.Inline)
            return $"{member.Local}!.Done(x, at)";
        if (member.ParentTag is not null)
            return member.Nullable
                ? $"{member.Local} ?? ({member.Local}Tag is null ? null : {member.Type}.Without(x, at, {member.Local}Tag, {Names.Literal(member.Name)}))"
                : $"{member.Local} ?? {member.Type}.Without(x, at, {member.Local}Tag, {Names.Literal(member.Name)})";
        if (member.Nullable)
            return member.Local;
        if (member.Required)
            return member.Kind == MemberKind.Attribute
                ? $"{member.Local} ?? throw x.MissingAttribute(at, {Names.Literal(member.Name)}, {Names.Literal(member.Missing)})"
                : $"{member.Local} ?? throw x.MissingElement(at, {Names.Literal(member.Name.Length > 0 ? member.Name : member.Path.LastOrDefault())}, {Names.Literal(member.Missing)})";
        return member.Value switch
        {
            ValueKind.Record => $"{member.Local} ?? new {member.Type}()",
            ValueKind.String => $"{member.Local} ?? \"\"",
            _ => $"{member.Local} ?? default",
        };
    }

    static void Attributes(Source source, Node node)
    {
        foreach (MemberSpec member in node.Attributes)
            source.Line($"{member.Local} {(node.Name.Length == 0 ? "" : "??")}= {Unless(member, Convert(member, $"x.Attribute({Names.Literal(member.Name)})", Names.Literal(member.Name)))};");
        foreach (MemberSpec member in node.Members)
        {
            if (member.ParentTag is not null)
                source.Line($"{member.Local}Tag = x.Attribute({Names.Literal(member.ParentTag)});");
            if (member.Kind == MemberKind.Inline)
                source.Line($"{member.Local} = {member.Type}.Begin(x);");
        }
    }

    static string Unless(MemberSpec member, string value) => member.Status ? $"!x.Status ? null : {value}" : member.Live ? $"x.Inactive ? null : {value}" : value;

    static void Children(Source source, Node node, string at, ref int counter, string? unknown = null)
    {
        if (node.Items.Count == 0)
        {
            if (node.Text is not null)
                Text(source, node.Text, ref counter);
            return;
        }
        string text = "";
        if (node.Text is not null)
        {
            text = $"text{++counter}";
            source.Line($"string? {text} = null;");
        }
        source.Open(node.Text is null ? $"while (x.NextChild({at}))" : $"while (x.NextChild({at}, ref {text}))");
        foreach (MemberSpec member in node.Members.Where(m => m.Kind == MemberKind.Inline))
            source.Line($"if ({member.Local}.Child(x)) continue;");
        if (node.Items.Any(item => item is not MemberSpec { Kind: MemberKind.Inline }))
        {
            source.Open("switch (x.Name)");
            Cases(source, node, ref counter, "break;");
            if (unknown is not null)
                source.Line("default:").Line($"    x.Unknown({Names.Literal(unknown)});").Line("    break;");
            source.Close();
        }
        source.Close();
        if (node.Text is not null)
            source.Line($"{node.Text.Local} = {Convert(node.Text, text, "null")};");
    }

    static void Cases(Source source, Node node, ref int counter, string leave)
    {
        foreach (object item in node.Items)
        {
            if (item is Node child)
            {
                source.Open($"case {Names.Literal(child.Name)}:");
                bool simple = child.Items.Count == 0;
                string at = $"at{++counter}";
                if (!simple)
                    source.Line($"int {at} = x.Enter();");
                Attributes(source, child);
                Children(source, child, at, ref counter);
                source.Line(leave).Close();
                continue;
            }
            var member = (MemberSpec)item;
            switch (member.Kind)
            {
                case MemberKind.Inline:
                    break;
                case MemberKind.Hook:
                    source.Line(member.Name == "*" ? "default:" : string.Join(" ", member.Name.Split('|').Select(name => $"case {Names.Literal(name)}:")));
                    source.Line($"    Read{member.Property}(x, ref {member.Local});").Line($"    {leave}");
                    break;
                case MemberKind.Flag:
                    source.Line($"case {Names.Literal(member.Path.Last())}:").Line($"    {member.Local} = true;").Line($"    {leave}");
                    break;
                case MemberKind.Switch:
                    source.Line($"case {Names.Literal(member.Path.Last())}:")
                        .Line($"    {member.Local} ??= x.OnOff(x.Attribute(\"state\"), \"state\", {Names.Literal(member.Bad)}) ?? {(member.Missing is null ? "true" : $"throw x.MissingAttribute(x.Enter(), \"state\", {Names.Literal(member.Missing.Length == 0 ? null : member.Missing)})")};").Line($"    {leave}");
                    break;
                case MemberKind.Attribute:
                    source.Line($"case {Names.Literal(member.Path.Last())}:")
                        .Line($"    {member.Local}.Add({Convert(member, $"x.Attribute({Names.Literal(member.Name)})", Names.Literal(member.Name))} ?? throw x.MissingAttribute(x.Enter(), {Names.Literal(member.Name)}));")
                        .Line($"    {leave}");
                    break;
                case MemberKind.Text:
                    source.Line($"case {Names.Literal(member.Path.Last())}:")
                        .Line($"    if ({Convert(member, "x.Text()", "null")} is {{ }} item{++counter}) {member.Local}.Add(item{counter});").Line($"    {leave}");
                    break;
                default:
                    string read = member.Value == ValueKind.Fragment ? "x.Fragment()"
                        : $"{member.Type}.ReadXml(x{(member.ParentTag is null ? "" : $", {member.Local}Tag")})";
                    source.Line($"case {Names.Literal(member.Name)}:");
                    if (member.Once is not null)
                        source.Line($"    if ({member.Local} is not null) x.Unknown({Names.Literal(member.Once)});");
                    source
                        .Line(member.IsList ? $"    {(member.Live ? "if (!x.Inactive) " : "")}{member.Local}.Add({read});" : $"    {member.Local} ??= {Unless(member, read)};").Line($"    {leave}");
                    break;
            }
        }
    }

    static void Text(Source source, MemberSpec member, ref int counter)
    {
        if (member.Value is ValueKind.Memory or ValueKind.Bytes)
        {
            string unit = $"unit{++counter}";
            source.Line($"string? {unit} = x.Attribute(\"unit\");");
            source.Line($"{member.Local} ??= {Unless(member, Convert(member, "x.Text()", "null", unit))};");
        }
        else
            source.Line($"{member.Local} ??= {Unless(member, Convert(member, "x.Text()", "null"))};");
    }

    static string Convert(MemberSpec member, string text, string name, string unit = "x.Attribute(\"unit\")")
    {
        if (member.Unit == "*MiB")
            unit += " ?? \"MiB\"";
        string tail = member.Bad is null ? ")" : $", {Names.Literal(member.Bad)})";
        if (member.NonEmpty && member.Value != ValueKind.String)
            text = $"XmlInput.NonEmpty({text})";
        return member.Value switch
        {
            ValueKind.String => name == "null" || member.NonEmpty ? $"XmlInput.NonEmpty({text})" : text,
            ValueKind.Bool => $"x.{(member.OnOff ? "OnOff" : "YesNo")}({text}, {name}{tail}",
            ValueKind.Number when member.ZeroIsNone => $"XmlInput.NotZero<{member.Type}>(x.{Number(member)}<{member.Type}>({text}, {name}{tail})",
            ValueKind.Number => $"x.{Number(member)}<{member.Type}>({text}, {name}{tail}",
            ValueKind.Word => $"{member.Type}Names.ReadXml(x, {text}, {name}{tail}",
            ValueKind.Memory => $"x.Memory({text}, {unit}, {name}{tail}",
            ValueKind.Bytes => $"x.Bytes({text}, {unit}, {name}{tail}",
            ValueKind.Uuid => $"x.Uuid({text}, {name}{tail}",
            ValueKind.StructValue => $"x.StructValue<{member.Type}>({text}, {name}{tail}",
            _ => $"x.Value<{member.Type}>({text}, {name}{tail}",
        };
    }

    static string Number(MemberSpec member) => member.NonZero ? "NonZero" : member.Decimal ? "Decimal" : "Number";

    /// <summary>A method that lays a record over another one: what it holds counts, the rest comes from below.</summary>
    public static void Overlay(Source source, ElementSpec element)
    {
        source.Line("/// <summary>This record with what it does not hold taken from <paramref name=\"below\"/>.</summary>");
        source.Open($"internal {element.Name} Over({element.Name} below) => below with");
        foreach (MemberSpec member in element.Members)
            source.Line($"{member.Property} = {member.Property} ?? below.{member.Property},");
        source.Close(";");
        source.Line().Line($"string IOverlay.XmlName => {Names.Literal(element.Element)};").Line();
        source.Line($"IOverlay IOverlay.Over(IOverlay below) => Over(({element.Name})below);").Line();
        source.Line("void IOverlay.WriteAttributes(XmlOutput o) => WriteAttributes(o);");
    }
}
