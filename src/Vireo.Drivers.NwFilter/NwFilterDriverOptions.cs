using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Host;
using Vireo.Host.Processes;

namespace Vireo.Drivers.NwFilter;

/// <summary>What the daemon gives to the driver of network filters.</summary>
public sealed record NwFilterDriverOptions
{
    /// <summary>The daemon's places. Filters are the system's daemon's alone.</summary>
    public required HostPaths Paths { get; init; }

    /// <summary>Starts the packet filter's programs.</summary>
    public required ProcessHost Processes { get; init; }

    /// <summary>Time, by which leases end.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The log.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
