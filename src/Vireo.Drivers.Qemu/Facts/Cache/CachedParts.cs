using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Drivers.Qemu.Facts.Cache;

/// <summary>What depends on the accelerator.</summary>
public abstract record CachedPart
{
    /// <summary>The accelerator.</summary>
    public abstract CachedAccelerator Accelerator { get; }

    internal abstract void Write(XmlOutput o);
}

[WireNames] public enum CachedAccelerator { Kvm, Tcg, Hvf }

/// <summary>The host's CPU as QEMU expands it.</summary>
[Element("hostCPU")]
public sealed partial record CachedHostCpu : CachedPart
{
    [Attr("type")] public required CachedAccelerator Type { get; init; }
    [Attr("model")] public required string Model { get; init; }

    /// <summary>Its properties say whether they can migrate.</summary>
    [Attr("migratability")] public required bool Migratability { get; init; }
    [Child("property")] public ValueList<CachedProperty> Properties { get; init; }

    /// <inheritdoc/>
    public override CachedAccelerator Accelerator => Type;

    internal override void Write(XmlOutput o) => WriteXml(o);
}

/// <summary>One property of it.</summary>
[Element("property")]
public sealed partial record CachedProperty
{
    [Attr("name")] public required string Name { get; init; }
    [Attr("type")] public required CpuPropertyKind Type { get; init; }
    [Attr("value")] public required string Value { get; init; }
    [Attr("migratable")] public bool? Migratable { get; init; }
}

/// <summary>A CPU model.</summary>
[Element("cpu")]
public sealed partial record CachedCpu : CachedPart
{
    [Attr("type")] public required CachedAccelerator Type { get; init; }
    [Attr("name")] public required string Name { get; init; }
    [Attr("typename")] public string? TypeName { get; init; }

    /// <summary>Null: not asked.</summary>
    [Attr("usable")] public bool? Usable { get; init; }
    [Attr("deprecated")] public bool? Deprecated { get; init; }

    /// <summary>Properties that the host lacks.</summary>
    [Child("blocker")] public ValueList<CachedFlag> Blockers { get; init; }

    /// <inheritdoc/>
    public override CachedAccelerator Accelerator => Type;

    internal override void Write(XmlOutput o) => WriteXml(o);
}

/// <summary>A machine type.</summary>
[Element("machine")]
public sealed partial record CachedMachine : CachedPart
{
    [Attr("type")] public required CachedAccelerator Type { get; init; }
    [Attr("name")] public required string Name { get; init; }
    [Attr("alias")] public string? Alias { get; init; }
    [Attr("hotplugCpus")] public bool? HotplugCpus { get; init; }
    [Attr("maxCpus")] public uint? MaxCpus { get; init; }
    [Attr("default")] public bool? IsDefault { get; init; }
    [Attr("defaultCPU")] public string? DefaultCpu { get; init; }
    [Attr("numaMemSupported")] public bool? NumaMemSupported { get; init; }
    [Attr("defaultRAMid")] public string? DefaultRamId { get; init; }
    [Attr("deprecated")] public bool? Deprecated { get; init; }

    /// <inheritdoc/>
    public override CachedAccelerator Accelerator => Type;

    internal override void Write(XmlOutput o) => WriteXml(o);
}
