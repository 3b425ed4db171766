using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.NodeDevice;

/// <summary>A device of the host: the <c>&lt;device&gt;</c> document.</summary>
[Element("device")]
public sealed partial record NodeDeviceDef
{
    /// <summary>libvirt's name for it; of one that is to be made nobody knows it yet.</summary>
    [Text("name")] public string? Name { get; init; }

    /// <summary>Its folder in sysfs.</summary>
    [Text("path")] public string? Path { get; init; }
    [Child("devnode")] public ValueList<DeviceNode> Nodes { get; init; }
    [Child] public NodeDeviceParent? Parent { get; init; }
    [Text("driver/name")] public string? Driver { get; init; }

    /// <summary>What it is, and what else it can be used as.</summary>
    [Child("capability")] public ValueList<NodeCapability> Capabilities { get; init; }

    const string NewDevice = "new device";

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="create">The device is to be made, and has no name yet.</param>
    /// <param name="positions">Where everything stood.</param>
    public static NodeDeviceDef Parse(string xml, bool create = false, XmlPositions? positions = null) => XmlInput.Document(
        xml, "device", new XmlInputOptions("node_device_definition", Inactive: true, positions, ErrorDomain.Nodedev, create ? NewDevice : null), ReadXml);

    /// <summary>Reads a document, checks it and brings it into libvirt's form.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="create">The device is to be made, and has no name yet.</param>
    public static NodeDeviceDef Define(string xml, bool create = false)
    {
        var positions = new XmlPositions();
        NodeDeviceDef device = Parse(xml, create, positions);
        string? name = create ? NewDevice : device.Name;
        NodeDeviceRules.Check(device, name).ThrowFirst(positions);
        return NodeDeviceDefaults.Apply(device with { Name = name });
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

/// <summary>A file in /dev.</summary>
[Element("devnode")]
public sealed partial record DeviceNode
{
    [Attr("type")] public required DeviceNodeType Type { get; init; }
    [Text] public string? Path { get; init; }
}

/// <summary>The device itself, or a link to it.</summary>
[WireNames] public enum DeviceNodeType { Dev, Link }

/// <summary>What the device hangs on: by name, or for a virtual adapter that is to be made by world-wide names.</summary>
[Element("parent", OmitEmpty = true)]
public sealed partial record NodeDeviceParent
{
    [Attr("wwnn")] public string? Wwnn { get; init; }
    [Attr("wwpn")] public string? Wwpn { get; init; }
    [Attr("fabric_wwn")] public string? FabricWwn { get; init; }
    [Text] public string? Name { get; init; }
}
