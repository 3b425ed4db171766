using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>A part that the reader must understand.</summary>
[Element("feature")]
public sealed partial record CookieFeature
{
    [Attr("name")] public required string Name { get; init; }

    static readonly string[] names =
    [
        "graphics", "lockstate", "persistent", "network", "nbd", "statistics", "memory-hotplug", "cpu-hotplug", "cpu", "allowReboot", "capabilities",
        "block-dirty-bitmaps",
    ];

    /// <summary>The part of a name; null if libvirt 9.0.0 has none.</summary>
    public static CookieParts? PartOf(string name) => Array.IndexOf(names, name) is >= 0 and var bit ? (CookieParts)(1 << bit) : null;

    /// <summary>The features that name <paramref name="parts"/>.</summary>
    public static ValueList<CookieFeature> Of(CookieParts parts) =>
        names.Where((_, bit) => parts.HasFlag((CookieParts)(1 << bit))).Select(static name => new CookieFeature { Name = name }).ToValueList();
}

/// <summary>Where viewers find the machine's screen on the destination.</summary>
[Element("graphics")]
public sealed partial record CookieGraphics
{
    [Attr("type")] public required CookieScreen Type { get; init; }
    [Attr("port")] public required int Port { get; init; }
    [Attr("listen")] public required string Listen { get; init; }

    /// <summary>SPICE's port for TLS; -1: none.</summary>
    [Attr("tlsPort")] public int? TlsPort { get; init; }
    [Child("cert")] public ValueList<CookieCertificate> Certificates { get; init; }
}

[WireNames] public enum CookieScreen { Vnc, Spice }

/// <summary>What viewers are to expect of the certificate.</summary>
[Element("cert")]
public sealed partial record CookieCertificate
{
    /// <summary>What is told: subject.</summary>
    [Attr("info")] public required string Info { get; init; }
    [Attr("value")] public required string Value { get; init; }
}

/// <summary>What the lock manager hands over.</summary>
[Element("lockstate")]
public sealed partial record CookieLockState
{
    [Attr("driver")] public required string Driver { get; init; }
    [Text("leases")] public string? Leases { get; init; }
}

/// <summary>What switches keep about cards.</summary>
[Element("network", OmitEmpty = true)]
public sealed partial record CookieNetwork
{
    [Child("interface")] public ValueList<CookieInterface> Interfaces { get; init; }
}

/// <summary>What a switch keeps about a card.</summary>
[Element("interface")]
public sealed partial record CookieInterface
{
    /// <summary>Which card of the definition, from 0.</summary>
    [Attr("index")] public required uint Index { get; init; }

    /// <summary>The kind of switch, as virtualport says it.</summary>
    [Attr("vporttype")] public required VirtualPortType PortType { get; init; }
    [Text("portdata")] public string? PortData { get; init; }
}

/// <summary>Where the destination takes copies of disks.</summary>
[Element("nbd")]
public sealed partial record CookieNbd
{
    [Attr("port")] public uint? Port { get; init; }
    [Child("disk")] public ValueList<CookieDisk> Disks { get; init; }
}

/// <summary>A disk that is copied.</summary>
[Element("disk")]
public sealed partial record CookieDisk
{
    [Attr("target")] public required string Target { get; init; }

    /// <summary>In bytes.</summary>
    [Attr("capacity")] public required ulong Capacity { get; init; }
}

/// <summary>The emulator's migration capabilities of the writer.</summary>
[Element("capabilities", Block = true)]
public sealed partial record CookieCapabilities
{
    [Child("cap")] public ValueList<CookieCapability> All { get; init; }
}

/// <summary>One of them.</summary>
[Element("cap")]
public sealed partial record CookieCapability
{
    [Attr("name")] public required string Name { get; init; }

    /// <summary>It is turned on without being asked for where both sides have it.</summary>
    [Attr("auto")] public required bool Auto { get; init; }
}

/// <summary>The maps of dirty blocks that come along.</summary>
[Element("blockDirtyBitmaps")]
public sealed partial record CookieBitmaps
{
    [Child("disk")] public ValueList<CookieBitmapDisk> Disks { get; init; }
}

/// <summary>The maps of a disk.</summary>
[Element("disk")]
public sealed partial record CookieBitmapDisk
{
    [Attr("target")] public required string Target { get; init; }
    [Child("bitmap")] public ValueList<CookieBitmap> Bitmaps { get; init; }
}

/// <summary>A map, and what it is called on the way.</summary>
[Element("bitmap")]
public sealed partial record CookieBitmap
{
    [Attr("name")] public required string Name { get; init; }
    [Attr("alias")] public required string Alias { get; init; }
}
