using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;

namespace Vireo.Drivers.Network;

/// <summary>What the daemon gives to the network driver.</summary>
public sealed record NetworkDriverOptions
{
    /// <summary>The daemon's places; they also say whether it is the system's or a user's.</summary>
    public required HostPaths Paths { get; init; }

    /// <summary>Starts processes.</summary>
    public required ProcessHost Processes { get; init; }

    /// <summary>
    /// The command that keeps the files of leases, to which dnsmasq adds what happened: a program, or a runtime and what it runs.
    /// </summary>
    public required IReadOnlyList<string> LeaseCommand { get; init; }

    /// <summary>Time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Looks on at every step of a flow; tests kill the daemon there.</summary>
    public IFlowProbe? FlowProbe { get; init; }

    /// <summary>The log.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
