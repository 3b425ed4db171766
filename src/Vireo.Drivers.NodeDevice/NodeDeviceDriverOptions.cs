using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Host;
using Vireo.Host.Network;
using Vireo.Host.Processes;

namespace Vireo.Drivers.NodeDevice;

/// <summary>What the daemon gives to the driver of node devices.</summary>
public sealed record NodeDeviceDriverOptions
{
    /// <summary>The daemon's places; they also say whether it is the system's or a user's.</summary>
    public required HostPaths Paths { get; init; }

    /// <summary>Runs mdevctl; made when it is needed.</summary>
    public required Lazy<ProcessHost> Processes { get; init; }

    /// <summary>Time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What stands before /sys, /dev and /run/udev; empty on a real host.</summary>
    public string SystemRoot { get; init; } = "";

    /// <summary>Lists of names of PCI products; none: where Debian has it.</summary>
    public IReadOnlyList<string> PciNames { get; init; } = [];

    /// <summary>What a network card does.</summary>
    public Func<string, CardFeatures> CardFeatures { get; init; } = CardFeaturesReader.Read;

    /// <summary>Where mdevctl is; null: where PATH says.</summary>
    public string? Mdevctl { get; init; }

    /// <summary>Where mdevctl keeps what is defined.</summary>
    public string MdevctlFolder { get; init; } = "/etc/mdevctl.d";

    /// <summary>How long a device that was made may take to show.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The log.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
