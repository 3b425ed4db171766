using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Storage;

/// <summary>What kinds of pools a host can have: the <c>&lt;storagepoolCapabilities&gt;</c> document.</summary>
[Element("storagepoolCapabilities", Block = true)]
public sealed partial record StoragePoolCapabilities
{
    [Child("pool")] public ValueList<StoragePoolCapability> Pools { get; init; }

    /// <summary>Every kind there is, and which of them are <paramref name="supported"/> here.</summary>
    public static StoragePoolCapabilities Of(IReadOnlyCollection<StoragePoolType> supported) => new()
    {
        Pools = [.. StoragePoolKind.All.Select(kind => new StoragePoolCapability
        {
            Type = kind.Type,
            Supported = supported.Contains(kind.Type),
            PoolOptions = Choice(kind.Format, "sourceFormatType", kind.Formats),
    VolumeOptions = Choice(kind.VolumeFormat, "targetFormatType", kind.Type == StoragePoolType.Rbd ? [] : kind.VolumeFormats),
        })],
    };

    static FormatChoice? Choice(string? usual, string name, string[] values) =>
        usual is null ? null : new FormatChoice { Default = usual, Enums = [new StoragePoolEnum { Name = name, Values = [.. values] }] };

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    public static StoragePoolCapabilities Parse(string xml) => XmlInput.Document(
        xml, "storagepoolCapabilities", new XmlInputOptions("storagepoolCapabilities", From: ErrorDomain.Storage), ReadXml);

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

/// <summary>One kind of pool.</summary>
[Element("pool", Block = true)]
public sealed partial record StoragePoolCapability
{
    [Attr("type")] public required StoragePoolType Type { get; init; }
    [Attr("supported")] public required bool Supported { get; init; }
    [Child("poolOptions")] public FormatChoice? PoolOptions { get; init; }
    [Child("volOptions")] public FormatChoice? VolumeOptions { get; init; }
}

/// <summary>Formats to choose from.</summary>
[Element("poolOptions")]
public sealed partial record FormatChoice
{
    [Attr("type", In = "defaultFormat")] public string? Default { get; init; }
    [Child("enum")] public ValueList<StoragePoolEnum> Enums { get; init; }
}

/// <summary>Words for a format.</summary>
[Element("enum", Block = true)]
public sealed partial record StoragePoolEnum
{
    /// <summary>What the words are for.</summary>
    [Attr("name")] public required string Name { get; init; }
    [Text("value")] public ValueList<string> Values { get; init; }
}
