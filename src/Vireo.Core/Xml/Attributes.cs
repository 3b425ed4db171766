namespace Vireo.Core.Xml;

/// <summary>
/// A record that is an element of a document. Its members, in the order they stand, are the element's content in the order
/// it is written; inherited ones come last. The generator makes reader and writer from them.
/// </summary>
/// <param name="name">The element's name.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ElementAttribute(string name) : Attribute
{
    /// <summary>The element's name.</summary>
    public string Name { get; } = name;

    /// <summary>Reader and writer (<c>ReadXml</c>, <c>WriteXml</c>) are written by hand.</summary>
    public bool Custom { get; init; }

    /// <summary>The error for a child that is not known, as <see cref="XmlFault"/> describes it; null: it is ignored.</summary>
    public string? Unknown { get; init; }

    /// <summary>Written as start tag and end tag even if nothing is in it.</summary>
    public bool Block { get; init; }

    /// <summary>Leave the element out when it would be empty.</summary>
    public bool OmitEmpty { get; init; }

    /// <summary>There is an <c>Over</c> that lays this record's members over another's.</summary>
    public bool Overlay { get; init; }
}

/// <summary>What the attributes for members have in common.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class MemberAttribute : Attribute
{
    /// <summary>Elements between this record's element and the member, as <c>"a/b"</c>. Neighbours with the same path share them.</summary>
    public string? In { get; init; }

    /// <summary>Only a running machine has it: not written for an inactive definition.</summary>
    public bool Live { get; init; }

    /// <summary>Only the status file of a running machine has it.</summary>
    public bool Status { get; init; }

    /// <summary>Written only when secrets are asked for.</summary>
    public bool Secret { get; init; }

    /// <summary>A bool in the words on/off in place of yes/no.</summary>
    public bool OnOff { get; init; }

    /// <summary>Written in hexadecimal with 0x and at least this many digits.</summary>
    public int Hex { get; init; }

    /// <summary>The unit in which an amount of memory is written (<c>MiB</c>, <c>M</c>) in place of KiB; <c>*</c> for the largest that fits, <c>*MiB</c> for the same where MiB are meant if none is written.</summary>
    public string? Unit { get; init; }

    /// <summary>A number that must not be zero.</summary>
    public bool NonZero { get; init; }

    /// <summary>A number in decimal digits only: hexadecimal is refused.</summary>
    public bool Decimal { get; init; }

    /// <summary>A number whose zero means that it was not written.</summary>
    public bool ZeroIsNone { get; init; }

    /// <summary>A text that counts as not written if it is empty.</summary>
    public bool NonEmpty { get; init; }

    /// <summary>The error for a second element, as <see cref="XmlFault"/> describes it; null: the first one counts.</summary>
    public string? Once { get; init; }

    /// <summary>An attribute that is written before the one that chooses a union's case; attributes of a hook that are written before all others.</summary>
    public bool First { get; init; }

    /// <summary>Written behind the inherited members.</summary>
    public bool Last { get; init; }

    /// <summary>The release of libvirt that brought it, as <c>"1.2.3"</c>, where its documentation says so.</summary>
    public string? Since { get; init; }

    /// <summary>The error for a value that makes no sense, as <see cref="XmlFault"/> describes it; <c>{0}</c> is the value.</summary>
    public string? Bad { get; init; }

    /// <summary>The error when a required member is not there, as <see cref="XmlFault"/> describes it. For a switch: its state must be written; empty: with the usual text.</summary>
    public string? Missing { get; init; }
}

/// <summary>An XML attribute.</summary>
/// <param name="name">Its name.</param>
public sealed class AttrAttribute(string name) : MemberAttribute
{
    /// <summary>The attribute's name.</summary>
    public string Name { get; } = name;
}

/// <summary>The text of the element at <paramref name="path"/>, or of this element itself.</summary>
/// <param name="path">One or more element names joined by <c>/</c>; null for this element.</param>
public sealed class TextAttribute(string? path = null) : MemberAttribute
{
    /// <summary>Where the text stands.</summary>
    public string? Path { get; } = path;
}

/// <summary>An element that is a record or union of its own; a list repeats it.</summary>
/// <param name="name">Its name if it is not the type's own.</param>
public sealed class ChildAttribute(string? name = null) : MemberAttribute
{
    /// <summary>The element's name.</summary>
    public string? Name { get; } = name;
}

/// <summary>True if the empty element at <paramref name="path"/> is there.</summary>
/// <param name="path">One or more element names joined by <c>/</c>.</param>
public sealed class FlagAttribute(string path) : MemberAttribute
{
    /// <summary>Where it stands.</summary>
    public string Path { get; } = path;
}

/// <summary><c>&lt;name state='on|off'/&gt;</c>; without the attribute it means on.</summary>
/// <param name="path">One or more element names joined by <c>/</c>.</param>
public sealed class SwitchAttribute(string path) : MemberAttribute
{
    /// <summary>Where it stands.</summary>
    public string Path { get; } = path;
}

/// <summary>A record or union whose attributes and elements stand among the parent's own.</summary>
public sealed class InlineAttribute : MemberAttribute;

/// <summary>
/// The elements called <paramref name="name"/> are read by <c>ReadPROPERTY</c> and written by <c>WritePROPERTY</c>, both written by hand.
/// </summary>
/// <param name="name">An element's name, or several joined by <c>|</c>.</param>
public sealed class HookAttribute(string name) : MemberAttribute
{
    /// <summary>The elements' names; <c>*</c> for whatever is not known.</summary>
    public string Name { get; } = name;

    /// <summary>There is also a <c>WritePROPERTYAttributes</c> for attributes of this element.</summary>
    public bool Attributes { get; init; }
}

/// <summary>A closed family of records, one of which an attribute (the tag) chooses.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UnionAttribute : Attribute
{
    /// <summary>The attribute that decides.</summary>
    public string Tag { get; init; } = "type";

    /// <summary>The attribute stands on the element around the union's.</summary>
    public bool TagOnParent { get; init; }

    /// <summary>Stands among the parent's own attributes and elements (<see cref="InlineAttribute"/>).</summary>
    public bool Inline { get; init; }

    /// <summary>The error for an unknown tag, as <see cref="XmlFault"/> describes it; <c>{0}</c> is the value.</summary>
    public string? Bad { get; init; }

    /// <summary>The error when the tag is not there, as <see cref="XmlFault"/> describes it.</summary>
    public string? Missing { get; init; }

    /// <summary>Written as start tag and end tag even if nothing is in it.</summary>
    public bool Block { get; init; }

    /// <summary>The case that is meant when the attribute is not there.</summary>
    public string? Default { get; init; }

    /// <summary>The case that is meant, whatever the attribute says, when the element is not there that the attribute's case cannot do without.</summary>
    public string? Without { get; init; }
}

/// <summary>One of a union's records.</summary>
/// <param name="tag">The value of the tag that means it.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CaseAttribute(string tag) : Attribute
{
    /// <summary>The tag's value.</summary>
    public string Tag { get; } = tag;
}

/// <summary>An enum whose members have words in documents; without <see cref="WireAttribute"/> it is the name in lower case.</summary>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class WireNamesAttribute : Attribute;

/// <summary>The word of an enum's member.</summary>
/// <param name="name">The word.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WireAttribute(string name) : Attribute
{
    /// <summary>The word.</summary>
    public string Name { get; } = name;
}
