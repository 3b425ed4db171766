using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Mediated;

/// <summary>A run of mdevctl, which keeps the definitions of mediated devices and makes them.</summary>
/// <param name="Arguments">After the program's name.</param>
/// <param name="Input">What it reads; null: nothing.</param>
public sealed record MdevctlCommand(IReadOnlyList<string> Arguments, string? Input = null);

/// <summary>How mdevctl is told what to do with mediated devices.</summary>
public static class MdevctlCommands
{
    static readonly JsonWriterOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes a device that is gone when it stops.</summary>
    /// <param name="device">The device.</param>
    /// <param name="parent">The address of its parent on its bus, as <c>0000:00:02.0</c>, <c>0.0.0052</c> or <c>matrix</c>.</param>
    /// <exception cref="VireoException"><see cref="ErrorCode.XmlError"/>: it is no mediated device.</exception>
    public static MdevctlCommand Create(NodeDeviceDef device, string parent) => Described("start", device, parent);

    /// <summary>Keeps a device's definition.</summary>
    /// <inheritdoc cref="Create" path="/param"/>
    public static MdevctlCommand Define(NodeDeviceDef device, string parent) => Described("define", device, parent);

    /// <summary>Makes a device that is defined.</summary>
    public static MdevctlCommand Start(Uuid device) => new(["start", $"--uuid={device}"]);

    /// <summary>Takes a device away.</summary>
    public static MdevctlCommand Stop(Uuid device) => new(["stop", $"--uuid={device}"]);

    /// <summary>Forgets a definition.</summary>
    public static MdevctlCommand Undefine(Uuid device) => new(["undefine", $"--uuid={device}"]);

    /// <summary>Whether the device is made when its parent comes up.</summary>
    public static MdevctlCommand Autostart(Uuid device, bool on) => new(["modify", "--uuid", $"{device}", on ? "--auto" : "--manual"]);

    /// <summary>Lists what is there, or what is defined.</summary>
    public static MdevctlCommand List(bool defined) => new(defined ? ["list", "--dumpjson", "--defined"] : ["list", "--dumpjson"]);

    static MdevctlCommand Described(string verb, NodeDeviceDef device, string parent)
    {
        NodeCapability.OfMdev part = device.Capabilities.OfType<NodeCapability.OfMdev>().FirstOrDefault()
            ?? throw new VireoException(ErrorCode.XmlError, ErrorDomain.Nodedev, $"device '{device.Name}' is not a mediated device");
        string[] uuid = part.Uuid is { } known ? [$"--uuid={known}"] : [];
        return new MdevctlCommand([verb, $"--parent={parent}", "--jsonfile=/dev/stdin", .. uuid], Json(part));
    }

    /// <summary><c>{"mdev_type":TYPE,"start":"manual","attrs":[{NAME:VALUE},...]}</c></summary>
    static string Json(NodeCapability.OfMdev part)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, plain))
        {
            json.WriteStartObject();
            json.WriteString("mdev_type", part.Type);
            json.WriteString("start", "manual");
            if (part.Attributes.Count > 0)
            {
                json.WriteStartArray("attrs");
                foreach (MdevAttribute attribute in part.Attributes)
                {
                    json.WriteStartObject();
                    json.WriteString(attribute.Name ?? "", attribute.Value);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
