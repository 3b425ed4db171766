using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start.Groups;

/// <summary>Where a guest goes that leaves it to the host (placement='auto'): the nodes that numad advises.</summary>
static class AutoPlacement
{
    /// <summary>Whether a guest wants to be placed.</summary>
    internal static bool IsWanted(DomainDef machine) =>
        machine.Vcpu?.Placement is VcpuPlacement.Auto || machine.NumaTune?.Memory is { Placement: VcpuPlacement.Auto };

    /// <summary>Asks numad.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_FAILED: it is not there, or knows no nodes.</exception>
    internal static async ValueTask AskAsync(StartRun run, CancellationToken cancel)
    {
        DomainDef machine = run.Wanted;
        if (!IsWanted(machine))
            return;
        uint processors = machine.Vcpu?.Current ?? machine.Vcpu?.Maximum ?? 1;
        ulong memory = machine.Memory?.MiB ?? 0;
        string? told = ProgramOutput.Find("numad") is { } program
            ? await run.Keeper.Processes.ReadAsync(program, ["-w", string.Create(CultureInfo.InvariantCulture, $"{processors}:{memory}")], cancel).ConfigureAwait(false) : null;
        run.Advice = told is not null && CpuSet.TryParse(told.Trim(), out var nodes) ? nodes
            : throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.None, "Failed to query numad for the advisory nodeset");
    }

    /// <summary>A machine as if it had asked for what was advised: by this its threads are placed.</summary>
    internal static DomainDef Placed(DomainDef machine, CpuSet? advice)
    {
        if (advice is null)
            return machine;
        var tree = new HostTree();
        CpuSet processors = CpuSet.Of(advice.Members.SelectMany(node => tree.List($"/sys/devices/system/node/node{node}/cpulist") ?? []));
        return machine with
        {
            Vcpu = machine.Vcpu is { Placement: VcpuPlacement.Auto, CpuSet: null } vcpu && processors.Members.Any() ? vcpu with { CpuSet = processors } : machine.Vcpu,
            NumaTune = machine.NumaTune is { Memory: { Placement: VcpuPlacement.Auto, NodeSet: null } all } tune ? tune with { Memory = all with { NodeSet = advice } } : machine.NumaTune,
        };
    }
}
