using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Definition.Firmware;

/// <summary>
/// A firmware that is installed on the host, as the document that QEMU specifies in docs/interop/firmware.json says. Words that
/// are not known stay: they only never match anything.
/// </summary>
public sealed record FirmwareDescriptor
{
    /// <summary>uefi, bios, openfirmware, uboot.</summary>
    [JsonPropertyName("interface-types"), JsonRequired] public ImmutableArray<string> Interfaces { get; init; } = [];

    /// <summary>How it gets into the machine.</summary>
    [JsonPropertyName("mapping"), JsonRequired] public FirmwareMapping Mapping { get; init; } = new();

    /// <summary>The machines it is made for.</summary>
    [JsonPropertyName("targets"), JsonRequired] public ImmutableArray<FirmwareTarget> Targets { get; init; } = [];

    /// <summary>What it can do and what it needs, such as secure-boot or requires-smm.</summary>
    [JsonPropertyName("features"), JsonRequired] public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>Whether it has a feature.</summary>
    public bool Has(string feature) => Features.Contains(feature, StringComparer.Ordinal);

    /// <summary>Reads a descriptor; what is not one is VIR_ERR_INTERNAL_ERROR.</summary>
    public static FirmwareDescriptor Parse(string json)
    {
        FirmwareDescriptor read;
        try
        {
            read = JsonSerializer.Deserialize(json, FirmwareJson.Default.FirmwareDescriptor)
                ?? throw Bad("the document is null");
        }
        catch (JsonException wrong)
        {
            throw Bad(wrong.Message, wrong);
        }
        FirmwareMapping mapping = read.Mapping;
        return mapping.Device switch
        {
            "flash" when mapping.Executable is null => throw Bad("missing 'executable'"),
            "flash" when mapping.Mode is not (null or "split" or "combined" or "stateless") => throw Bad($"unknown flash mode '{mapping.Mode}'"),
            "flash" when mapping.Mode is null or "split" && mapping.NvramTemplate is null => throw Bad("missing 'nvram-template'"),
            "flash" => read with { Mapping = mapping with { Mode = mapping.Mode ?? "split" } },
            "kernel" or "memory" when mapping.FileName is null => throw Bad("missing 'filename'"),
            "kernel" or "memory" => read,
            _ => throw Bad($"unknown device type '{mapping.Device}'"),
        };
    }

    /// <summary>Writes what libvirt keeps of a descriptor: all but description and tags.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FirmwareJson.Default.FirmwareDescriptor);

    static VireoException Bad(string detail, Exception? inner = null) =>
        VireoException.Internal(ErrorDomain.Qemu, $"cannot read the firmware descriptor: {detail}", inner);
}

/// <summary>How a firmware gets into a machine.</summary>
public sealed record FirmwareMapping
{
    /// <summary>flash, kernel or memory.</summary>
    [JsonPropertyName("device"), JsonRequired] public string Device { get; init; } = "";

    /// <summary>Flash: split (code and variables apart), combined, or stateless.</summary>
    [JsonPropertyName("mode")] public string? Mode { get; init; }

    /// <summary>Flash: the code.</summary>
    [JsonPropertyName("executable")] public FirmwareFile? Executable { get; init; }

    /// <summary>Flash: variables with which a new machine begins.</summary>
    [JsonPropertyName("nvram-template")] public FirmwareFile? NvramTemplate { get; init; }

    /// <summary>Kernel, memory: the image.</summary>
    [JsonPropertyName("filename")] public string? FileName { get; init; }

    /// <summary>The image, wherever it stands.</summary>
    [JsonIgnore] public string Image => Executable?.FileName ?? FileName ?? "";
}

/// <summary>An image.</summary>
public sealed record FirmwareFile
{
    /// <summary>Its path.</summary>
    [JsonPropertyName("filename"), JsonRequired] public string FileName { get; init; } = "";

    /// <summary>Its format, such as raw.</summary>
    [JsonPropertyName("format"), JsonRequired] public string Format { get; init; } = "";
}

/// <summary>Machines of one architecture.</summary>
public sealed record FirmwareTarget
{
    /// <summary>QEMU's name of the architecture.</summary>
    [JsonPropertyName("architecture"), JsonRequired] public string Architecture { get; init; } = "";

    /// <summary>Patterns of full machine names.</summary>
    [JsonPropertyName("machines"), JsonRequired] public ImmutableArray<string> Machines { get; init; } = [];
}

/// <summary>A program that serves a vhost-user device (docs/interop/vhost-user.json of QEMU).</summary>
public sealed record VhostUserDescriptor
{
    /// <summary>The kind of device, such as gpu.</summary>
    [JsonPropertyName("type"), JsonRequired] public string Type { get; init; } = "";

    /// <summary>The program's path.</summary>
    [JsonPropertyName("binary"), JsonRequired] public string Binary { get; init; } = "";

    /// <summary>Reads a descriptor; what is not one is VIR_ERR_INTERNAL_ERROR.</summary>
    public static VhostUserDescriptor Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, FirmwareJson.Default.VhostUserDescriptor)
                ?? throw VireoException.Internal(ErrorDomain.Qemu, "cannot read the vhost-user descriptor: the document is null");
        }
        catch (JsonException wrong)
        {
            throw VireoException.Internal(ErrorDomain.Qemu, $"cannot read the vhost-user descriptor: {wrong.Message}", wrong);
        }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FirmwareDescriptor))]
[JsonSerializable(typeof(VhostUserDescriptor))]
sealed partial class FirmwareJson : JsonSerializerContext;
