using Vireo.Core;

namespace Vireo.Drivers.Bhyve.Definition;

/// <summary>What the definition passes may know beside the document.</summary>
public sealed record BhyveContext
{
    /// <summary>The document is a definition, not that of a running machine.</summary>
    public bool Inactive { get; init; } = true;

    /// <summary>An AHCI controller of this bhyve has 32 ports; older ones have one.</summary>
    public bool Ahci32Ports { get; init; } = true;

    /// <summary>Makes uuids.</summary>
    public Func<Uuid> NewUuid { get; init; } = Uuid.NewRandom;

    /// <summary>Makes addresses of network cards.</summary>
    public Func<MacAddress> NewMac { get; init; } = static () => MacAddress.NewRandom(0x589cfc);
}
