using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Topology;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start.Groups;

/// <summary>Shares and limits that no host, or not this daemon, can give.</summary>
static class TuningChecks
{
    /// <summary>Refuses them before anything is made, in libvirt's words.</summary>
    /// <param name="machine">What shall start.</param>
    /// <param name="privileged">The daemon is the system's: a session has no control groups.</param>
    /// <param name="host">The host's nodes.</param>
    internal static void Check(DomainDef machine, bool privileged, HostTree host)
    {
        if (!privileged)
            CheckSession(machine);
        foreach (CpuSet nodes in NodeSets(machine))
            if (nodes.Members.FirstOrDefault(node => !host.Exists($"/sys/devices/system/node/node{node}") && !(node == 0 && !host.Exists("/sys/devices/system/node")), -1) is >= 0 and var missing)
                throw QemuErrors.Unsupported($"NUMA node {missing} is unavailable");
    }

    static void CheckSession(DomainDef machine)
    {
        if (machine.MemoryTune is { } memory && (Limit(memory.HardLimit) ?? Limit(memory.SoftLimit) ?? Limit(memory.SwapHardLimit)) is not null)
            throw NotInSession(Memory);
        if (machine.BlockIoTune?.Weight is > 0)
            throw NotInSession(Blocks);
        if (machine.CpuTune is { } cpu && (cpu.Shares is not null
            || cpu.Period is > 0 || cpu.GlobalPeriod is > 0 || cpu.EmulatorPeriod is > 0 || cpu.IoThreadPeriod is > 0
            || cpu.Quota is not null and not 0 || cpu.GlobalQuota is not null and not 0 || cpu.EmulatorQuota is not null and not 0 || cpu.IoThreadQuota is not null and not 0))
            throw NotInSession(Processors);
    }

    /// <summary>What there are limits of, as messages call it.</summary>
    internal const string Memory = "Memory tuning", Blocks = "Block I/O tuning", Processors = "CPU tuning";

    static VireoException NotInSession(string what) => QemuErrors.Unsupported($"{what} is not available in session mode");

    /// <summary>Refuses limits of what runs, or of its definition, in a user's session.</summary>
    internal static void RequireSystem(QemuKeeper keeper, string what)
    {
        if (!keeper.Host.Privileged)
            throw NotInSession(what);
    }

    /// <summary>A limit in KiB; null: there is none.</summary>
    internal static ulong? Limit(MemorySize? size) => size is { KiB: > 0 and < Unlimited } limit ? limit.KiB : null;

    /// <summary>From this many KiB on a limit is none (libvirt's VIR_DOMAIN_MEMORY_PARAM_UNLIMITED).</summary>
    internal const ulong Unlimited = (1ul << 53) - 1;

    static IEnumerable<CpuSet> NodeSets(DomainDef machine) =>
        (machine.NumaTune?.Nodes ?? []).Select(static n => n.NodeSet).Append(machine.NumaTune?.Memory?.NodeSet).OfType<CpuSet>();
}
