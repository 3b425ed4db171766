using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vireo.Generators.Xml;

/// <summary>From declarations to specs.</summary>
static class SpecReader
{
    const string Space = "Vireo.Core.Xml.";

    public static FileSpec Element(INamedTypeSymbol type)
    {
        var problems = new List<string>();
        return new FileSpec(type.ContainingNamespace.ToDisplayString(), type.Name, null,
            new EquatableArray<ElementSpec>([Read(type, null, problems)]), new EquatableArray<string>(problems))
        { Summary = Summaries.Of(type), Custom = IsCustom(type) };
    }

    public static FileSpec Union(INamedTypeSymbol type)
    {
        var problems = new List<string>();
        IEnumerable<ElementSpec> cases = type.GetTypeMembers()
            .Where(nested => Find(nested, "CaseAttribute") is not null)
            .Select(nested => Read(nested, (string?)Find(nested, "CaseAttribute")!.ConstructorArguments[0].Value, problems));
        return new FileSpec(type.ContainingNamespace.ToDisplayString(), type.Name, UnionOf(type), new EquatableArray<ElementSpec>(cases),
            new EquatableArray<string>(problems))
        { Summary = Summaries.Of(type) };
    }

    public static WordsSpec Words(INamedTypeSymbol type) => new(
        type.ContainingNamespace.ToDisplayString(), type.Name, type.DeclaredAccessibility == Accessibility.Public,
        new EquatableArray<WordSpec>(type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field =>
            new WordSpec(field.Name, (string?)Find(field, "WireAttribute")?.ConstructorArguments[0].Value ?? field.Name.ToLowerInvariant()))));

    static ElementSpec Read(INamedTypeSymbol type, string? tag, List<string> problems)
    {
        AttributeData? element = Find(type, "ElementAttribute");
        var members = new List<MemberSpec>();
        var last = new List<MemberSpec>();
        var seen = new HashSet<string>();
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
            foreach (IPropertySymbol property in at.GetMembers().OfType<IPropertySymbol>())
            {
                AttributeData? how = property.GetAttributes().FirstOrDefault(a => a.AttributeClass?.BaseType?.ToDisplayString() == Space + "MemberAttribute");
                if (how is null || !seen.Add(property.Name))
                    continue;
                MemberSpec? member = Member(property, how);
                if (member is null)
                    problems.Add($"{type.Name}.{property.Name}: no way to read or write a {property.Type.ToDisplayString()}");
                else
                    (Named(how, "Last") is true ? last : members).Add(member);
            }
        return new ElementSpec(type.Name, (string?)element?.ConstructorArguments[0].Value, Named(element, "OmitEmpty") is true, Named(element, "Block") is true, (string?)Named(element, "Unknown"), tag,
            new EquatableArray<MemberSpec>(members.Concat(last)))
        {
            Overlay = Named(element, "Overlay") is true,
            HasText = HasText(type),
            Abi = AbiText(Find(type, "AbiAttribute")),
            Summary = Summaries.Of(type),
            Describers = new EquatableArray<string>(Describers(type)),
        };
    }

    /// <summary>Whether the type or one that it derives from has a hand-written text.</summary>
    static bool HasText(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is { SpecialType: not SpecialType.System_Object }; at = at.BaseType)
            if (at.GetMembers("ToString").Any(static member => member is IMethodSymbol { Parameters.Length: 0, IsImplicitlyDeclared: false }))
                return true;
        return false;
    }

    /// <summary>The type and those it derives from, farthest first, if they have a <c>DescribeXml</c>.</summary>
    static IEnumerable<string> Describers(INamedTypeSymbol type)
    {
        var found = new List<string>();
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
            if (at.GetMembers("DescribeXml").Any(member => member is IMethodSymbol { IsStatic: true }))
                found.Insert(0, at.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
        return found;
    }

    static bool IsCustom(ITypeSymbol type) => Named(Find(type, "ElementAttribute"), "Custom") is true;

    static bool IsPartial(ITypeSymbol type) =>
        type.DeclaringSyntaxReferences.All(part => part.GetSyntax() is TypeDeclarationSyntax declared && declared.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>The cases of a union without required members.</summary>
    static IEnumerable<string> BareTags(ITypeSymbol union) => union.GetTypeMembers()
        .Where(nested => Find(nested, "CaseAttribute") is not null && !Read(nested, null, []).Members.Any(member => member.Required))
        .Select(nested => (string)Find(nested, "CaseAttribute")!.ConstructorArguments[0].Value!);

    static MemberSpec? Member(IPropertySymbol property, AttributeData how)
    {
        MemberKind kind = how.AttributeClass!.Name switch
        {
            "AttrAttribute" => MemberKind.Attribute,
            "TextAttribute" => MemberKind.Text,
            "ChildAttribute" => MemberKind.Child,
            "FlagAttribute" => MemberKind.Flag,
            "SwitchAttribute" => MemberKind.Switch,
            "InlineAttribute" => MemberKind.Inline,
            _ => MemberKind.Hook,
        };
        (ITypeSymbol type, bool nullable, bool list) = Unwrap(property.Type);
        ValueKind value = Value(type);
        if (value == ValueKind.Other && kind != MemberKind.Hook)
            return null;
        UnionSpec? union = value == ValueKind.Union ? UnionOf((INamedTypeSymbol)type) : null;
        string? name = how.ConstructorArguments.Length > 0 ? (string?)how.ConstructorArguments[0].Value : null;
        name ??= kind == MemberKind.Child ? (string?)Find(type, "ElementAttribute")?.ConstructorArguments[0].Value : null;
        var path = ((string?)Named(how, "In") ?? "").Split(['/'], System.StringSplitOptions.RemoveEmptyEntries).ToList();
        if (kind is MemberKind.Text or MemberKind.Flag or MemberKind.Switch && name is not null)
        {
            path.AddRange(name.Split('/'));
            name = "";
        }
        return new MemberSpec(property.Name, kind, name ?? "", new EquatableArray<string>(path),
            TypeName(type, property.ContainingType), value)
        {
            Nullable = nullable,
            Required = property.IsRequired,
            IsList = list,
            Live = Named(how, "Live") is true,
            Status = Named(how, "Status") is true,
            Secret = Named(how, "Secret") is true,
            OnOff = Named(how, "OnOff") is true,
            Hex = Named(how, "Hex") as int? ?? 0,
            Bad = (string?)Named(how, "Bad"),
            Missing = (string?)Named(how, "Missing"),
            NonZero = Named(how, "NonZero") is true,
            Decimal = Named(how, "Decimal") is true,
            ZeroIsNone = Named(how, "ZeroIsNone") is true,
            NonEmpty = Named(how, "NonEmpty") is true,
            Once = (string?)Named(how, "Once"),
            First = Named(how, "First") is true,
            Unit = (string?)Named(how, "Unit"),
            HookAttributes = Named(how, "Attributes") is true,
            Abi = AbiOf(property, type),
            Summary = Summaries.Of(property),
            Since = (string?)Named(how, "Since"),
            Describer = kind == MemberKind.Hook && property.ContainingType.GetMembers("Describe" + property.Name).Length > 0
                ? $"{property.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.Describe{property.Name}" : null,
            Shapeless = IsCustom(type) && !IsPartial(type),
            BareTags = new EquatableArray<string>(union is { TagOnParent: true } ? BareTags(type) : []),
            ParentTag = union is { TagOnParent: true } ? union.Tag : null,
        };
    }

    /// <summary>The shortest name that means the type inside <paramref name="place"/>, whose namespaces are in scope.</summary>
    static string TypeName(ITypeSymbol type, INamedTypeSymbol place)
    {
        string full = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        bool inScope = space == "Vireo.Core" || (place.ContainingNamespace.ToDisplayString() + ".").StartsWith(space + ".", System.StringComparison.Ordinal);
        bool hidden = false;
        for (INamedTypeSymbol? at = place; at is not null; at = at.ContainingType ?? at.BaseType)
            hidden |= at.GetMembers(type.Name).Length > 0;
        return !inScope || hidden || type.SpecialType != SpecialType.None || type.ContainingType is not null || type is INamedTypeSymbol { IsGenericType: true } ? full : type.Name;
    }

    static (ITypeSymbol Type, bool Nullable, bool List) Unwrap(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { Name: "ValueList" } list)
            return (list.TypeArguments[0].WithNullableAnnotation(NullableAnnotation.NotAnnotated), false, true);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return (nullable.TypeArguments[0], true, false);
        return (type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), type.NullableAnnotation == NullableAnnotation.Annotated, false);
    }

    static ValueKind Value(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => ValueKind.String,
        { SpecialType: SpecialType.System_Boolean } => ValueKind.Bool,
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => ValueKind.Number,
        { TypeKind: TypeKind.Enum } => ValueKind.Word,
        { Name: "MemorySize" } => ValueKind.Memory,
        { Name: "ByteSize" } => ValueKind.Bytes,
        { Name: "Uuid" } => ValueKind.Uuid,
        { Name: "XmlFragment" } => ValueKind.Fragment,
        _ when type.AllInterfaces.Any(i => i.Name == "IXmlValue") => type.IsValueType ? ValueKind.StructValue : ValueKind.ClassValue,
        _ when Find(type, "UnionAttribute") is not null => ValueKind.Union,
        _ when Find(type, "ElementAttribute") is not null => ValueKind.Record,
        _ => ValueKind.Other,
    };

    static UnionSpec UnionOf(INamedTypeSymbol type)
    {
        AttributeData union = Find(type, "UnionAttribute")!;
        return new UnionSpec((string?)Named(union, "Tag") ?? "type", Named(union, "TagOnParent") is true, Named(union, "Inline") is true, Named(union, "Block") is true,
            (string?)Named(union, "Default"), (string?)Named(union, "Bad"), (string?)Named(union, "Missing"))
        {
            Abi = AbiText(Find(type, "AbiAttribute")),
            Without = (string?)Named(union, "Without"),
            HasText = HasText(type),
        };
    }

    static AbiSpec? AbiOf(IPropertySymbol property, ITypeSymbol type) => Find(property, "AbiAttribute") is { } abi
        ? new AbiSpec(AbiText(abi), Properties(type).Any(static p => Find(p, "AbiAttribute") is not null) || Find(type, "AbiAttribute") is not null,
            !type.IsAbstract && !Properties(type).Any(static p => p.IsRequired))
        : null;

    static string? AbiText(AttributeData? abi)
    {
        if (abi is null || Named(abi, "Text") is string)
            return (string?)Named(abi, "Text");
        string quote = Named(abi, "Quoted") is true ? "'" : "";
        return abi.ConstructorArguments[0].Value is string what ? $"Target {what} {quote}{{0}}{quote} does not match source {quote}{{1}}{quote}" : null;
    }

    static IEnumerable<IPropertySymbol> Properties(ITypeSymbol type)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
            foreach (IPropertySymbol property in at.GetMembers().OfType<IPropertySymbol>())
                yield return property;
    }

    static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == Space + name);

    static object? Named(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
