namespace Vireo.Generators.Xml;

/// <summary>How a member stands in a document.</summary>
enum MemberKind { Attribute, Text, Child, Flag, Switch, Inline, Hook }

/// <summary>What a member's type is to the document.</summary>
enum ValueKind { String, Bool, Number, Word, Memory, Bytes, Uuid, StructValue, ClassValue, Record, Union, Fragment, Other }

/// <summary>A member of an element.</summary>
sealed record MemberSpec(
    string Property, MemberKind Kind, string Name, EquatableArray<string> Path, string Type, ValueKind Value)
{
    public bool Nullable { get; init; }
    public bool Required { get; init; }
    public bool IsList { get; init; }
    public bool Live { get; init; }
    public bool Status { get; init; }
    public bool Secret { get; init; }
    public bool OnOff { get; init; }
    public int Hex { get; init; }
    public string? Bad { get; init; }
    public string? Missing { get; init; }
    public bool NonZero { get; init; }
    public bool Decimal { get; init; }
    public bool ZeroIsNone { get; init; }
    public bool NonEmpty { get; init; }
    public string? Once { get; init; }
    public bool First { get; init; }
    public string? Unit { get; init; }
    public bool HookAttributes { get; init; }
    /// <summary>The attribute of this element that chooses the case of the member's union.</summary>
    public string? ParentTag { get; init; }

    /// <summary>How the guest sees it, if it does.</summary>
    public AbiSpec? Abi { get; init; }
    /// <summary>What the member's documentation says.</summary>
    public string? Summary { get; init; }
    public string? Since { get; init; }
    /// <summary>The hand-written method that describes the elements of a hook.</summary>
    public string? Describer { get; init; }
    /// <summary>The type has no shape.</summary>
    public bool Shapeless { get; init; }
    /// <summary>The cases of the member's union that need no element of their own.</summary>
    public EquatableArray<string> BareTags { get; init; } = new([]);

    public string Local => Names.Local(Property);
}

/// <summary>A member that the guest sees: libvirt's text for a difference, whether the member's own type says more, and whether an empty one can stand for one that is not there.</summary>
sealed record AbiSpec(string? Text, bool Inside, bool MayBeEmpty);

/// <summary>A closed family.</summary>
sealed record UnionSpec(string Tag, bool TagOnParent, bool Inline, bool Block, string? Default, string? Bad, string? Missing)
{
    /// <summary>The case that is meant where the element of another one is not there.</summary>
    public string? Without { get; init; }

    /// <summary>libvirt's text for two different cases, if the guest sees which it is.</summary>
    public string? Abi { get; init; }

    /// <summary>It says itself how it is shown.</summary>
    public bool HasText { get; init; }
}

/// <summary>A record that is an element, or a case of a union.</summary>
sealed record ElementSpec(string Name, string? Element, bool OmitEmpty, bool Block, string? Unknown, string? Tag, EquatableArray<MemberSpec> Members)
{
    public bool Overlay { get; init; }
    /// <summary>libvirt's text for two of them that are not equal by their <c>ToAbi()</c>.</summary>
    public string? Abi { get; init; }
    public string? Summary { get; init; }

    /// <summary>It says itself how it is shown.</summary>
    public bool HasText { get; init; }

    /// <summary>The types whose hand-written <c>DescribeXml</c> adds to the shape.</summary>
    public EquatableArray<string> Describers { get; init; } = new([]);
}

/// <summary>What one generated file is about: an element alone, or a union with its cases.</summary>
sealed record FileSpec(
    string Namespace, string Name, UnionSpec? Union, EquatableArray<ElementSpec> Elements, EquatableArray<string> Problems)
{
    public string? Summary { get; init; }

    /// <summary>Reader and writer are written by hand.</summary>
    public bool Custom { get; init; }
}

/// <summary>An enum with words.</summary>
sealed record WordsSpec(string Namespace, string Name, bool Public, EquatableArray<WordSpec> Words);

/// <summary>A member of such an enum.</summary>
sealed record WordSpec(string Member, string Word);
