using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Core;
using Vireo.Core.Json;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Images;

/// <summary>Images named by QEMU's own options, as nested objects or with dotted keys.</summary>
static class BackingJson
{
    static readonly JsonDocumentOptions Limits = new() { MaxDepth = 32 };

    public static BackingString Parse(string text)
    {
        JsonObject root;
        try
        {
            root = JsonNode.Parse(text, documentOptions: Limits) as JsonObject ?? throw BackingString.BadArgument("json is not an object");
        }
        catch (JsonException fault)
        {
            throw BackingString.Bad($"cannot parse json {text}: {fault.Message}");
        }
        JsonObject deep = JsonText.Deflatten(root);
        return deep["file"] is JsonObject || deep["driver"] is not null ? Node(deep, depth: 0)
            : throw BackingString.BadArgument($"JSON backing volume definition '{text}' lacks 'file' object");
    }

    static BackingString Node(JsonObject json, int depth)
    {
        string? driver = Text(json, "driver");
        if (driver is null && json["file"] is JsonObject only)
            return Node(only, depth + 1);
        if (driver == "raw" && json["file"] is JsonObject raw)
        {
            BackingString below = Node(raw, depth + 1);
            ulong? offset = Number(json, "offset"), size = Number(json, "size");
            return (offset ?? size) is null ? below with { Format = StorageFormat.Raw } : below with
            {
                Format = StorageFormat.Raw,
                Source = below.Source with { Slices = [new SourceSlice { Type = SliceKind.Storage, Offset = offset ?? 0, Size = size ?? throw BackingString.BadArgument("missing 'size' of a slice") }] },
            };
        }
        if (depth == 0 && driver is not null && json["file"] is JsonObject file && StorageFormatNames.TryParse(driver, out StorageFormat format))
            return Node(file, depth + 1) with { Format = format };
        return driver is null
            ? throw BackingString.BadArgument("JSON backing volume definition must have driver name")
            : Protocol(driver, json);
    }

    static BackingString Protocol(string driver, JsonObject json)
    {
        switch (driver)
        {
            case "file":
                return new BackingString(new DiskSource.OfFile { Path = Needed(json, "filename", "JSON backing volume definition lacks 'filename' field") });
            case "host_device" or "host_cdrom":
                return new BackingString(new DiskSource.OfBlock { Path = Needed(json, "filename", "JSON backing volume definition lacks 'filename' field") });
            case "vvfat":
                return new BackingString(new DiskSource.OfDirectory { Path = Needed(json, "dir", "missing 'dir' field in JSON backing definition") });
            case "nvme":
                return Nvme(json);
            case "rbd" when Text(json, "filename") is { } old:
                return BackingString.Parse(old);
        }
        if (!NetworkDiskProtocolNames.TryParse(driver, out NetworkDiskProtocol protocol))
            throw BackingString.BadArgument($"missing parser implementation for JSON backing volume driver '{driver}'");
        if ((Text(json, "uri") ?? (protocol is NetworkDiskProtocol.Http or NetworkDiskProtocol.Https or NetworkDiskProtocol.Ftp or NetworkDiskProtocol.Ftps ? null : Text(json, "filename"))) is { } url)
            return BackingString.Parse(url);
        return BackingServers.Of(protocol, json);
    }

    static BackingString Nvme(JsonObject json)
    {
        string place = Needed(json, "device", "missing 'device' in NVMe backing definition");
        string[] parts = place.Split(':', '.');
        uint Part(int i) => parts.Length == 4 && uint.TryParse(parts[i], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint number)
            ? number : throw BackingString.BadArgument($"malformed PCI address '{place}'");
        return new BackingString(new DiskSource.OfNvme
        {
            Type = "pci",
            Namespace = Number(json, "namespace") ?? throw BackingString.BadArgument("missing 'namespace' in NVMe backing definition"),
            Address = new HostPciAddress { Domain = Part(0), Bus = Part(1), Slot = Part(2), Function = Part(3) },
        });
    }

    /// <summary>A text.</summary>
    public static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A text that must be there.</summary>
    public static string Needed(JsonObject json, string name, string otherwise) => Text(json, name) ?? throw BackingString.BadArgument(otherwise);

    /// <summary>A number, written as one or as text.</summary>
    public static ulong? Number(JsonObject json, string name) => json[name] is not JsonValue value ? null
        : value.TryGetValue(out ulong number) ? number
        : value.TryGetValue(out string? text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong written) ? written : null;

    /// <summary>A switch, in any of QEMU's spellings.</summary>
    public static bool? Switch(JsonObject json, string name) => json[name] is not JsonValue value ? null
        : value.TryGetValue(out bool on) ? on
        : Text(json, name) switch { "on" or "yes" or "true" => true, "off" or "no" or "false" => false, _ => null };
}
