namespace Vireo.Core.Xml;

/// <summary>An element of which several of one name are laid over each other (<see cref="ElementAttribute.Overlay"/>).</summary>
public interface IOverlay
{
    /// <summary>The element's name.</summary>
    string XmlName { get; }

    /// <summary>This element with what it does not hold taken from <paramref name="below"/>, which is of the same kind.</summary>
    IOverlay Over(IOverlay below);

    /// <summary>Writes the attributes in their order.</summary>
    void WriteAttributes(XmlOutput o);
}
