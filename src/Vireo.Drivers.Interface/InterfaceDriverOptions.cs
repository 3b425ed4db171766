using Vireo.Host;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Interface;

/// <summary>What the daemon gives to the driver of the host's interfaces.</summary>
public sealed record InterfaceDriverOptions
{
    /// <summary>The daemon's places; they also say whether it is the system's or a user's.</summary>
    public required HostPaths Paths { get; init; }

    /// <summary>What stands before /sys, /proc and /etc; empty on a real host.</summary>
    public string SystemRoot { get; init; } = "";

    /// <summary>Starts programs; null: the host's network is only looked at.</summary>
    public ProcessHost? Processes { get; init; }

    /// <summary>Where a program is; null: where PATH says.</summary>
    public Func<string, string?>? FindProgram { get; init; }
}
