using Vireo.Host;

namespace Vireo.Drivers.Interface;

/// <summary>What the daemon gives to the driver of the host's interfaces.</summary>
public sealed record InterfaceDriverOptions
{
    /// <summary>The daemon's places; they also say whether it is the system's or a user's.</summary>
    public required HostPaths Paths { get; init; }

    /// <summary>What stands before /sys and /proc; empty on a real host.</summary>
    public string SystemRoot { get; init; } = "";
}
