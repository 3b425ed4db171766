using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Driver.Contracts;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Flows;

namespace Vireo.Drivers.Storage;

/// <summary>What the daemon gives to the storage driver.</summary>
public sealed record StorageDriverOptions
{
    /// <summary>The daemon's places; they also say whether it is the system's or a user's.</summary>
    public required HostPaths Paths { get; init; }

    /// <summary>Starts processes.</summary>
    public required ProcessHost Processes { get; init; }

    /// <summary>Time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a start of the daemon waits for pools to be looked at, before it goes on without them.</summary>
    public TimeSpan RestorePatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Looks on at every step of a flow; tests kill the daemon there.</summary>
    public IFlowProbe? FlowProbe { get; init; }

    /// <summary>Values of secrets; null: there are none.</summary>
    public ISecretValues? Secrets { get; init; }

    /// <summary>Where programs are; null: where libvirt looks for them.</summary>
    public Func<string, string?>? FindProgram { get; init; }

    /// <summary>The host's devices; tests have their own.</summary>
    public HostTree HostTree { get; init; } = new();

    /// <summary>The log.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
