using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Shared;

/// <summary>VLAN tags of a port. Several tags, and a native one, are a trunk whether or not <c>trunk</c> is written.</summary>
[Element("vlan")]
public sealed partial record Vlan
{
    [Attr("trunk", Bad = "xml@none|invalid \"trunk='{0}'\" in <vlan> - must be yes or no")] public bool? Trunk { get; init; }
    [Child("tag")] public ValueList<VlanTag> Tags { get; init; }
}

/// <summary>One tag.</summary>
[Element("tag")]
public sealed partial record VlanTag
{
    /// <summary>0 to 4095.</summary>
    [Attr("id", Decimal = true)] public required uint Id { get; init; }

    /// <summary>How packets of the port's native VLAN leave it; null: this is not the native one.</summary>
    [Attr("nativeMode", Since = "1.1.0")] public VlanNativeMode? NativeMode { get; init; }
}

[WireNames] public enum VlanNativeMode { Tagged, Untagged }
