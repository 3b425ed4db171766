using System.Linq;

namespace Vireo.Generators.Xml;

/// <summary>Makes the comparison of what the guest sees, from what is marked with [Abi].</summary>
static class AbiEmitter
{
    public static bool Concerns(ElementSpec element) => element.Abi is not null || element.Members.Any(static m => m.Abi is not null);

    /// <summary>The method of an element, or of a union's case.</summary>
    public static void Method(Source source, ElementSpec element)
    {
        source.Line();
        source.Line("/// <summary>Reports what a guest could tell apart.</summary>");
        source.Open($"internal static void CompareAbi({element.Name} source, {element.Name} target, AbiDifferences found)");
        if (element.Abi is not null)
            source.Line($"if (source.ToAbi() != target.ToAbi()) found.Add({Names.Literal(element.Abi)}, target.ToAbi(), source.ToAbi());");
        foreach (MemberSpec member in element.Members.Where(static m => m.Abi is not null))
            Member(source, member, member.Abi!);
        source.Close();
    }

    /// <summary>The method of a union: equal cases are compared, different ones reported. One that is not there is "none".</summary>
    public static void Union(Source source, FileSpec spec, string text)
    {
        source.Line();
        source.Line("/// <summary>Reports what a guest could tell apart.</summary>");
        source.Open($"internal static void CompareAbi({spec.Name}? source, {spec.Name}? target, AbiDifferences found)");
        source.Open("switch (source, target)");
        foreach (ElementSpec element in spec.Elements.Where(Concerns))
            source.Line($"case ({element.Name} a, {element.Name} b): {element.Name}.CompareAbi(a, b, found); break;");
        source.Line($"default: if (source?.XmlTag != target?.XmlTag) found.Add({Names.Literal(text)}, target?.XmlTag ?? \"none\", source?.XmlTag ?? \"none\"); break;");
        source.Close().Close();
    }

    static void Member(Source source, MemberSpec member, AbiSpec abi)
    {
        string p = member.Property, text = Names.Literal(abi.Text ?? "");
        if (member.IsList)
        {
            if (abi.Text is not null)
                source.Line($"if (source.{p}.Count != target.{p}.Count) found.Add({text}, target.{p}.Count, source.{p}.Count);");
            source.Line($"for (int i = 0; i < source.{p}.Count && i < target.{p}.Count; i++)");
            source.Line(abi.Inside ? $"    {member.Type}.CompareAbi(source.{p}[i], target.{p}[i], found);" : $"    if (source.{p}[i] != target.{p}[i]) found.Add({text});");
        }
        else if (abi.Inside && member is { Nullable: true, Value: not ValueKind.Union } && abi.Text is null && abi.MayBeEmpty)
            source.Line($"{member.Type}.CompareAbi(source.{p} ?? new(), target.{p} ?? new(), found);");
        else if (abi.Inside && member is { Nullable: true, Value: not ValueKind.Union })
        {
            source.Line($"if (source.{p} is {{ }} source{p} && target.{p} is {{ }} target{p}) {member.Type}.CompareAbi(source{p}, target{p}, found);");
            if (abi.Text is not null)
                source.Line($"else if (source.{p} is null != target.{p} is null) found.Add({text}, {Count("target", p)}, {Count("source", p)});");
        }
        else if (abi.Inside)
            source.Line($"{member.Type}.CompareAbi(source.{p}, target.{p}, found);");
        else
            source.Line($"if ({Comparable("source", member)} != {Comparable("target", member)}) found.Add({text}, {Shown("target", member)}, {Shown("source", member)});");
    }

    static string Count(string side, string property) => $"{side}.{property} is null ? 0 : 1";

    // A number that is not there is libvirt's zero.
    static string Comparable(string side, MemberSpec member) =>
        member is { Value: ValueKind.Number, Nullable: true } ? $"({side}.{member.Property} ?? 0)" : $"{side}.{member.Property}";

    static string Shown(string side, MemberSpec member)
    {
        string value = $"{side}.{member.Property}", maybe = member.Nullable ? "?" : "";
        return member.Value switch
        {
            ValueKind.Word => member.Nullable ? $"{value}?.ToXml() ?? \"default\"" : $"{value}.ToXml()",
            ValueKind.Bool when member.Kind is MemberKind.Flag => $"{value} ? \"on\" : \"default\"",
            ValueKind.Bool => member.Nullable ? $"{value} switch {{ true => \"on\", false => \"off\", _ => \"default\" }}" : $"{value} ? \"on\" : \"off\"",
            ValueKind.Number => member.Nullable ? $"{value} ?? 0" : value,
            ValueKind.Memory => $"{value}{maybe}.KiB{(member.Nullable ? " ?? 0" : "")}",
            ValueKind.String => member.Nullable ? $"{value} ?? \"<null>\"" : value,
            ValueKind.Record or ValueKind.Union or ValueKind.Other => member.Nullable ? $"{value} is null ? \"off\" : \"on\"" : "null",
            _ => member.Nullable ? $"{value}?.ToString() ?? \"<null>\"" : $"{value}.ToString()",
        };
    }
}
