using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A smart card reader.</summary>
[Element("smartcard")]
public sealed partial record Smartcard : Device
{
    [Inline] public required SmartcardMode Mode { get; init; }
}

/// <summary>Where the card is.</summary>
[Union(Tag = "mode", Inline = true)]
public abstract partial record SmartcardMode
{
    /// <summary>In the host's reader.</summary>
    [Case("host")]
    public sealed partial record OfHost : SmartcardMode;

    /// <summary>Made of certificates of the host.</summary>
    [Case("host-certificates")]
    public sealed partial record OfCertificates : SmartcardMode
    {
        [Text("certificate")] public ValueList<string> Certificates { get; init; }
        [Text("database")] public string? Database { get; init; }
    }

    /// <summary>Elsewhere.</summary>
    [Case("passthrough")]
    public sealed partial record OfPassthrough : SmartcardMode
    {
        [Inline] public required ChardevSource Source { get; init; }
    }
}

/// <summary>A lock that the machine holds while it runs.</summary>
[Element("lease")]
public sealed partial record Lease
{
    [Text("lockspace")] public string? Lockspace { get; init; }
    [Text("key")] public required string Key { get; init; }
    [Attr("path", In = "target")] public required string Path { get; init; }
    [Attr("offset", In = "target")] public ulong? Offset { get; init; }
}
