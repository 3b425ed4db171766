namespace Vireo.Packaging.ApiXml;

/// <summary>Something that a header declares: its name, the header (without ".h"), since which release it is there, and what is said of it.</summary>
public abstract record Declaration(string Name, string Header, string Since, string About);

/// <summary>A name for a value or for text; <see cref="Parameters"/> for one that takes arguments.</summary>
public sealed record MacroDeclaration(string Name, string Header, string Since, string About, string? Parameters, string Body) : Declaration(Name, Header, Since, About);

/// <summary>A value of an enum.</summary>
public sealed record EnumValue(string Name, string Header, string Since, string About, string Enum, long Value, bool IsBit) : Declaration(Name, Header, Since, About);

/// <summary>Another name for a type; an enum's type is "enum".</summary>
public sealed record TypeName(string Name, string Header, string Since, string About, string Type) : Declaration(Name, Header, Since, About);

/// <summary>A structure by its public name; no members: it is opaque.</summary>
public sealed record StructDeclaration(string Name, string Header, string Since, string About, string Tag, IReadOnlyList<Member> Members) : Declaration(Name, Header, Since, About);

/// <summary>A member of a structure; <see cref="Arms"/> of a union.</summary>
public sealed record Member(string Name, string Type, string About, IReadOnlyList<Member> Arms);

/// <summary>A variable.</summary>
public sealed record VariableDeclaration(string Name, string Header, string Since, string About, string Type) : Declaration(Name, Header, Since, About);

/// <summary>A function, or the type of a callback; <see cref="Optional"/> names the parameters that bindings let one leave out.</summary>
public sealed record FunctionDeclaration(
    string Name, string Header, string Since, string About, string Returns, IReadOnlyList<(string Type, string Name)> Parameters, IReadOnlyList<string> Optional,
    bool IsCallback) : Declaration(Name, Header, Since, About);
