namespace Vireo.Core.Xml.Schema;

/// <summary>
/// What may stand in an element: its attributes, text and children. Made from the definitions; schema, validation, suggestions and the
/// reference pages are read off it.
/// </summary>
public sealed class Shape
{
    /// <summary>The element without content.</summary>
    public static Shape Empty { get; } = new("empty");

    /// <summary>Anything at all.</summary>
    public static Shape Any { get; } = new("anything") { IsOpen = true };

    internal Shape(string id) => Id = id;

    /// <summary>A name of the shape for schemas; not unique.</summary>
    public string Id { get; }

    /// <summary>What it is, in a sentence; null if the definition does not say.</summary>
    public string? Summary { get; init; }

    /// <summary>The attributes, in the order they are written.</summary>
    public IReadOnlyList<AttributeShape> Attributes { get; internal set; } = [];

    /// <summary>The elements, in the order they are written; they may stand in any, unless <see cref="IsOrdered"/>.</summary>
    public IReadOnlyList<ChildShape> Children { get; internal set; } = [];

    /// <summary>Parts of which one alternative each is taken.</summary>
    public IReadOnlyList<ChoiceShape> Choices { get; internal set; } = [];

    /// <summary>What its text may be; null: no text.</summary>
    public ValueShape? Text { get; internal set; }

    /// <summary>The text must be there.</summary>
    public bool TextRequired { get; internal set; }

    /// <summary>The elements must stand in their order, those of a chosen alternative behind them. Readers do not mind, only the grammar does.</summary>
    public bool IsOrdered { get; internal set; }

    /// <summary>Attributes and elements that are not named here may stand in it, with whatever is in them.</summary>
    public bool IsOpen { get; internal set; }
}

/// <summary>An attribute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What it may hold.</param>
/// <param name="Required">It must be there.</param>
public sealed record AttributeShape(string Name, ValueShape Value, bool Required)
{
    /// <summary>What it means; null if the definition does not say.</summary>
    public string? Summary { get; init; }

    /// <summary>The release of libvirt that brought it; null: not known.</summary>
    public string? Since { get; init; }
}

/// <summary>An element inside another.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">What may stand in it.</param>
/// <param name="Min">How often it must be there: 0 or 1.</param>
/// <param name="Max">How often it may be there; 0: any number.</param>
public sealed record ChildShape(string Name, Func<Shape> Of, int Min, int Max)
{
    Shape? shape;

    /// <summary>The namespace; empty for none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>What it means; null: see its shape.</summary>
    public string? Summary { get; init; }

    /// <summary>The release of libvirt that brought it; null: not known.</summary>
    public string? Since { get; init; }

    /// <summary>What may stand in it.</summary>
    public Func<Shape> Of { get; init => (field, shape) = (value, null); } = Of;

    /// <summary>The shape itself.</summary>
    public Shape Shape => shape ??= Of();
}

/// <summary>Alternatives.</summary>
public sealed class ChoiceShape
{
    /// <summary>The attribute whose value chooses; null: whatever is there chooses.</summary>
    public string? Tag { get; init; }

    /// <summary>The alternative that is meant without the attribute; null: the attribute must be there.</summary>
    public string? Default { get; init; }

    /// <summary>The release of libvirt that brought the attribute; null: not known.</summary>
    public string? Since { get; init; }

    /// <summary>The alternatives; without a tag, none of them chooses further.</summary>
    public required IReadOnlyList<Alternative> Alternatives { get; init; }

    /// <summary>The values of the tag.</summary>
    public IEnumerable<string> Words => Alternatives.Select(alternative => alternative.Tag).OfType<string>();
}

/// <summary>One of several shapes.</summary>
/// <param name="Tag">The value of the choice's attribute that means it; null: without the attribute.</param>
/// <param name="Of">Its shape.</param>
public sealed record Alternative(string? Tag, Func<Shape> Of)
{
    /// <summary>The shape itself.</summary>
    public Shape Shape => field ??= Of();
}
