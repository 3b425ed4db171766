using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

/// <summary>Words that a document may have in one place.</summary>
[Element("enum", Block = true)]
public sealed partial record CapabilityEnum
{
    /// <summary>What the words are for.</summary>
    [Attr("name")] public required string Name { get; init; }
    [Text("value")] public ValueList<string> Values { get; init; }
}
