using System.Collections.Immutable;
using System.Text.Json;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>Enlightenments for Windows in a CPU that passes all of them through.</summary>
static class HypervFeatures
{
    /// <summary>libvirt's names, in its order; QEMU's have hv- before and dashes within.</summary>
    static readonly string[] names =
    [
        "relaxed", "vapic", "spinlocks", "vpindex", "runtime", "synic", "stimer", "reset", "vendor_id", "frequencies", "reenlightenment",
        "tlbflush", "ipi", "evmcs", "avic",
    ];

    /// <summary>Those that are there; null where QEMU tells nothing of them. A number or a text is there as soon as it is told.</summary>
    internal static ImmutableArray<string>? In(IReadOnlyList<KeyValuePair<string, JsonElement>> properties)
    {
        var found = names.Where(name => properties.Any(p => p.Key == $"hv-{name.Replace('_', '-')}"
            && p.Value.ValueKind is JsonValueKind.True or JsonValueKind.Number or JsonValueKind.String)).ToImmutableArray();
        return found.IsEmpty ? null : found;
    }
}
