using System.Diagnostics.CodeAnalysis;

namespace Vireo.Core.Xml;

/// <summary>A value that stands in an attribute or as text; implementing it is all that a new kind of value needs.</summary>
public interface IXmlValue<TSelf> where TSelf : IXmlValue<TSelf>
{
    /// <summary>Reads libvirt's spelling.</summary>
    static abstract bool TryParse(string text, [MaybeNullWhen(false)] out TSelf value);

    /// <summary>The error for a wrong spelling, as <see cref="XmlFault"/> describes it; null for libvirt's usual one.</summary>
    static virtual string? Fault => null;

    /// <summary>What its texts look like, for schemas; null: whatever <see cref="TryParse"/> takes.</summary>
    static virtual Schema.ValueShape? Shape => null;

    /// <summary>What is wanted, for people, if there is no <see cref="Shape"/>.</summary>
    static virtual string Expected => "text of a certain form";

    /// <summary>The spelling that is written.</summary>
    string ToXml();
}
