using Vireo.Core;

namespace Vireo.Drivers.Lxc.Definition;

/// <summary>What the definition passes of a container may know beside the document.</summary>
public sealed record LxcContext
{
    /// <summary>The document is a definition, not that of a running container.</summary>
    public bool Inactive { get; init; } = true;

    /// <summary>The architecture of the host, for containers that name none.</summary>
    public string HostArch { get; init; } = "x86_64";

    /// <summary>The program that holds a container together, for documents that name none.</summary>
    public string Emulator { get; init; } = "/usr/lib/libvirt/libvirt_lxc";

    /// <summary>Makes uuids.</summary>
    public Func<Uuid> NewUuid { get; init; } = Uuid.NewRandom;

    /// <summary>Makes addresses of network cards.</summary>
    public Func<MacAddress> NewMac { get; init; } = static () => MacAddress.NewRandom(0x00163e);
}
