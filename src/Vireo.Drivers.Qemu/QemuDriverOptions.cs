using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core;
using Vireo.Cpu.Map;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host;
using Vireo.Host.Audit;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Switches;

namespace Vireo.Drivers.Qemu;

/// <summary>What the daemon gives to the QEMU driver.</summary>
public sealed record QemuDriverOptions
{
    /// <summary>The daemon's places; they also say whether it is the system's or a user's.</summary>
    public required HostPaths Paths { get; init; }

    /// <summary>Starts processes.</summary>
    public required ProcessHost Processes { get; init; }

    /// <summary>What qemu.conf says.</summary>
    public QemuConfig Config { get; init; } = new();

    /// <summary>How many seconds the database of Open vSwitch may take to answer.</summary>
    public int SwitchTimeout { get; init; } = OpenVSwitch.DefaultTimeout;

    /// <summary>What CPU models mean.</summary>
    public CpuMap CpuMap { get; init; } = CpuMap.Default;

    /// <summary>The pure half of the driver; null: the driver's own.</summary>
    public IGuestPlanning? Planning { get; init; }

    /// <summary>The kernel's virtualization; what is not there, or not ours to use, is not used.</summary>
    public string KvmDevice { get; init; } = "/dev/kvm";

    /// <summary>Time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a change waits for another to end.</summary>
    public TimeSpan JobPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a guest may take to end after SIGTERM.</summary>
    public TimeSpan EndPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Looks on at every step of a flow; tests kill the daemon there.</summary>
    public IFlowProbe? FlowProbe { get; init; }

    /// <summary>The host's uuid, as its capabilities show it; null: it is found out.</summary>
    public Uuid? HostUuid { get; init; }

    /// <summary>What other drivers of the daemon offer on the same connection, put before the driver's own.</summary>
    public CapabilitySet Host { get; init; } = CapabilitySet.Empty;

    /// <summary>Where the volumes are that guests' disks name; null: such a guest does not start.</summary>
    public IStorageSources? Storage { get; init; }

    /// <summary>Values of secrets that devices name; null: guests with such devices do not start.</summary>
    public ISecretValues? Secrets { get; init; }

    /// <summary>Told how many guests run: while there are any, the daemon must not end for lack of clients.</summary>
    public Action<int> ActiveGuestsChanged { get; init; } = static _ => { };

    /// <summary>The networks of the host; null: there are none.</summary>
    public INetworkPorts? Networks { get; init; }

    /// <summary>The network filters of the host; null: there are none.</summary>
    public INetworkFilters? Filters { get; init; }

    /// <summary>The log and the lock manager of the host; null: guests do without.</summary>
    public IGuestManagers? Managers { get; init; }

    /// <summary>Leads migrations from this daemon to others; null: clients do.</summary>
    public IPeerMigrations? Peers { get; init; }

    /// <summary>What qemu-lockd.conf says.</summary>
    public LockdConfig Lockd { get; init; } = new();

    /// <summary>Where records of what guests get are written to.</summary>
    public AuditTrail Audit { get; init; } = AuditTrail.None;

    /// <summary>The log.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
