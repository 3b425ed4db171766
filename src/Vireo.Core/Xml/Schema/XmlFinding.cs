namespace Vireo.Core.Xml.Schema;

/// <summary>What kind of fault was found.</summary>
public enum XmlFindingKind
{
    /// <summary>An element that has no meaning where it stands; libvirt drops it without a word.</summary>
    UnknownElement,
    /// <summary>An attribute that has no meaning where it stands; libvirt drops it without a word.</summary>
    UnknownAttribute,
    /// <summary>An element that may stand there once only; libvirt takes the first.</summary>
    Repeated,
    /// <summary>An element that stands behind one that it should stand in front of; only the grammar minds.</summary>
    Misplaced,
    /// <summary>An element that must be there is not.</summary>
    MissingElement,
    /// <summary>An attribute that must be there is not.</summary>
    MissingAttribute,
    /// <summary>A value that the place cannot hold.</summary>
    BadValue,
    /// <summary>Things that cannot stand beside each other.</summary>
    Conflict,
    /// <summary>Text where only elements may be.</summary>
    UnexpectedText,
    /// <summary>A root that is no document's.</summary>
    UnknownDocument,
    /// <summary>Not XML, or beyond the limits for nesting and size.</summary>
    Malformed,
}

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Line">Where it is, from 1.</param>
/// <param name="Column">Where it is, from 1, in UTF-16 code units.</param>
/// <param name="Path">The element or attribute, as <c>/domain/devices/disk[2]/@type</c>.</param>
/// <param name="Message">What is wrong, in one sentence without a full stop.</param>
public sealed record XmlFinding(XmlFindingKind Kind, int Line, int Column, string Path, string Message)
{
    /// <summary>libvirt would take the document all the same, as if what is named were not there, or stood where it belongs.</summary>
    public bool IsWarning => Kind is XmlFindingKind.UnknownElement or XmlFindingKind.UnknownAttribute or XmlFindingKind.Repeated or XmlFindingKind.Misplaced;

    /// <summary>The message with what was perhaps meant, or what is wanted if that is short.</summary>
    public string Sentence => (Suggestion, Expected) switch
    {
        ({ } meant, _) => $"{Message}; did you mean {meant}?",
        (_, { Count: > 0 and <= 12 }) when Kind is XmlFindingKind.BadValue or XmlFindingKind.MissingAttribute && !Expected.Contains("text") =>
            $"{Message}; wanted: {string.Join(", ", Expected)}",
        _ => Message,
    };

    /// <summary>What could stand there: words, or a description.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    /// <summary>What was perhaps meant; null: nothing comes close.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The release of libvirt that brought the thing; null: not known.</summary>
    public string? Since { get; init; }

    /// <summary>Changes of the text that mend it; empty: there is no mechanical way.</summary>
    public IReadOnlyList<XmlEdit> Fix { get; init; } = [];
}

/// <summary>A change in a document's text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, where the search for <paramref name="Old"/> begins.</param>
/// <param name="Old">What is replaced: the first such text from there on.</param>
/// <param name="New">What takes its place.</param>
public sealed record XmlEdit(int Line, int Column, string Old, string New);
