using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Driver;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Host;

/// <summary>CPU models by libvirt's map, and numbers of free pages that are made up.</summary>
sealed class NodeExtras : INodeCpuModels, INodePages
{
    public ValueTask<string[]> GetCpuModelNamesAsync(string arch, uint flags, CancellationToken cancel)
    {
        flags.None("testConnectGetCPUModelNames");
        return new(CpuQuestions.ModelNames(CpuMap.Default, arch, OsDef.IsArchitecture, ErrorDomain.Test));
    }

    public ValueTask<string> BaselineCpuAsync(string[] cpus, ConnectBaselineCpuFlags flags, CancellationToken cancel)
    {
        flags.Only(ConnectBaselineCpuFlags.ExpandFeatures, "testConnectBaselineCPU");
        return new(CpuQuestions.Baseline(CpuMap.Default, cpus, OsDef.IsArchitecture, flags.HasFlag(ConnectBaselineCpuFlags.ExpandFeatures), migratable: false));
    }

    /// <summary>Whatever sizes and cells are asked for, each number is twice the one before and 7.</summary>
    public ValueTask<ulong[]> GetFreePagesAsync(uint[] sizes, int startCell, uint cellCount, uint flags, CancellationToken cancel)
    {
        flags.None("testNodeGetFreePages");
        ulong[] free = new ulong[Math.Min((ulong)sizes.Length * cellCount, MostPages)];
        uint last = 6;
        for (int at = 0; at < free.Length; at++)
            free[at] = last = unchecked(last * 2 + 7);
        return new(free);
    }

    const ulong MostPages = 1024;   // REMOTE_NODE_MAX_CELLS
}
