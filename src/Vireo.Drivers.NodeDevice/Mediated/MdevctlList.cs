using System.Text;
using System.Text.Json;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Mediated;

/// <summary>A mediated device that mdevctl knows.</summary>
/// <param name="Device">Its document.</param>
/// <param name="Autostart">Whether it is made when its parent comes up.</param>
public sealed record KnownMdev(NodeDeviceDef Device, bool Autostart);

/// <summary>
/// Reads what <c>mdevctl list --dumpjson</c> writes: an array of one object whose members are parents' addresses, each an array of objects with one
/// member, named after a device's uuid.
/// </summary>
public static class MdevctlList
{
    /// <summary>The devices in the order of the list.</summary>
    /// <param name="json">The list; empty if there are no devices.</param>
    /// <param name="parentOf">The name of the device with an address; null: nobody knows it.</param>
    /// <exception cref="VireoException"><see cref="ErrorCode.InternalError"/>: it is not a list of mdevctl.</exception>
    public static IReadOnlyList<KnownMdev> Parse(string json, Func<string, string?> parentOf)
    {
        if (string.IsNullOrWhiteSpace(json))
            return [];
        try
        {
            using var list = JsonDocument.Parse(json);
            List<KnownMdev> devices = [];
            foreach (JsonElement host in list.RootElement.EnumerateArray())
                foreach (JsonProperty parent in host.EnumerateObject())
                    foreach (JsonElement entry in parent.Value.EnumerateArray())
                        foreach (JsonProperty device in entry.EnumerateObject())
                            devices.Add(Read(device, parent.Name, parentOf(parent.Name) ?? "computer"));
            return devices;
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw VireoException.Internal(ErrorDomain.Nodedev, $"mdevctl list is malformed: {bad.Message}", bad);
        }
    }

    static KnownMdev Read(JsonProperty device, string address, string parent)
    {
        if (!Uuid.TryParse(device.Name, out Uuid uuid))
            throw new FormatException($"'{device.Name}' is no uuid");
        List<MdevAttribute> attributes = [];
        if (device.Value.TryGetProperty("attrs", out JsonElement written))
            foreach (JsonElement one in written.EnumerateArray())
                foreach (JsonProperty attribute in one.EnumerateObject())
                    attributes.Add(new MdevAttribute { Name = attribute.Name, Value = attribute.Value.GetString() });
        return new KnownMdev(new NodeDeviceDef
        {
            Name = Name(uuid, address),
            Parent = new NodeDeviceParent { Name = parent },
            Capabilities = [new NodeCapability.OfMdev { Type = device.Value.GetProperty("mdev_type").GetString()!, Uuid = uuid, ParentAddress = address, Attributes = [.. attributes] }],
        }, device.Value.TryGetProperty("start", out JsonElement start) && start.ValueEquals("auto"));
    }

    /// <summary><c>mdev_UUID_ADDRESS</c>, with an underscore for everything that is neither letter nor digit.</summary>
    static string Name(Uuid uuid, string address) => string.Create(null, $"mdev_{uuid}_{address}")
        .Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_').Aggregate(new StringBuilder(), static (text, c) => text.Append(c)).ToString();
}
