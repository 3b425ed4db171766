namespace Vireo.Core.Xml;

/// <summary>Where in its document an element stood.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
/// <param name="Path">The names from the root down.</param>
public readonly record struct XmlPosition(int Line, int Column, string Path)
{
    /// <summary>As it stands behind a message.</summary>
    public override string ToString() => $"line {Line}, column {Column}, {Path}";
}

/// <summary>Where the records of a document stood; kept beside the document while somebody may complain about it, then dropped.</summary>
public sealed class XmlPositions
{
    readonly Dictionary<object, XmlPosition> positions = new(ReferenceEqualityComparer.Instance);

    /// <summary>Where <paramref name="element"/> stood; null if it came from elsewhere.</summary>
    public XmlPosition? Find(object element) => positions.TryGetValue(element, out XmlPosition position) ? position : null;

    internal void Add(object element, int line, int column, string path) => positions[element] = new XmlPosition(line, column, path);
}
