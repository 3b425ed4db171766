using System.Collections.Generic;
using System.Linq;

namespace Vireo.Generators.Xml;

/// <summary>Writes the C# that writes an element.</summary>
static class WriterEmitter
{
    /// <summary>The methods of an element, or of a case of a union.</summary>
    public static void Methods(Source source, ElementSpec element, UnionSpec? union)
    {
        Node root = Node.Of(element.Members);
        if (union is null)
        {
            source.Line("/// <summary>Writes the element.</summary>");
            source.Open($"public void WriteXml(XmlOutput o, string name = {Names.Literal(element.Element)})");
            source.Line("o.Open(name);").Line("WriteAttributes(o);").Line("WriteChildren(o);").Line(element.OmitEmpty ? "o.CloseNonEmpty(name);" : element.Block ? "o.CloseBlock(name);" : "o.Close(name);").Close();
            source.Line();
            if (!element.HasText)
                Text(source, "override", "WriteXml(o);");
        }
        else
        {
            source.Line("/// <inheritdoc/>").Line($"public override string XmlTag => {Names.Literal(element.Tag)};").Line();
        }
        string scope = union is null ? "void" : "override void";
        source.Open($"internal {scope} WriteAttributes(XmlOutput o)");
        if (union is { TagOnParent: false })
            source.Line($"o.Attribute({Names.Literal(union.Tag)}, {Names.Literal(element.Tag)});");
        Attributes(source, root);
        source.Close();
        source.Line();
        source.Open($"internal {scope} WriteChildren(XmlOutput o)");
        Content(source, root);
        source.Close();
    }

    /// <summary>What a debugger shows. The compiler's own text would bring the name of every member along.</summary>
    public static void Text(Source source, string scope, params string[] write)
    {
        source.Line("/// <summary>The element as it is written.</summary>");
        source.Open($"public {scope} string ToString()");
        source.Line("var o = new XmlOutput(new XmlOutputOptions());");
        foreach (string line in write)
            source.Line(line);
        source.Line("return o.ToString();").Close().Line();
    }

    static void Attributes(Source source, Node node)
    {
        foreach (MemberSpec member in node.Members.Where(m => m.HookAttributes && m.First))
            source.Line($"Write{member.Property}Attributes(o);");
        foreach (MemberSpec member in node.Attributes.Where(m => m.First))
            Attribute(source, member);
        foreach (MemberSpec member in node.Members.Where(m => m.ParentTag is not null))
            source.Line($"o.Attribute({Names.Literal(member.ParentTag)}, {member.Property}{(member.Nullable ? "?" : "")}.XmlTag);");
        foreach (MemberSpec member in node.Members)
        {
            if (member.Kind == MemberKind.Inline)
                source.Line($"{member.Property}.WriteAttributes(o);");
        }
        foreach (MemberSpec member in node.Attributes.Where(m => !m.First))
            Attribute(source, member);
        foreach (MemberSpec member in node.Members.Where(m => m.HookAttributes && !m.First))
            source.Line($"Write{member.Property}Attributes(o);");
    }

    static void Attribute(Source source, MemberSpec member)
    {
        string guard = Guard(member);
        source.Line($"{guard}o.Attribute({Names.Literal(member.Name)}, {Format(member, member.Property, member.Nullable)});");
        if (member.Value is not (ValueKind.Memory or ValueKind.Bytes))
            return;
        string unit = Unit(member, member.Nullable ? member.Property + ".Value" : member.Property, "B");
        source.Line($"{guard}o.Attribute(\"unit\", {(member.Nullable ? $"{member.Property} is null ? null : {unit}" : unit)});");
    }

    static string Unit(MemberSpec member, string value, string bytes) =>
        member.Unit?[0] == '*' ? $"XmlOutput.PrettyUnit({value})" : Names.Literal(member.Unit ?? (member.Value == ValueKind.Memory ? "KiB" : bytes));

    static string Guard(MemberSpec member) => (member.Live, member.Secret) switch
    {
        _ when member.Status => "if (o.Status) ",
        (true, true) => "if (!o.Inactive && o.Secure) ",
        (true, false) => "if (!o.Inactive) ",
        (false, true) => "if (o.Secure) ",
        _ => "",
    };

    static void Content(Source source, Node node)
    {
        if (node.Text is { } text)
            source.Line($"o.Text({Format(text, text.Property, text.Nullable)});");
        foreach (object item in node.Items)
        {
            if (item is Node child)
            {
                if (child.Items.Count == 0 && child.Attributes.Count == 0 && child.Text is { Value: not (ValueKind.Memory or ValueKind.Bytes) } only)
                {
                    source.Line($"{Guard(only)}o.TextElement({Names.Literal(child.Name)}, {Format(only, only.Property, only.Nullable)});");
                    continue;
                }
                bool guarded = true;
                if (child.Attributes.Count == 1 && child.Items.Count == 0 && child.Text is null && child.Attributes[0] is { Nullable: true } single)
                    source.Open($"if ({single.Property} is not null)");
                else if (child.Text is { Nullable: true, Value: ValueKind.Memory or ValueKind.Bytes } size)
                    source.Open($"if ({size.Property} is not null{(size.Live ? " && !o.Inactive" : "")})");
                else
                    guarded = false;
                source.Line($"o.Open({Names.Literal(child.Name)});");
                Attributes(source, child);
                if (child.Text is { Value: ValueKind.Memory or ValueKind.Bytes })
                    source.Line($"o.Attribute(\"unit\", {Unit(child.Text, child.Text.Nullable ? child.Text.Property + ".Value" : child.Text.Property, "bytes")});");
                Content(source, child);
                source.Line($"o.CloseNonEmpty({Names.Literal(child.Name)});");
                if (guarded)
                    source.Close();
                continue;
            }
            Member(source, (MemberSpec)item);
        }
    }

    static void Member(Source source, MemberSpec member)
    {
        string guard = Guard(member);
        switch (member.Kind)
        {
            case MemberKind.Inline:
                source.Line($"{member.Property}.WriteChildren(o);");
                break;
            case MemberKind.Hook:
                source.Line($"{guard}Write{member.Property}(o);");
                break;
            case MemberKind.Flag:
                source.Line($"if ({member.Property}) o.Empty({Names.Literal(member.Path.Last())});");
                break;
            case MemberKind.Switch:
                source.Line($"o.Switch({Names.Literal(member.Path.Last())}, {member.Property});");
                break;
            case MemberKind.Text:
                source.Line($"foreach ({member.Type} item in {member.Property})").Line($"    o.TextElement({Names.Literal(member.Path.Last())}, {Format(member, "item", false)});");
                break;
            case MemberKind.Attribute:
                source.Open($"foreach ({member.Type} item in {member.Property})");
                source.Line($"o.Open({Names.Literal(member.Path.Last())});").Line($"o.Attribute({Names.Literal(member.Name)}, {Format(member, "item", false)});")
                    .Line($"o.Close({Names.Literal(member.Path.Last())});").Close();
                break;
            default:
                string one = member.IsList ? "item" : member.Property;
                string write = member.Value == ValueKind.Fragment
                    ? $"if ({one} is not null) o.{(member.Status ? "Foreign" : "Fragment")}({one});"
                    : $"{one}{(member.Nullable ? "?" : "")}.WriteXml(o, {Names.Literal(member.Name)});";
                if (member.IsList)
                    source.Line($"{guard}foreach ({member.Type} item in {member.Property})").Line($"    {write}");
                else
                    source.Line(guard + write);
                break;
        }
    }

    static string Format(MemberSpec member, string value, bool nullable)
    {
        string dot = nullable ? "?." : ".";
        return member.Value switch
        {
            ValueKind.String => value,
            ValueKind.Bool => $"XmlOutput.{(member.OnOff ? "OnOff" : "YesNo")}({value})",
            ValueKind.Number when member.Hex > 0 => $"XmlOutput.Hex({value}, {member.Hex})",
            ValueKind.Number => $"XmlOutput.Number<{member.Type}>({value})",
            ValueKind.Memory when member.Unit?[0] == '*' && nullable => $"{value} is {{ }} amount ? XmlOutput.PrettyNumber(amount) : null",
            ValueKind.Memory when member.Unit?[0] == '*' => $"XmlOutput.PrettyNumber({value})",
            ValueKind.Memory => $"XmlOutput.Number<ulong>({value}{dot}{(member.Unit is null ? "KiB" : "MiB")})",
            ValueKind.Bytes => $"XmlOutput.Number<ulong>({value}{dot}Bytes)",
            ValueKind.Uuid => $"{value}{dot}ToString()",
            _ => $"{value}{dot}ToXml()",
        };
    }
}
