using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A source of random numbers for the guest.</summary>
[Element("rng")]
public sealed partial record Rng : Device
{
    [Attr("model", Bad = "unsupported|unknown RNG model '{0}'", Missing = "xml|missing RNG device model")] [Abi("RNG model", Quoted = true)] public required RngModel Model { get; init; }
    [Child(Since = "1.0.4")] public RngRate? Rate { get; init; }
    [Child("backend", Missing = "xml|only one RNG backend is supported")] public required RngBackend Backend { get; init; }
    [Child(Since = "3.5.0")] [Abi(Text = "Target device virtio options don't match the source")] public VirtioDriver? Driver { get; init; }
}

[WireNames] public enum RngModel { Virtio, [Wire("virtio-transitional")] VirtioTransitional, [Wire("virtio-non-transitional")] VirtioNonTransitional }

/// <summary>How much the guest may take.</summary>
[Element("rate")]
public sealed partial record RngRate
{
    [Attr("bytes", Bad = "xml|invalid RNG rate bytes value")] public required uint Bytes { get; init; }
    /// <summary>In milliseconds.</summary>
    [Attr("period")] public uint? Period { get; init; }
}

/// <summary>Where the numbers come from.</summary>
[Union(Tag = "model", Bad = "unsupported|unknown RNG backend model '{0}'", Missing = "xml|missing RNG device backend model")]
public abstract partial record RngBackend
{
    /// <summary>A file, by default /dev/random.</summary>
    [Case("random")]
    public sealed partial record OfRandom : RngBackend
    {
        [Text] public string? Path { get; init; }
    }

    /// <summary>An entropy-gathering daemon.</summary>
    [Case("egd")]
    public sealed partial record OfEgd : RngBackend
    {
        [Inline] public required ChardevSource Source { get; init; }
    }

    /// <summary>The hypervisor's own.</summary>
    [Case("builtin")]
    public sealed partial record OfBuiltin : RngBackend;
}
