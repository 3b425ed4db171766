using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

/// <summary>Words that a domain document may have in one place.</summary>
[Element("enum")]
public sealed partial record CapabilityEnum
{
    /// <summary>What the words are for.</summary>
    [Attr("name")] public required string Name { get; init; }
    [Text("value")] public ValueList<string> Values { get; init; }
}

/// <summary>Whether machines can have something, and which words go with it.</summary>
[Element("device")]
public sealed partial record CapabilityChoice
{
    [Attr("supported")] public required bool Supported { get; init; }
    [Text("value")] public ValueList<string> Values { get; init; }
    [Child("enum")] public ValueList<CapabilityEnum> Enums { get; init; }
}
