using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Model.NwFilter;

/// <summary>A filter on a guest's card: the <c>&lt;filterbinding&gt;</c> document.</summary>
[Element("filterbinding")]
public sealed partial record FilterBindingDef
{
    [Text("owner/name", Missing = "internal|filter binding has no owner name")] public required string OwnerName { get; init; }
    [Text("owner/uuid", Bad = "internal|Unable to parse UUID '{0}'", Missing = "internal|filter binding has no owner UUID")] public required Uuid OwnerUuid { get; init; }

    /// <summary>The host's side of the card.</summary>
    [Attr("name", In = "portdev", NonEmpty = true, Missing = "internal|filter binding has no port dev name")] public required string PortDevice { get; init; }

    /// <summary>The device that a macvtap is laid over.</summary>
    [Child("linkdev")] public BindingLink? Link { get; init; }
    [Attr("address", In = "mac", Bad = "internal|Unable to parse MAC '{0}'", Missing = "internal|filter binding has no MAC address")] public required MacAddress Mac { get; init; }
    [Child(Missing = "internal|filter binding has no filter reference")] public required FilterRef Filter { get; init; }

    /// <summary>Reads a document.</summary>
    public static FilterBindingDef Parse(string xml, XmlPositions? positions = null) =>
        XmlInput.Document(xml, "filterbinding", new XmlInputOptions("nwfilterbinding_definition", Positions: positions, From: ErrorDomain.Nwfilter), ReadXml);

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

/// <summary>A device of the host.</summary>
[Element("linkdev")]
public sealed partial record BindingLink
{
    [Attr("name", NonEmpty = true, Missing = "internal|filter binding has no link dev name")] public required string Name { get; init; }
}
