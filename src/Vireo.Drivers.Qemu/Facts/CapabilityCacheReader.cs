using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts.Cache;

namespace Vireo.Drivers.Qemu.Facts;

/// <summary>Reads facts from libvirt's capability cache (<see cref="CapabilityCache"/>).</summary>
public static class CapabilityCacheReader
{
    /// <summary>Reads one cache file; malformed input is a <see cref="VireoException"/>.</summary>
    public static QemuFacts Read(TextReader input) => CapabilityCache.Parse(input.ReadToEnd()).ToFacts();
}
