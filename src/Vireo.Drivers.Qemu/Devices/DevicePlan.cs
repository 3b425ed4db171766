using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>
/// Everything one device needs, in order: what the host prepares, QEMU's back ends, QEMU's front ends. The command line and
/// hot plug are two renderings of it; unplugging is the plan backwards.
/// </summary>
public sealed record DevicePlan
{
    /// <summary>A device that needs nothing.</summary>
    public static readonly DevicePlan Nothing = new();

    /// <summary>What the host prepares.</summary>
    public ImmutableArray<HostStep> Host { get; init; } = [];

    /// <summary>Objects, block nodes, character devices, network back ends.</summary>
    public ImmutableArray<QemuPart> Backends { get; init; } = [];

    /// <summary>What the guest sees; one device has usually one, a sound card with codecs has more.</summary>
    public ImmutableArray<QemuPart> Frontends { get; init; } = [];

    /// <summary>The plan's arguments.</summary>
    public void ToArguments(QemuFacts facts, List<string> arguments)
    {
        foreach (QemuPart part in Backends)
            part.ToArguments(facts, arguments);
        foreach (QemuPart part in Frontends)
            part.ToArguments(facts, arguments);
    }
}
