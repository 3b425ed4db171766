using System.Diagnostics.CodeAnalysis;

namespace Vireo.Core.Xml;

/// <summary>A value that stands in an attribute or as text; implementing it is all that a new kind of value needs.</summary>
public interface IXmlValue<TSelf> where TSelf : IXmlValue<TSelf>
{
    /// <summary>Reads libvirt's spelling.</summary>
    static abstract bool TryParse(string text, [MaybeNullWhen(false)] out TSelf value);

    /// <summary>The error for a wrong spelling, as <see cref="XmlFault"/> describes it; null for libvirt's usual one.</summary>
    static virtual string? Fault => null;

    /// <summary>The spelling that is written.</summary>
    string ToXml();
}
