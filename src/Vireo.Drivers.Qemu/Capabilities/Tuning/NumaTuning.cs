using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Host.Cgroups;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Which nodes of the host a guest's memory comes from.</summary>
sealed class NumaTuning(QemuConnection connection) : IDomainNumaParameters, IDomainNumaChanges
{
    const string Mode = "numa_mode", Nodes = "numa_nodeset";

    public ValueTask<TypedParameter[]> GetNumaParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "qemuDomainGetNumaParameters");
        NumaMemory? memory = DomainNumbers.Choose(connection.Get(domain).Snapshot, flags).NumaTune?.Memory;
        return new([new(Mode, (int)(memory?.Mode ?? NumaMode.Strict)), new(Nodes, memory?.NodeSet?.ToString() ?? "")]);
    }

    public async ValueTask SetNumaParametersAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "qemuDomainSetNumaParameters");
        ParameterRules.Check(parameters, (Mode, ParameterType.Int), (Nodes, ParameterType.String));
        int? mode = parameters.Get(Mode)?.AsInt;
        if (mode is < 0 or > (int)NumaMode.Restrictive)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"unsupported numatune mode: '{mode}'");
        CpuSet? nodes = null;
        if (parameters.Get(Nodes)?.AsString is { } text && !CpuSet.TryParse(text, out nodes))
            throw VireoException.InvalidArgument(ErrorDomain.None, $"Failed to parse bitmap '{text}'");
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetNumaParameters", flags, cancel).ConfigureAwait(false);
        if (edit.Live is { } live)
        {
            edit.Qemu.GroupOf(CgroupControllers.CpuSet, "cpuset");
            if (live.NumaTune?.Memory is { } memory)
            {
                if (mode is not null && (NumaMode)mode != (memory.Mode ?? NumaMode.Strict))
                    throw QemuErrors.Invalid("can't change numatune mode for running domain");
                if (nodes is not null && memory.Mode is not NumaMode.Restrictive)
                    throw QemuErrors.Invalid("change of nodeset for running domain requires restrictive numa mode");
            }
        }
        foreach (DomainDef def in edit.Meant)
            _ = With(def, (NumaMode?)mode, nodes);      // refused before anything is changed
        if (edit.Live is { } running && nodes is not null)
            Move(edit.Qemu, running, nodes);
        edit.Change(def => With(def, (NumaMode?)mode, nodes));
    }

    static DomainDef With(DomainDef def, NumaMode? mode, CpuSet? nodes)
    {
        NumaMemory memory = def.NumaTune?.Memory ?? new NumaMemory();
        if (mode is not null && nodes is null && memory is { NodeSet: null, Placement: null or VcpuPlacement.Static })
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, "nodeset for NUMA memory tuning must be set if 'placement' is 'static'");
        if (mode is null && nodes is null)
            return def;
        memory = memory with { Mode = mode ?? memory.Mode ?? NumaMode.Strict, NodeSet = nodes ?? memory.NodeSet };
        return def with { NumaTune = (def.NumaTune ?? new NumaTune()) with { Memory = memory } };
    }

    // The emulator and each thread that has a group of its own; the kernel moves their memory along.
    static void Move(LiveQemu live, DomainDef def, CpuSet nodes)
    {
        IEnumerable<string> threads = live.Vcpus.Select(static vcpu => $"vcpu{vcpu.Id}").Concat(IoThreadList.Ids(def).Select(static id => $"iothread{id}"));
        foreach (string name in threads.Prepend(MachineCgroup.Emulator))
            live.Cgroup!.Threads(name).SetPlaces(null, nodes.ToString());
    }
}
