using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Vireo.Generators.Protocol;

/// <summary>Turns C# types into wire types, and collects the structures whose codecs must be emitted.</summary>
sealed class WireReader
{
    const string Reader = "ref global::Vireo.Rpc.Xdr.XdrReader r";
    readonly Dictionary<string, Wire> structs = new Dictionary<string, Wire>();

    /// <summary>The codecs of all structures met so far.</summary>
    public SortedDictionary<string, string> Codecs { get; } = new SortedDictionary<string, string>(System.StringComparer.Ordinal);

    public static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public Wire Of(ITypeSymbol type, IEnumerable<AttributeData> attributes)
    {
        AttributeData[] all = attributes.ToArray();
        AttributeData? wire = Find(all, "WireAttribute");
        int bound = Find(all, "BoundAttribute") is { } b ? (int)b.ConstructorArguments[0].Value! : 0;
        if (wire is not null)
            return Said(type, (int)wire.ConstructorArguments[0].Value!, (int)wire.ConstructorArguments[1].Value!);
        if (type is IArrayTypeSymbol array)
            return array.ElementType.SpecialType == SpecialType.System_Byte ? Bytes(bound) : Array(array.ElementType, bound);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Optional(nullable.TypeArguments[0]);
        if (type.TypeKind == TypeKind.Enum)
        {
            SpecialType under = ((INamedTypeSymbol)type).EnumUnderlyingType!.SpecialType;
            return under == SpecialType.System_UInt32 ? Cast(type, "UInt", "uint") : Cast(type, "Int", "int");
        }
        switch (type.SpecialType)
        {
            case SpecialType.System_Int32: return Simple("int", "Int", "int", 4);
            case SpecialType.System_UInt32: return Simple("uint", "UInt", "uint", 4);
            case SpecialType.System_Int64: return Simple("long", "Hyper", "hyper", 8);
            case SpecialType.System_UInt64: return Simple("ulong", "UHyper", "uhyper", 8);
            case SpecialType.System_Double: return Simple("double", "Double", "double", 8);
            case SpecialType.System_Boolean:
                return new Wire("bool", "r.ReadInt() != 0", v => $"w.WriteInt({v} ? 1 : 0);", "int", 4);
            case SpecialType.System_String:
                return type.NullableAnnotation == NullableAnnotation.Annotated
                    ? new Wire("string?", "r.ReadOptionalString(Codec.Text)", v => $"w.WriteOptionalString({v}, Codec.Text);", "?string", 4)
                    : new Wire("string", "r.ReadString(Codec.Text)", v => $"w.WriteString({v}, Codec.Text);", "string", 4);
        }
        if (type.Name == "Uuid")
            return new Wire(type.ToDisplayString(Full), "r.ReadUuid()", v => $"w.WriteUuid({v});", "opaque[16]", 16);
        if (type.Name == "TypedParameter")
        {
            return new Wire(type.ToDisplayString(Full), "Codec.ReadParameter(ref r)", v => $"Codec.WriteParameter(ref w, {v});",
                "parameter", 12, strings: true);
        }
        return Struct((INamedTypeSymbol)type);
    }

    static Wire Simple(string type, string method, string notation, int size) =>
        new Wire(type, $"r.Read{method}()", v => $"w.Write{method}({v});", notation, size);

    static Wire Cast(ITypeSymbol type, string method, string notation)
    {
        string name = type.ToDisplayString(Full), plain = method == "UInt" ? "uint" : "int";
        return new Wire(name, $"({name})r.Read{method}()", v => $"w.Write{method}(({plain}){v});", notation, 4);
    }

    static Wire Said(ITypeSymbol type, int kind, int length)
    {
        string name = type.ToDisplayString(Full);
        switch (kind)
        {
            case 0: return As("Int", "int", "char");
            case 1: return As("UInt", "uint", "uchar");
            case 2: return As("UInt", "uint", "ushort");
            case 3:
                return type.SpecialType == SpecialType.System_Boolean
                    ? new Wire("bool", "r.ReadInt() != 0", v => $"w.WriteInt({v} ? 1 : 0);", "int", 4)
                    : As("Int", "int", "int");
            case 4: return As("UInt", "uint", "uint");
            case 5:
                return new Wire(name, $"({name})r.ReadUHyper()", v => $"w.WriteUHyper((ulong){v});", "uhyper", 8);
            case 6:
                return new Wire("string", $"Codec.ReadFixedChars(ref r, {length})",
                    v => $"Codec.WriteFixedChars(ref w, {v}, {length});", $"char[{length}]", 4 * length);
            case 8:
                return new Wire("byte[]", $"Codec.ReadCharBytes(ref r, {length})",
                    v => $"Codec.WriteCharBytes(ref w, {v}, {length});", $"char<{length}>", 4);
            default:
                return new Wire("string", $"Codec.ReadChars(ref r, {length})",
                    v => $"Codec.WriteChars(ref w, {v}, {length});", $"char<{length}>", 4);
        }

        Wire As(string method, string plain, string notation) =>
            new Wire(name, $"({name})r.Read{method}()", v => $"w.Write{method}(({plain}){v});", notation, 4);
    }

    static Wire Bytes(int bound) =>
        new Wire("byte[]", $"r.ReadOpaque({bound}).ToArray()", v => $"w.WriteOpaque({v}, {bound});", $"opaque<{bound}>", 4);

    Wire Array(ITypeSymbol element, int bound)
    {
        Wire item = Of(element, []);
        string type = item.Type;
        string write = item.HasParameters && type.EndsWith("TypedParameter")
            ? "Codec.WriteParameters(ref w, {0}, {1}, context);"
            : $"Codec.WriteArray(ref w, {{0}}, {{1}}, context, static (ref global::Vireo.Rpc.Xdr.XdrWriter w, {type} v, global::Vireo.Remote.AnswerContext context) => {{{{ {item.Write("v")} }}}});";
        return new Wire(type + "[]", $"Codec.ReadArray(ref r, {bound}, {item.MinSize}, static ({Reader}) => {item.Read})",
            v => string.Format(write, v, bound), $"<{bound}>({item.Notation})", 4, item.HasParameters);
    }

    Wire Optional(ITypeSymbol inner)
    {
        Wire value = Of(inner, []);
        return new Wire(value.Type + "?", $"(r.ReadPresent() ? {value.Read} : ({value.Type}?)null)",
            v => $"w.WritePresent({v}.HasValue); if ({v}.HasValue) {{ {value.Write(v + ".Value")} }}", $"?({value.Notation})", 4);
    }

    /// <summary>A record struct: its constructor's parameters, in order.</summary>
    Wire Struct(INamedTypeSymbol type)
    {
        string name = type.ToDisplayString(Full);
        if (structs.TryGetValue(name, out Wire? known))
            return known;
        var fields = Members(type);
        var text = new StringBuilder();
        text.Append($"    internal static {name} Read{type.Name}({Reader}) => new(\n        ");
        text.Append(string.Join(",\n        ", fields.Select(f => f.Wire.Read)));
        text.Append(");\n\n");
        text.Append($"    internal static void Write{type.Name}(ref global::Vireo.Rpc.Xdr.XdrWriter w, {name} value, global::Vireo.Remote.AnswerContext context)\n    {{\n");
        foreach (var field in fields)
            text.Append("        ").Append(field.Wire.Write("value." + field.Name)).Append('\n');
        text.Append("    }\n");
        Codecs[type.Name] = text.ToString();
        bool strings = fields.Any(f => f.Wire.HasParameters);
        return structs[name] = new Wire(name, $"Codec.Read{type.Name}(ref r)", v => $"Codec.Write{type.Name}(ref w, {v}, context);",
            string.Join(", ", fields.Select(f => f.Wire.Notation)), fields.Sum(f => f.Wire.MinSize), strings);
    }

    public List<EventField> Members(INamedTypeSymbol type)
    {
        IMethodSymbol constructor = type.InstanceConstructors
            .Where(c => c.DeclaredAccessibility == Accessibility.Public)
            .OrderByDescending(c => c.Parameters.Length).First();
        return constructor.Parameters.Select(p => new EventField
        {
            Name = p.Name,
            Wire = Of(p.Type, p.GetAttributes()),
            NotInOlder = Find(p.GetAttributes(), "NotInOlderAttribute") is not null,
        }).ToList();
    }

    public static AttributeData? Find(IEnumerable<AttributeData> attributes, string name) =>
        attributes.FirstOrDefault(a => a.AttributeClass?.Name == name);
}
